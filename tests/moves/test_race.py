"""Saves, a second move and a submission at the same moment as a move: before it or after it, never between."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from assessment.actions.answers import MovedError, save_answer
from assessment.actions.errors import ClosedError
from assessment.actions.moves import AnotherVersionError, move
from assessment.actions.results import IncompleteError, submit
from assessment.models import Answer, AnswerChange, Assessment, VersionMove
from assessment.rules.answers import Saving
from tests.factories import answer
from tests.moves.makers import make_second
from tests.questionnaire.test_race import waits_for_a_lock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def elsewhere():
    """A function that runs another in a thread, with its own connection, which is closed after."""

    def run(function):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        yield lambda function: threads.submit(run, function)


def late_save(assessment, person):
    saving = Saving(question="STR.VIS.2", state="answered", value={"text": "late"}, revision=1, request=uuid.uuid4())
    return lambda: save_answer(assessment=assessment, saving=saving, by=person)


def test_a_save_during_a_move_waits_and_is_not_stored_on_a_version_it_was_not_read_with(assessment, person, elsewhere):
    second, stale = make_second(), Assessment.objects.get()
    with transaction.atomic():
        move(assessment=assessment, to=second, by=person)
        late = elsewhere(late_save(stale, person))
        assert waits_for_a_lock()

    with pytest.raises(MovedError):
        late.result(timeout=30)
    assert Answer.objects.get(question="STR.VIS.2").state == "empty"


def test_a_save_under_way_is_part_of_what_is_moved(assessment, person, elsewhere):
    second, saved = make_second(), Event()

    def move_it():
        saved.wait()
        return move(assessment=assessment, to=second, by=person)

    moving = elsewhere(move_it)
    with transaction.atomic():
        late_save(assessment, person)()
        saved.set()
        assert waits_for_a_lock()

    assert moving.result(timeout=30).outcome["STR.VIS.2"] == "removed"
    kept = AnswerChange.objects.filter(question="STR.VIS.2").order_by("revision")
    assert [change.value for change in kept] == [{"text": "Our notebook"}, {"text": "late"}, {}]


def test_two_moves_at_once_are_one(assessment, person, elsewhere):
    second = make_second()
    with transaction.atomic():
        first = move(assessment=assessment, to=second, by=person)
        other = elsewhere(lambda: move(assessment=Assessment.objects.get(), to=second, by=person))
        assert waits_for_a_lock()

    assert other.result(timeout=30) == first
    assert VersionMove.objects.count() == 1


def test_a_move_to_a_version_that_gave_way_meanwhile_is_refused(assessment, person, elsewhere):
    second, third = make_second(), make_second("3", days=2)
    with transaction.atomic():
        move(assessment=assessment, to=third, by=person)
        other = elsewhere(lambda: move(assessment=Assessment.objects.get(), to=second, by=person))
        assert waits_for_a_lock()

    with pytest.raises(AnotherVersionError):
        other.result(timeout=30)


def test_a_submission_during_a_move_answers_for_the_version_moved_to(assessment, person, elsewhere):
    second = make_second()
    answer(assessment=assessment, by=person, question="OPS.MES.2", value={"number": "10"})  # complete on version 1
    with transaction.atomic():
        move(assessment=assessment, to=second, by=person)
        submission = elsewhere(lambda: submit(assessment=assessment, by=person))
        assert waits_for_a_lock()

    with pytest.raises(IncompleteError):
        submission.result(timeout=30)


def test_a_move_during_a_submission_finds_it_submitted(assessment, person, elsewhere):
    second = make_second()
    answer(assessment=assessment, by=person, question="OPS.MES.2", value={"number": "10"})
    with transaction.atomic():
        result = submit(assessment=assessment, by=person)
        moving = elsewhere(lambda: move(assessment=assessment, to=second, by=person))
        assert waits_for_a_lock()

    with pytest.raises(ClosedError):
        moving.result(timeout=30)
    assert result.version.number == "1"

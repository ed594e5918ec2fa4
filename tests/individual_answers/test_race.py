"""What happens to individual answers at the same moment as something else: before it or after it, never between."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from pytest_django.asserts import assertContains

from assessment.actions.individual_answers import ConsultationClosedError, close_consultation, open_consultation
from assessment.models import Answer, Assessment, Consultation, IndividualAnswer
from tests.factories import NOON, answer
from tests.individual_answers.makers import NAMED, NOBODY, individual, own, page
from tests.moves.makers import make_second
from tests.questionnaire.test_race import waits_for_a_lock

ONE_WRITER = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@contextmanager
def meanwhile(do):
    """Do something else between what a view reads and the transaction in which it writes."""
    done = []

    def wrapper(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and not done:
            done.append(sql)
            do()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert len(done) == 1


def submitted():
    Assessment.objects.update(status="submitted", submitted_at=NOON)


@pytest.fixture
def taken(person, colleague, asked):
    """What the page posts to take Grace's view of OPS.CYB.2."""
    individual(asked=asked, by=person, answers=NOBODY)
    individual(asked=asked, by=colleague, answers=NAMED)
    stamp = IndividualAnswer.objects.get(user=colleague, question="OPS.CYB.2").stamp
    return {"OPS.CYB.2-answer": stamp, "OPS.CYB.2-comment": "as agreed", "OPS.CYB.2-revision": "0"}


def test_asking_while_the_assessment_is_submitted_asks_nobody(signed_in, assessment):
    with meanwhile(submitted):
        response = signed_in.post(page("consultation", assessment), follow=True)

    assertContains(response, "This assessment was submitted meanwhile")
    assert Consultation.objects.count() == 0


def test_recording_while_the_assessment_is_submitted_records_nothing(signed_in, assessment, taken):
    with meanwhile(submitted):
        response = signed_in.post(page("comparison", assessment), taken)

    assertContains(response, "This assessment was submitted meanwhile", status_code=409)
    assert Answer.objects.count() == 0


def test_recording_while_a_colleague_answers_shows_theirs(signed_in, colleague, assessment, taken):
    def theirs():
        answer(assessment=assessment, by=colleague, question="OPS.CYB.2", value={"choices": ["0"]})

    with meanwhile(theirs):
        response = signed_in.post(page("comparison", assessment), taken)

    assertContains(response, "Grace saved another answer meanwhile.", status_code=409)
    assert Answer.objects.get().value == {"choices": ["0"]}


def test_recording_while_the_assessment_moves_is_read_again_with_the_new_questions(signed_in, assessment, taken):
    """Among them is one that the manager has not answered yet."""
    second = make_second()

    with meanwhile(lambda: Assessment.objects.update(version=second)):
        response = signed_in.post(page("comparison", assessment), taken)

    assertContains(response, "Your own view first", status_code=403)
    assert Answer.objects.count() == 0


@pytest.fixture
def elsewhere():
    """A function that runs another in a thread, with its own connection, which is closed after."""

    def run(function):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        yield lambda function: threads.submit(run, function)


@ONE_WRITER
@pytest.mark.django_db(transaction=True)
def test_a_save_while_the_consultation_closes_waits_and_is_refused(person, asked, elsewhere):
    with transaction.atomic():
        close_consultation(consultation=asked, by=person)
        late = elsewhere(lambda: own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}))
        assert waits_for_a_lock()

    with pytest.raises(ConsultationClosedError):
        late.result(timeout=30)
    assert IndividualAnswer.objects.count() == 0


@ONE_WRITER
@pytest.mark.django_db(transaction=True)
def test_eight_windows_of_one_person_save_at_once_and_each_is_acknowledged(person, asked, elsewhere):
    saves = [
        elsewhere(lambda: own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]})) for _ in range(8)
    ]

    assert sorted(save.result(timeout=30) for save in saves) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert IndividualAnswer.objects.get().revision == 8


@ONE_WRITER
@pytest.mark.django_db(transaction=True)
def test_eight_managers_ask_at_once_and_there_is_one_consultation(person, assessment, elsewhere):
    asks = [elsewhere(lambda: open_consultation(assessment=assessment, dimension="OPS", by=person)) for _ in range(8)]

    assert [ask.result(timeout=30) for ask in asks] == [None] * 8
    assert Consultation.objects.count() == 1

"""An open assessment moves to a newer version: what becomes of each answer, and that it is whole or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from assessment.actions.answers import ConflictError, MovedError
from assessment.actions.errors import ClosedError
from assessment.actions.moves import AnotherVersionError, move
from assessment.actions.people import erase_company
from assessment.actions.results import submit
from assessment.models import Answer, AnswerChange, Assessment, Campaign, VersionMove
from assessment.rules.moves import newer_version
from tests.factories import (
    COMPLETE,
    NOON,
    answer,
    make_assessment,
    make_colleague,
    make_company,
    make_result,
)
from tests.faults import assert_whole
from tests.moves.makers import make_second

LATER = NOON + timedelta(days=30)
FATES = {
    "OPS.CYB.1": "kept",
    "OPS.CYB.2": "not_offered",
    "OPS.MES.1": "other_kind",
    "STR.VIS.1": "to_confirm",
    "STR.VIS.2": "removed",
}


def rows(assessment):
    return {
        row.question: (row.state, row.value, row.revision, row.to_confirm)
        for row in Answer.objects.filter(assessment=assessment)
    }


def test_each_answer_meets_its_fate_and_the_move_says_which(assessment, person):
    moved = move(assessment=assessment, to=make_second(), by=person, at=LATER)

    assert moved.outcome == FATES
    assert (moved.moved_by, moved.moved_at) == (person, LATER)
    assert rows(assessment) == {
        "STR.VIS.1": ("answered", {"choices": ["2"]}, 2, True),
        "STR.VIS.2": ("empty", {}, 2, False),
        "OPS.MES.1": ("empty", {}, 2, False),
        "OPS.CYB.1": ("answered", {"choices": ["backup"]}, 1, False),
        "OPS.CYB.2": ("empty", {}, 2, False),
    }


def test_the_assessment_is_on_the_new_version(assessment, person):
    second = make_second()

    move(assessment=assessment, to=second, by=person)

    assessment.refresh_from_db()
    assert assessment.version == second


def test_what_is_set_aside_stays_in_the_history_with_its_comment(assessment, person):
    move(assessment=assessment, to=make_second(), by=person, at=LATER)

    changes = AnswerChange.objects.filter(question="STR.VIS.2").order_by("revision")
    assert [(change.state, change.value, change.comment, change.saved_by) for change in changes] == [
        ("answered", {"text": "Our notebook"}, "about STR.VIS.2", person),
        ("empty", {}, "about STR.VIS.2", person),
    ]


def test_a_draft_stays_a_draft_where_the_question_does(person):
    assessment = make_assessment(company=make_company(member=person))
    draft = {"draft": {"pick": ["not_applicable"], "typed": "", "reason": ""}}
    answer(assessment=assessment, by=person, question="STR.VIS.1", value=draft, state="draft")
    answer(assessment=assessment, by=person, question="STR.VIS.2", value=draft, state="draft")

    moved = move(assessment=assessment, to=make_second(), by=person)

    assert moved.outcome == {"STR.VIS.1": "kept", "STR.VIS.2": "removed"}


def test_moving_twice_is_one_move(assessment, person):
    second = make_second()

    first = move(assessment=assessment, to=second, by=person)
    again = move(assessment=assessment, to=second, by=person)

    assert again == first
    assert rows(assessment)["STR.VIS.1"][2] == 2


def test_a_version_that_is_no_longer_the_newest_is_not_moved_to(assessment, person):
    second = make_second()
    make_second("3", days=2)

    with pytest.raises(AnotherVersionError):
        move(assessment=assessment, to=second, by=person)

    assert VersionMove.objects.count() == 0


def test_a_submitted_assessment_stays_on_its_version(person):
    result = make_result(by=person)

    with pytest.raises(ClosedError):
        move(assessment=result.assessment, to=make_second(), by=person)


def test_an_open_assessment_is_completed_on_the_version_it_began_with(person):
    assessment = make_assessment(company=make_company(member=person))
    make_second()
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)

    result = submit(assessment=assessment, by=person)

    assert result.version.number == "1"


def test_a_page_of_the_old_version_meets_a_conflict_where_the_words_changed(assessment, person):
    move(assessment=assessment, to=make_second(), by=person)
    assessment.refresh_from_db()
    colleague = make_colleague(of=assessment)

    with pytest.raises(ConflictError):
        answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["3"]}, revision=1)


def test_a_save_that_was_read_with_the_old_version_is_not_stored(assessment, person):
    move(assessment=Assessment.objects.get(pk=assessment.pk), to=make_second(), by=person)

    with pytest.raises(MovedError):
        answer(assessment=assessment, by=person, question="STR.VIS.2", value={"text": "too late"}, revision=2)

    assert rows(assessment)["STR.VIS.2"] == ("empty", {}, 2, False)


def test_what_was_set_aside_can_be_answered_anew(assessment, person):
    move(assessment=assessment, to=make_second(), by=person)
    assessment.refresh_from_db()

    revision = answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"choices": ["2"]}, revision=2)

    assert revision == 3


def test_a_company_whose_assessment_moved_can_still_be_erased(assessment, person):
    move(assessment=assessment, to=make_second(), by=person)

    erase_company(company=assessment.company, reason="asked for")

    assert VersionMove.objects.count() == 0


# --- Which version is offered ------------------------------------------------------------------------------------------


def test_the_newest_published_version_is_offered(assessment):
    make_second(days=2)
    third = make_second("3", days=3)

    assert newer_version(assessment) == third


def test_an_older_version_is_not_offered(assessment):
    make_second(days=-1)

    assert newer_version(assessment) is None


@pytest.mark.parametrize("follows", [True, False])
def test_within_a_campaign_its_own_version_is_offered(person, follows):
    first = make_assessment().version
    second = make_second()
    campaign = Campaign.objects.create(
        title="Spring", version=second if follows else first, opens_on=NOON.date(), closes_on=NOON.date()
    )
    assessment = make_assessment(company=make_company(member=person), version=first, campaign=campaign)

    assert newer_version(assessment) == (second if follows else None)


# --- Whole or not at all -----------------------------------------------------------------------------------------------


def whole_state(assessment):
    number = Assessment.objects.values_list("version__number", flat=True).get(pk=assessment.pk)
    return number, rows(assessment), VersionMove.objects.count(), AnswerChange.objects.count()


def test_a_fault_at_any_statement_leaves_the_state_before_or_after(assessment, person):
    second = make_second()

    after = assert_whole(lambda: move(assessment=assessment, to=second, by=person), lambda: whole_state(assessment))

    assert after[0] == "2"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "postgresql", reason="there its lock asks for a transaction")
def test_a_move_without_its_transaction_would_be_caught(assessment, person):
    second, broken = make_second(), move.__wrapped__

    with pytest.raises(AssertionError, match="half done"):
        assert_whole(lambda: broken(assessment=assessment, to=second, by=person), lambda: whole_state(assessment))


# --- The database has the last word ------------------------------------------------------------------------------------


def test_versionmove_to_another_version(assessment):
    version = assessment.version

    with pytest.raises(IntegrityError, match="versionmove_to_another_version"), transaction.atomic():
        VersionMove.objects.create(assessment=assessment, from_version=version, to_version=version)

"""Saving an individual answer: what is stored, that nobody else can touch it, and that nothing is lost on the way."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.answers import ConflictError, RequestReusedError
from assessment.actions.errors import ClosedError
from assessment.actions.individual_answers import (
    ConsultationClosedError,
    close_consultation,
    open_consultation,
)
from assessment.actions.results import submit
from assessment.models import Answer, Consultation, IndividualAnswer
from tests.factories import COMPLETE, NOON, answer, make_result
from tests.individual_answers.makers import own, page

FIRST = uuid.UUID("01890000-0000-7000-8000-000000000001")
SECOND = uuid.UUID("01890000-0000-7000-8000-000000000002")


def post(client, assessment, question, **fields):
    values = {f"{question}-{name}": value for name, value in fields.items()}
    return client.post(page("individual_answer", assessment, question), values)


def stored(question="OPS.CYB.2"):
    return list(IndividualAnswer.objects.filter(question=question).values_list("user__name", "value", "revision"))


@pytest.mark.parametrize(
    ("question", "fields", "state", "value"),
    [
        ("OPS.CYB.2", {"pick": "choice.1"}, "answered", {"choices": ["1"]}),
        ("OPS.CYB.1", {"pick": ["choice.backup", "choice.drill"]}, "answered", {"choices": ["backup", "drill"]}),
        ("OPS.CYB.1", {"pick": "unknown"}, "unknown", {"unknown": True}),
        ("OPS.MES.2", {"typed": "12,50"}, "answered", {"number": "12.5"}),
        ("OPS.CYB.2", {}, "empty", {}),
    ],
)
def test_an_individual_answer_is_stored_as_an_answer_is(
    signed_in, person, assessment, asked, question, fields, state, value
):
    response = post(signed_in, assessment, question, comment="as I see it", **fields)

    row = IndividualAnswer.objects.get()
    assert (response.status_code, response["X-Revision"], response["HX-Trigger"]) == (200, "1", "answer-saved")
    assert (row.user, row.state, row.value, row.comment) == (person, state, value, "as I see it")


def test_what_is_incomplete_is_kept_as_a_draft_and_shown_as_it_was_typed(signed_in, assessment, asked):
    response = post(signed_in, assessment, "OPS.MES.2", typed="many")

    shown = signed_in.get(page("individual_answers", assessment)).context["sections"]
    assertContains(response, "Write a number in digits, such as 12 or 12.5.")
    assert IndividualAnswer.objects.get().state == "draft"
    assert [item.form.shown["typed"] for section in shown for item in section.asked][:2] == ["many", ""]


def test_it_changes_nothing_of_what_the_company_answers(signed_in, person, assessment, asked):
    answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"choices": ["0"]})

    post(signed_in, assessment, "OPS.CYB.2", pick="choice.1")

    assert list(Answer.objects.values_list("value", "revision")) == [({"choices": ["0"]}, 1)]


def test_two_people_never_touch_each_others(client, person, colleague, assessment, asked):
    for user, choice in [(person, "choice.0"), (colleague, "choice.1"), (person, "choice.0")]:
        client.force_login(user)
        post(client, assessment, "OPS.CYB.2", pick=choice, revision=0)

    assert stored() == [("Ada", {"choices": ["0"]}, 2), ("Grace", {"choices": ["1"]}, 1)]


def test_a_reader_gives_individual_answers_too(client, reader, assessment, asked):
    client.force_login(reader)

    saved = post(client, assessment, "OPS.CYB.2", pick="choice.1")
    page_saved = client.post(
        page("individual_answers", assessment), {"OPS.CYB.1-revision": "0", "OPS.CYB.1-pick": "unknown"}
    )

    assert (saved.status_code, page_saved.status_code) == (200, 302)
    assert IndividualAnswer.objects.filter(user=reader).count() == 2


def test_the_same_request_again_is_answered_the_same_and_stored_once(person, asked):
    revisions = [
        own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, request=FIRST) for _ in range(3)
    ]

    assert revisions == [1, 1, 1]
    assert stored() == [("Ada", {"choices": ["1"]}, 1)]


def test_the_same_request_again_is_answered_the_same_even_when_the_consultation_is_closed(person, asked):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, request=FIRST)
    close_consultation(consultation=asked, by=person)

    revision = own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, request=FIRST)

    assert revision == 1


def test_a_request_with_another_value_is_refused(signed_in, person, assessment, asked):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, request=FIRST)

    with pytest.raises(RequestReusedError):
        own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["0"]}, request=FIRST)
    response = post(signed_in, assessment, "OPS.CYB.2", pick="choice.0", request=FIRST)

    assert (response.status_code, response["X-Request-Reused"]) == (422, "1")
    assert stored() == [("Ada", {"choices": ["1"]}, 1)]


def test_one_person_in_two_windows_never_conflicts_with_themselves(person, asked):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, request=FIRST)

    revision = own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["0"]}, request=SECOND)

    assert revision == 2
    assert stored() == [("Ada", {"choices": ["0"]}, 2)]


def test_a_save_that_arrives_late_does_not_take_the_place_of_a_newer_one_and_is_not_called_saved(
    signed_in, person, assessment, asked
):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["0"]}, request=SECOND)

    with pytest.raises(ConflictError) as conflict:
        own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, request=FIRST)
    response = post(signed_in, assessment, "OPS.CYB.2", pick="choice.1", request=FIRST)

    assertContains(response, "Not saved: you gave a newer answer in another window", status_code=409)
    assert (conflict.value.current.user, response.has_header("X-Revision")) == (person, False)
    assert stored() == [("Ada", {"choices": ["0"]}, 1)]


def test_a_page_made_for_somebody_else_stores_nothing(signed_in, assessment, asked, colleague):
    response = signed_in.post(
        page("individual_answer", assessment, "OPS.CYB.2"),
        {"OPS.CYB.2-pick": "choice.1"},
        headers={"X-Person": colleague.browser_id},
    )

    assert (response.status_code, IndividualAnswer.objects.count()) == (401, 0)


def test_once_closed_nothing_is_stored_and_the_reply_says_so(signed_in, person, assessment, asked):
    close_consultation(consultation=asked, by=person)

    with pytest.raises(ConsultationClosedError):
        own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]})
    one = post(signed_in, assessment, "OPS.CYB.2", pick="choice.1")
    whole = signed_in.post(
        page("individual_answers", assessment), {"OPS.CYB.2-revision": "0", "OPS.CYB.2-pick": "choice.1"}, follow=True
    )

    assertContains(one, "own views of this dimension are no longer taken", status_code=410)
    assertContains(whole, "Not saved: own views of this dimension are no longer taken.")
    assert IndividualAnswer.objects.count() == 0


def test_submission_ends_the_consultation_and_counts_what_the_company_answered(person, assessment, asked):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["0"]})

    result = submit(assessment=assessment, by=person)

    assert result.answers["OPS.CYB.2"]["value"] == COMPLETE["OPS.CYB.2"]
    with pytest.raises(ConsultationClosedError):
        own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]})


def test_opened_again_it_goes_on_with_the_answers_it_has(person, colleague, assessment, asked):
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]})
    close_consultation(consultation=asked, by=person)

    open_consultation(assessment=assessment, dimension="OPS", by=colleague, at=NOON)
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["0"]})

    again = Consultation.objects.get()
    assert (again.opened_by, again.opened_at, again.closed_by, again.closed_at) == (colleague, NOON, None, None)
    assert stored() == [("Grace", {"choices": ["0"]}, 2)]


def test_opening_or_closing_twice_keeps_who_did_it_first(person, colleague, assessment):
    open_consultation(assessment=assessment, dimension="OPS", by=person, at=NOON)
    open_consultation(assessment=assessment, dimension="OPS", by=colleague)
    asked = Consultation.objects.get()
    close_consultation(consultation=asked, by=colleague, at=NOON)
    close_consultation(consultation=asked, by=person, at=NOON + timedelta(hours=1))

    asked.refresh_from_db()
    assert (asked.opened_by, asked.opened_at, asked.closed_by, asked.closed_at) == (person, NOON, colleague, NOON)


def test_nobody_is_asked_about_a_submitted_assessment(person, signed_in):
    result = make_result(by=person)

    with pytest.raises(ClosedError):
        open_consultation(assessment=result.assessment, dimension="OPS", by=person)

    assert Consultation.objects.count() == 0


# --- The whole page, for browsers without JavaScript ------------------------------------------------------------------
def test_the_page_saves_what_changed_on_it(signed_in, person, assessment, asked):
    own(asked=asked, by=person, question="OPS.CYB.1", value={"choices": ["drill"]})

    response = signed_in.post(
        page("individual_answers", assessment),
        {
            "OPS.CYB.1-revision": "1",
            "OPS.CYB.1-pick": "choice.drill",
            "OPS.CYB.2-revision": "0",
            "OPS.CYB.2-pick": "choice.1",
        },
    )

    assertRedirects(response, page("individual_answers", assessment))
    assert stored("OPS.CYB.1") == [("Ada", {"choices": ["drill"]}, 1)]
    assert stored("OPS.CYB.2") == [("Ada", {"choices": ["1"]}, 1)]


def test_the_page_keeps_what_is_incomplete_and_says_what_to_do(signed_in, assessment, asked):
    response = signed_in.post(
        page("individual_answers", assessment),
        {"OPS.CYB.2-revision": "0", "OPS.CYB.2-pick": "not_applicable", "OPS.CYB.2-reason": ""},
    )

    assertContains(response, "<title>Error: Your own view – Operations", html=False)
    assertContains(response, "Say in a few words why this is not applicable.", count=2)
    assert IndividualAnswer.objects.get().state == "draft"


def test_the_page_refuses_what_it_could_not_have_posted(signed_in, assessment, asked):
    response = signed_in.post(
        page("individual_answers", assessment), {"OPS.CYB.2-revision": "0", "OPS.CYB.2-pick": "choice.7"}
    )

    assert response.status_code == 422
    assert IndividualAnswer.objects.count() == 0


def test_one_answer_that_no_page_could_have_posted_is_refused(signed_in, assessment, asked):
    response = post(signed_in, assessment, "OPS.CYB.2", pick="choice.7")

    assertContains(response, "Not saved.", status_code=422)
    assert IndividualAnswer.objects.count() == 0


def test_clearing_takes_the_answer_and_keeps_the_comment(signed_in, person, assessment, asked):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]}, comment="since May")

    signed_in.post(
        page("individual_answers", assessment),
        {
            "OPS.CYB.2-revision": "1",
            "OPS.CYB.2-pick": "choice.1",
            "OPS.CYB.2-comment": "since May",
            "clear": "OPS.CYB.2",
        },
    )

    row = IndividualAnswer.objects.get()
    assert (row.state, row.value, row.comment) == ("empty", {}, "since May")


# --- What the tables hold to ------------------------------------------------------------------------------------------
def violated(name, columns=None):
    """The database refuses, and names the rule; SQLite names a uniqueness by its columns."""
    return pytest.raises(IntegrityError, match=f"{name}|{columns}" if columns else name)


def make_own(assessment, user, **fields):
    return IndividualAnswer.objects.create(
        assessment=assessment, user=user, **{"question": "OPS.CYB.2", "state": "answered", **fields}
    )


def test_consultation_once_per_dimension(assessment, asked):
    columns = "consultation.assessment_id, assessment_consultation.dimension"

    with violated("consultation_once_per_dimension", columns):
        Consultation.objects.create(assessment=assessment, dimension="OPS")


def test_individual_answer_once_per_person(person, assessment):
    make_own(assessment, person)
    columns = (
        "individualanswer.assessment_id, assessment_individualanswer.question, assessment_individualanswer.user_id"
    )

    with violated("individual_answer_once_per_person", columns):
        make_own(assessment, person)


def test_individual_answer_revision_at_least_1(person, assessment):
    with violated("individual_answer_revision_at_least_1"):
        make_own(assessment, person, revision=0)


def test_individual_answer_state_known(person, assessment):
    with violated("individual_answer_state_known"):
        make_own(assessment, person, state="guessed")

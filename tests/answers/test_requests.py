"""A save sent twice, late, or under an id that another save has: what is stored, and what the reply says."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.actions.answers import ConflictError, RequestReusedError
from assessment.models import Answer, AnswerChange
from tests.factories import answer, make_assessment, make_colleague, make_company

EARLIER, LATER = uuid.UUID("01990000-0000-7000-8000-000000000000"), uuid.UUID("01990000-0001-7000-8000-000000000000")


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def post(client, assessment, code, **fields):
    url = reverse("assessment_answer", args=[assessment.pk, code])
    return client.post(url, {f"{code}-{name}": value for name, value in fields.items()})


def stored(code):
    row = Answer.objects.get(question=code)
    return row.state, row.value


def test_the_same_request_again_is_answered_the_same_and_stored_once(person, assessment):
    request = uuid.uuid4()

    revisions = [
        answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]}, request=request)
        for _ in range(3)
    ]

    assert revisions == [1, 1, 1]
    assert AnswerChange.objects.count() == 1


def test_a_request_that_arrives_again_after_a_newer_save_changes_nothing(person, assessment):
    request = uuid.uuid4()
    first = {"assessment": assessment, "by": person, "question": "STR.VIS.1", "value": {"choices": ["1"]}}
    answer(**first, request=request)
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=1)

    revision = answer(**first, request=request)

    assert revision == 1
    assert stored("STR.VIS.1") == ("answered", {"choices": ["2"]})


@pytest.mark.parametrize(
    "other",
    [
        {"value": {"choices": ["2"]}},
        {"question": "OPS.CYB.2"},
        {"state": "draft"},
        {"comment": "Since May."},
        {"evidence": "Page 3."},
    ],
)
def test_a_request_id_with_another_answer_is_refused(person, assessment, other):
    saved = {"assessment": assessment, "by": person, "question": "STR.VIS.1", "value": {"choices": ["1"]}}
    request = uuid.uuid4()
    answer(**saved, request=request)

    with pytest.raises(RequestReusedError):
        answer(**saved | other, request=request)

    assert AnswerChange.objects.count() == 1


def test_another_persons_request_id_has_no_effect(person, assessment):
    request, colleague = uuid.uuid4(), make_colleague(of=assessment)
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["1"]}, request=request)

    with pytest.raises(RequestReusedError):
        answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]}, request=request)


def test_a_reused_request_id_is_answered_422_and_says_what_to_do(signed_in, assessment):
    request = uuid.uuid4()
    post(signed_in, assessment, "STR.VIS.1", pick="choice.1", revision=0, request=request)

    response = post(signed_in, assessment, "STR.VIS.1", pick="choice.2", revision=1, request=request)

    assertContains(response, "Reload the page, then answer again.", status_code=422)
    assert response["X-Request-Reused"] == "1"
    assert response.has_header("X-Revision") is False


def test_a_persons_older_save_that_arrives_late_does_not_replace_the_newer_one(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, request=LATER)

    with pytest.raises(ConflictError) as conflict:
        answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]}, request=EARLIER)

    assert conflict.value.current.value == {"choices": ["2"]}
    assert stored("STR.VIS.1") == ("answered", {"choices": ["2"]})


def test_an_older_save_over_the_revision_that_it_saw_is_a_decision_and_is_stored(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, request=LATER)

    revision = answer(
        assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]}, request=EARLIER, revision=1
    )

    assert revision == 2

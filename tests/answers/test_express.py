"""The express path: a first result with an honest interval, then the whole questionnaire with every answer kept."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from assessment.models import Answer
from tests.factories import answer, make_assessment, make_company, make_user

EXPRESS = {"STR.VIS.1": {"choices": ["2"]}, "OPS.CYB.1": {"choices": ["backup"]}}


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person), path="express")


def fill(assessment, person):
    for question, value in EXPRESS.items():
        answer(assessment=assessment, by=person, question=question, value=value)


def page(name, assessment, *more):
    return reverse(name, args=[assessment.pk, *more])


def test_only_express_questions_are_asked(signed_in, assessment):
    response = signed_in.get(page("assessment_dimension", assessment, "OPS"))

    assert [item.question.code for section in response.context["sections"] for item in section.asked] == ["OPS.CYB.1"]


def test_the_first_result_gives_an_indication_and_the_interval_of_the_whole(signed_in, person, assessment):
    fill(assessment, person)

    first = signed_in.get(page("assessment_first_result", assessment)).context["first"]

    assert (first.indication, first.standing.low, first.standing.high, first.not_asked) == ("50.0", "16.7", "50.0", 1)
    assert [(line.dimension.code, line.indication, line.low, line.high) for line in first.lines] == [
        ("STR", "50.0", "50.0", "50.0"),
        ("OPS", "50.0", "0.0", "50.0"),
    ]


def test_the_first_result_costs_four_queries(signed_in, person, assessment, django_assert_num_queries):
    fill(assessment, person)
    signed_in.get(page("assessment_first_result", assessment))

    with django_assert_num_queries(4):  # session, user, assessment with its company and version, answers
        signed_in.get(page("assessment_first_result", assessment))


def test_before_the_express_questions_are_answered_there_is_no_first_result(signed_in, assessment):
    assertRedirects(signed_in.get(page("assessment_first_result", assessment)), assessment.get_absolute_url())


def test_continuing_keeps_every_answer_and_asks_the_rest(signed_in, person, assessment):
    fill(assessment, person)

    signed_in.post(page("assessment_full", assessment))

    assessment.refresh_from_db()
    assert assessment.path == "full"
    assert dict(Answer.objects.values_list("question", "value")) == EXPRESS
    assert signed_in.get(assessment.get_absolute_url()).context["standing"].open_questions == ["OPS.CYB.2"]


def test_an_express_assessment_is_not_submitted_while_the_rest_is_open(signed_in, person, assessment):
    fill(assessment, person)

    assertRedirects(signed_in.post(page("assessment_submit", assessment)), page("assessment_review", assessment))


def test_someone_else_gets_404(client, assessment):
    client.force_login(make_user())

    assert client.get(page("assessment_first_result", assessment)).status_code == 404


def test_the_first_result_leads_on(signed_in, person, assessment):
    fill(assessment, person)

    first = signed_in.get(page("assessment_first_result", assessment)).context["first"]

    assert [(step.question.code, step.after, step.gain) for step in first.steps] == [
        ("OPS.CYB.1", "A crisis exercise.", "33.3"),
        ("STR.VIS.1", "It is reviewed every year against figures.", "16.7"),
    ]
    assert [capability.code for capability in first.strengths] == ["STR.VIS", "OPS.CYB"]
    assert (first.lowest.number, first.highest.number) == (1, 2)

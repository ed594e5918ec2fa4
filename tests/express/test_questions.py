"""The express questions of an assessment: one page, saved whole, that leads to the first result."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.models import Answer, Assessment
from tests.factories import (
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db
WHOLE = {
    "STR.VIS.1-pick": "choice.2",
    "STR.VIS.1-revision": "0",
    "OPS.CYB.1-pick": "choice.backup",
    "OPS.CYB.1-revision": "0",
}


@pytest.fixture
def express(person):
    return make_assessment(company=make_company(member=person), version=make_version(), path="express")


def page(assessment):
    return reverse("assessment_express", args=[assessment.pk])


def answers():
    return {row.question: row.value for row in Answer.objects.all()}


def put(response):
    return [item.question.code for section in response.context["sections"] for item in section.asked]


def test_all_express_questions_and_no_other_are_on_one_page(signed_in, express):
    response = signed_in.get(page(express))

    assert put(response) == ["STR.VIS.1", "OPS.CYB.1"]  # the third is about manufacturing
    assertContains(response, "2 questions on one page")


def test_posted_whole_it_leads_to_the_first_result(signed_in, express):
    response = signed_in.post(page(express), WHOLE | {"next": "1"})

    assertRedirects(response, reverse("assessment_first_result", args=[express.pk]))
    assert answers() == {"STR.VIS.1": {"choices": ["2"]}, "OPS.CYB.1": {"choices": ["backup"]}}


def test_what_is_missing_is_listed_and_what_was_given_is_kept(signed_in, express):
    response = signed_in.post(page(express), {"STR.VIS.1-pick": "choice.2", "STR.VIS.1-revision": "0", "next": "1"})

    assertContains(response, "1 question still needs an answer")
    assert [item.question.code for item in response.context["missing"]] == ["OPS.CYB.1"]
    assert answers() == {"STR.VIS.1": {"choices": ["2"]}}


def test_saved_without_asking_for_the_result_the_page_comes_back(signed_in, express):
    response = signed_in.post(page(express), WHOLE)

    assertRedirects(response, page(express))


def test_a_choice_that_does_not_exist_is_refused_and_nothing_stored(signed_in, express):
    response = signed_in.post(page(express), WHOLE | {"OPS.CYB.1-pick": "choice.nothing"})

    assert response.status_code == 422
    assert answers() == {}


def test_somebody_elses_later_answer_is_not_written_over(signed_in, express):
    colleague = make_user(name="Grace")
    make_membership(company=express.company, user=colleague)
    answer(assessment=express, by=colleague, question="STR.VIS.1", value={"choices": ["0"]})

    response = signed_in.post(page(express), WHOLE)

    assert response.status_code == 409
    assertContains(response, "saved another answer meanwhile", status_code=409)
    assert answers() == {"STR.VIS.1": {"choices": ["0"]}}


def test_on_the_full_path_it_leads_to_the_overview_and_still_saves(signed_in, express):
    Assessment.objects.update(path="full")

    read, sent = signed_in.get(page(express)), signed_in.post(page(express), WHOLE | {"next": "1"})

    assertRedirects(read, express.get_absolute_url())
    assertRedirects(sent, express.get_absolute_url())
    assert set(answers()) == {"STR.VIS.1", "OPS.CYB.1"}


def test_answers_of_last_year_are_confirmed_in_one_go(signed_in, person):
    company = make_company(member=person)
    make_result(company=company, by=person)
    begun = signed_in.post(
        reverse("assessment_start", args=[company.pk]), {"path": "express", "origin": "last"}, follow=True
    )
    assertContains(begun, "They all still hold: confirm them (2)")
    read = {f"{code}-revision": row.revision for code, row in rows().items()}
    chosen = {"STR.VIS.1-pick": "choice.2", "OPS.CYB.1-pick": "choice.backup"}

    signed_in.post(begun.request["PATH_INFO"], {**read, **chosen, "confirm_all": "1"})

    assert {code for code, row in rows().items() if row.to_confirm} == {"OPS.CYB.2"}


def rows():
    open_one = Assessment.objects.open().get()
    return {row.question: row for row in open_one.answers.all()}


@pytest.mark.parametrize("count", [1, 2])
def test_query_count(signed_in, express, person, django_assert_num_queries, count):
    for question, value in [("STR.VIS.1", {"choices": ["2"]}), ("OPS.CYB.1", {"choices": ["backup"]})][:count]:
        answer(assessment=express, by=person, question=question, value=value)
    signed_in.get(page(express))

    with django_assert_num_queries(4):  # session, user, assessment with its company and version, answers
        signed_in.get(page(express))


# --- From the company to the first question -----------------------------------------------------------------------------

ACME = {"name": "Acme", "sub_sector": "biotech", "size": "small", "region": "FR-IDF", "activities": ["research"]}


@pytest.mark.parametrize(("path", "leads_to"), [("express", "/express/#q1"), ("full", "/dimensions/STR/#q1")])
def test_the_company_once_created_the_first_question_is_next(signed_in, path, leads_to):
    make_version()

    created = signed_in.post(reverse("company_create"), ACME | {"path": path})
    resumed = signed_in.get(created["Location"])

    open_one = Assessment.objects.get()
    assert (open_one.path, open_one.company.name) == (path, "Acme")
    assert re.sub(r"^/en/assessments/[^/]*", "", resumed["Location"]) == leads_to


@pytest.mark.parametrize("path", ["not_now", ""])
def test_a_company_can_be_created_without_starting(signed_in, path):
    make_version()

    created = signed_in.post(reverse("company_create"), ACME | {"path": path})

    assertRedirects(created, reverse("start"))
    assert Assessment.objects.count() == 0


def test_sent_twice_the_company_and_its_assessment_are_one(signed_in):
    make_version()

    first, second = [signed_in.post(reverse("company_create"), ACME | {"path": "express"}) for _ in range(2)]

    assert first["Location"] == second["Location"]
    assert Assessment.objects.count() == 1


def test_while_nothing_is_published_no_path_is_asked(signed_in):
    page = signed_in.get(reverse("company_create"))

    assertNotContains(page, "Which questions first?")


def test_while_nothing_is_published_there_is_nothing_to_try(client):
    assertContains(client.get(reverse("trial_start")), "The questionnaire is being prepared")

"""The start page says what to do next, from where each company's assessments stand."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.reports.assessments.start import cards
from assessment.reports.questionnaire.home import EXAMPLE, offer
from tests.factories import (
    COMPLETE,
    FIXTURES,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_staff,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


def actions(response):
    """The buttons of the page: where they lead, and what they say."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    found = re.findall(r'<a class="btn [^"]*" href="([^"]*)">(.*?)</a>', main, re.DOTALL)
    return [(address, text.strip()) for address, text in found]


def sent_to(response):
    """The forms of the page: where each goes, and what its button says."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    found = re.findall(r'<form class="actions" method="post" action="([^"]*)">(.*?)</form>', main, re.DOTALL)
    buttons = [(address, re.search(r'type="submit" name="(\w+)" value="(\w+)"', form)) for address, form in found]
    return [(address, *button.groups()) for address, button in buttons]


def test_without_a_company_one_is_presented(signed_in):
    response = signed_in.get("/en/start/")

    assert actions(response) == [("/en/companies/new/", "Present my company")]


def test_a_new_company_starts(signed_in, person):
    company = make_company(member=person)

    response = signed_in.get("/en/start/")

    assert actions(response) == [(f"/en/companies/{company.pk}/assessments/start/", "Other ways to start")]
    assert sent_to(response) == [(f"/en/companies/{company.pk}/assessments/start/", "path", "express")]


def test_an_open_assessment_is_resumed_with_its_progress(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    answer(assessment=assessment, by=person, question="STR.VIS.1", value=COMPLETE["STR.VIS.1"])

    response = signed_in.get("/en/start/")

    assert actions(response) == [(f"/en/assessments/{assessment.pk}/resume/", "Resume")]
    assert re.search(r'<progress class="progress-line" max="3" value="1"', response.content.decode())


def test_a_full_one_is_submitted_by_a_manager(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)

    response = signed_in.get("/en/start/")

    assert actions(response) == [(f"/en/assessments/{assessment.pk}/review/", "Review and submit")]


def test_a_reader_is_only_shown(signed_in, person):
    assessment = make_assessment(company=make_company(member=person, role="reader"))

    response = signed_in.get("/en/start/")

    assert actions(response) == [(f"/en/assessments/{assessment.pk}/", "See the answers")]


def test_after_a_result_the_next_assessment(signed_in, person):
    result = make_result(company=make_company(member=person), by=person)

    response = signed_in.get("/en/start/")

    company = result.company_id
    assert actions(response) == [(f"/en/companies/{company}/assessments/start/", "Other ways to start")]
    assert sent_to(response) == [(f"/en/companies/{company}/assessments/start/", "origin", "last")]
    assert f'<a href="{result.get_absolute_url()}">See the result</a>' in response.content.decode()
    assert f'<span class="score-value">{result.score}</span>' in response.content.decode()


def test_only_the_newest_result_of_ones_own_companies(person):
    company = make_company(member=person)
    make_result(company=company, by=person)
    newest = make_result(company=company, by=person)
    make_result()

    (card,) = cards(person)

    assert card.latest.result.pk == newest.pk


def test_staff_without_a_company_find_the_administration(client):
    client.force_login(make_staff())

    response = client.get("/en/start/")

    assert actions(response) == [("/en/admin/", "Open the administration")]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_start_page(signed_in, person, django_assert_num_queries, count):
    for number in range(count):
        company = make_company(member=person, name=f"Company {number}")
        make_membership(company=company, user=make_user())
        make_result(company=company, by=person)
        make_assessment(company=company)
    signed_in.get("/en/start/")

    # session, user, memberships, open assessments, their answers, own views asked for, newest results
    with django_assert_num_queries(7):
        response = signed_in.get("/en/start/")

    assert response.content.decode().count('class="company-card"') == count


def test_queries_of_the_home_page(client, django_assert_num_queries):
    make_version()
    client.get("/en/")

    with django_assert_num_queries(1):  # the version in force
        client.get("/en/")


def test_the_home_page_before_any_questionnaire(client):
    response = client.get("/en/")

    assert (response.status_code, response.context["offer"]) == (200, None)


def test_the_example_of_a_result_adds_up(settings):
    make_version(file=FIXTURES / "questionnaire-2026.1.yaml")

    shown = offer()

    assert [score for _, score in shown.example] == EXAMPLE
    # 62.5 + 45.8 + 54.2 + 58.3 + 66.7 + 50.0 + 70.8 + 33.3 = 441.6; / 8 = 55.2
    assert (shown.example_score, shown.example_level.number) == ("55.2", 3)
    assert (shown.question_count, shown.express_count) == (48, 16)


def test_an_own_view_that_is_asked_for_is_on_the_start_page(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    assessment.consultations.create(dimension="OPS", opened_by=person)

    response = signed_in.get("/en/start/")

    assertContains(response, "Your own view is asked for", count=1)
    assertContains(response, reverse("individual_answers", args=[assessment.pk, "OPS"]), count=1)

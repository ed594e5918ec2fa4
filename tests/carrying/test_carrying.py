"""A new assessment begins with the answers of the last one."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions.carrying import start_from
from assessment.actions.people import erase_company
from assessment.models import Answer, AnswerChange, Assessment
from tests.carrying.makers import GIVEN, LATER, rows
from tests.factories import make_company, make_result, make_version
from tests.faults import assert_whole
from tests.moves.makers import make_second


def test_every_answer_is_carried_over_and_waits_to_be_confirmed(carried, result, person):
    assert rows(carried) == {code: (value, True) for code, value in GIVEN.items()}
    assert (carried.carried_from, carried.started_by, carried.is_open) == (result, person, True)


def test_what_is_carried_is_in_the_history_from_the_start(carried, person):
    changes = AnswerChange.objects.filter(assessment=carried)

    assert {(change.revision, change.saved_by, change.saved_at) for change in changes} == {(1, person, LATER)}
    assert changes.count() == 4


def test_what_a_newer_version_no_longer_takes_is_left_behind(result, person):
    carried = start_from(result=result, version=make_second(), by=person)

    assert rows(carried) == {
        "STR.VIS.1": ({"choices": ["2"]}, True),
        "OPS.CYB.1": ({"choices": ["backup"]}, True),
    }


def test_starting_twice_resumes_the_same_assessment(carried, result, person):
    again = start_from(result=result, version=make_version(), by=person)

    assert again == carried
    assert Assessment.objects.count() == 2


def test_a_fault_at_any_statement_leaves_no_half_carried_assessment(result, person):
    version = make_version()

    after = assert_whole(
        lambda: start_from(result=result, version=version, by=person),
        lambda: (Assessment.objects.count(), Answer.objects.count(), AnswerChange.objects.count()),
    )

    assert after == (2, 8, 8)


def test_the_start_page_proposes_the_answers_of_the_last_result(signed_in, result):
    response = signed_in.get(reverse("assessment_start", args=[result.company_id]))

    assertContains(response, "From the answers of 8 June 2026")


def test_the_start_page_proposes_nothing_without_a_result(signed_in, person):
    make_version()
    company = make_company(member=person)

    response = signed_in.get(reverse("assessment_start", args=[company.pk]))

    assertNotContains(response, 'name="origin"')


@pytest.mark.parametrize(("origin", "count"), [("last", 4), ("empty", 0), ("", 0)])
def test_the_start_page_starts_from_what_was_chosen(signed_in, result, origin, count):
    signed_in.post(reverse("assessment_start", args=[result.company_id]), {"path": "full", "origin": origin})

    assert Assessment.objects.open().get().answers.count() == count


def test_another_companys_result_is_never_started_from(signed_in, person):
    make_result()
    company = make_company(member=person)

    signed_in.post(reverse("assessment_start", args=[company.pk]), {"path": "full", "origin": "last"})

    assert Assessment.objects.open().get().answers.count() == 0


@pytest.mark.parametrize("result_count", [1, 3])
def test_the_start_page_costs_seven_queries(signed_in, person, django_assert_num_queries, result_count):
    company = make_company(member=person)
    for _ in range(result_count):
        make_result(company=company, by=person)
    url = reverse("assessment_start", args=[company.pk])
    signed_in.get(url)

    with django_assert_num_queries(7):  # session, user, company, version, last result, campaigns, open assessment
        signed_in.get(url)


def test_a_company_that_started_from_its_last_result_can_still_be_erased(carried):
    erase_company(company=carried.company, reason="asked for")

    assert Assessment.objects.count() == 0

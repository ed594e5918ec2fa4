"""From done to score: what is done since the last result is asked first, and nothing else with it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.models import Assessment, Membership
from tests.factories import NOON, make_assessment, make_company, make_membership, make_result, make_user
from tests.plans.makers import make_action


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person)


def make_done(company, question="OPS.CYB.2", at=NOON + timedelta(days=30), **fields):
    return make_action(company, question=question, dimension="OPS", status="done", done_at=at, **fields)


def begin(client, result):
    """Return the address of the page that asks again."""
    response = client.post(reverse("company_plan_again", args=[result.company_id]))
    address = reverse("assessment_again", args=[Assessment.objects.open().get().pk])
    assertRedirects(response, address)
    return address


def asked(response):
    return [item.question.code for _, items in response.context["parts"] for item, _, _ in items]


def answers(page, **fields):
    """What a browser sends of the page, with some answers."""
    items = [item for _, items in page.context["parts"] for item, _, _ in items]
    return {f"{item.question.code}-revision": item.form.base_revision for item in items} | fields


def test_an_action_that_is_done_begins_an_assessment_with_the_last_answers(signed_in, result):
    action = make_done(result.company)
    assertContains(signed_in.get(action.get_absolute_url()), reverse("company_plan_again", args=[result.company_id]))

    page = signed_in.get(begin(signed_in, result))

    assert asked(page) == ["OPS.CYB.2"]
    assert Assessment.objects.open().get().carried_from == result
    assertContains(page, "1 action of the plan is done since the last result.")


def test_in_an_open_assessment_it_leads_to_the_same_page(signed_in, result):
    action, assessment = make_done(result.company), make_assessment(company=result.company)

    address = reverse("assessment_again", args=[assessment.pk])
    assertContains(signed_in.get(action.get_absolute_url()), f'href="{address}"')
    assert begin(signed_in, result) == address


def test_exactly_what_is_done_since_the_last_result_is_asked(signed_in, result):
    make_done(result.company, question="STR.VIS.1", at=NOON - timedelta(days=1))
    make_done(result.company, question="GONE.1")
    make_action(result.company, question="OPS.CYB.1")
    make_done(result.company)

    assert asked(signed_in.get(begin(signed_in, result))) == ["OPS.CYB.2"]


def test_an_answer_given_again_is_stored_and_said(signed_in, result):
    make_done(result.company)
    address = begin(signed_in, result)
    page = signed_in.get(address)
    assertNotContains(page, "Answer given again")

    response = signed_in.post(address, answers(page, **{"OPS.CYB.2-pick": "choice.0", "next": "1"}))

    assessment = Assessment.objects.open().get()
    assertRedirects(response, reverse("assessment_review", args=[assessment.pk]))
    row = assessment.answers.get(question="OPS.CYB.2")
    assert (row.value, row.to_confirm) == ({"choices": ["0"]}, False)
    assertContains(signed_in.get(address), "Given again: 1 of 1")


def test_an_answer_that_still_holds_is_confirmed_here(signed_in, result):
    make_done(result.company)
    address = begin(signed_in, result)

    signed_in.post(address, answers(signed_in.get(address), confirm="OPS.CYB.2"))

    assert not Assessment.objects.open().get().answers.get(question="OPS.CYB.2").to_confirm


def test_what_a_colleague_answered_meanwhile_is_shown(signed_in, result):
    make_done(result.company)
    address = begin(signed_in, result)
    late = answers(signed_in.get(address), **{"OPS.CYB.2-pick": "choice.0"})
    signed_in.post(address, late | {"OPS.CYB.2-pick": "not_applicable", "OPS.CYB.2-reason": "Nobody yet"})
    Assessment.objects.open().get().answers.update(saved_by=make_user())

    response = signed_in.post(address, late)

    assert (response.status_code, len(response.context["conflicts"])) == (409, 1)


def test_where_nothing_is_done_the_page_says_so(signed_in, result):
    assertContains(signed_in.get(begin(signed_in, result)), "No action of the plan is done since the last result")


def test_a_start_from_the_last_answers_asks_first_what_is_done(signed_in, result):
    make_done(result.company)

    response = signed_in.post(reverse("assessment_start", args=[result.company_id]), {"path": "full", "origin": "last"})

    assert response.url == reverse("assessment_again", args=[Assessment.objects.open().get().pk])


def test_a_reader_reads_and_begins_nothing(client, result):
    make_done(result.company)
    assessment, reader = make_assessment(company=result.company), make_user()
    make_membership(company=result.company, user=reader, role=Membership.Role.READER)
    client.force_login(reader)

    assert client.get(reverse("assessment_again", args=[assessment.pk])).status_code == 200
    assert client.post(reverse("assessment_again", args=[assessment.pk])).status_code == 403
    assert client.post(reverse("company_plan_again", args=[result.company_id])).status_code == 403


def test_another_companys_page_does_not_exist_here(signed_in, result):
    other = make_assessment(company=make_company(name="Other"))

    assert signed_in.get(reverse("assessment_again", args=[other.pk])).status_code == 404
    assert signed_in.post(reverse("company_plan_again", args=[other.company_id])).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_costs_as_many_queries_for_one_action_as_for_fifty(
    signed_in, result, django_assert_num_queries, count
):
    for number in range(count):
        make_done(result.company, question=f"Q{number}")
    make_done(result.company, question="STR.VIS.1", at=timezone.now())
    address = begin(signed_in, result)
    signed_in.get(address)

    with django_assert_num_queries(5):  # session, user, assessment, answers, actions
        signed_in.get(address)

"""A use case beside the step that it fits, and the step that doing the same belongs to."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions.showcase import keep
from assessment.models import Action, Publication
from tests.factories import COMPLETE, make_company, make_result
from tests.plans.makers import make_action
from tests.usecases.makers import make_published

LOW = COMPLETE | {"OPS.CYB.2": {"choices": ["0"]}}
TOP = COMPLETE | {"OPS.CYB.1": {"choices": ["backup", "training", "drill"]}, "OPS.CYB.2": {"choices": ["1"]}}


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person, answers=LOW)


@pytest.fixture
def case(db):
    """It improved OPS.CYB."""
    return Publication.objects.get(pk=make_published().pk)


def plan_url(result):
    return reverse("result_plan", args=[result.assessment_id, result.number]) + "?effort=99"


def doing(case, company, person):
    return keep(publication=case, company=company, by=person, doing_since=timezone.localdate())


def proposed(client, case):
    return client.get(case.get_absolute_url()).context["proposals"]


def test_beside_each_step_stands_the_case_that_fits_its_capability(signed_in, result, case):
    steps = signed_in.get(plan_url(result)).context["steps"]

    assert {step.question.code: found and found.publication for step, found in steps} == {
        "STR.VIS.1": None,
        "OPS.CYB.1": case,
        "OPS.CYB.2": case,
    }


def test_an_action_to_be_done_shows_the_case_until_it_is(signed_in, result, case):
    action = make_action(result.company, question="OPS.CYB.2", dimension="OPS", result=result)
    assertContains(signed_in.get(action.get_absolute_url()), case.get_absolute_url())

    Action.objects.update(status="done", done_at=timezone.now())

    assertNotContains(signed_in.get(action.get_absolute_url()), case.get_absolute_url())


def test_a_case_withdrawn_stands_beside_nothing(signed_in, result, case):
    case.delete()

    assert {found for _, found in signed_in.get(plan_url(result)).context["steps"]} == {None}


def test_doing_the_same_proposes_the_step_with_most_to_gain(signed_in, result, case, person):
    assert proposed(signed_in, case) == []
    doing(case, result.company, person)

    (proposal,) = proposed(signed_in, case)

    leaves = [leaf for part in result.trace["dimensions"][1]["capabilities"] for leaf in part["questions"]]
    gains = {leaf["code"]: float(leaf["gain"]) for leaf in leaves if leaf["code"] in ("OPS.CYB.1", "OPS.CYB.2")}
    assert proposal.question.code == max(gains, key=gains.__getitem__)
    signed_in.post(reverse("result_plan_take", args=[result.assessment_id, result.number]), dict(proposal.fields))
    assert Action.objects.get().question == proposal.question.code


def test_a_step_planned_already_is_named(signed_in, result, case, person):
    action = make_action(result.company, question="OPS.CYB.1", dimension="OPS", title="Try a restore")
    doing(case, result.company, person)

    (proposal,) = proposed(signed_in, case)

    assert proposal.action == action


def test_a_company_without_a_result_or_at_the_top_is_proposed_nothing(signed_in, case, person):
    without, top = make_company(member=person, name="Without"), make_company(member=person, name="Top")
    make_result(company=top, by=person, answers=TOP)
    doing(case, without, person)
    doing(case, top, person)

    assert proposed(signed_in, case) == []


@pytest.mark.parametrize("count", [2, 5])
def test_the_page_of_a_case_costs_as_much_for_five_companies_as_for_two(
    signed_in, case, person, django_assert_num_queries, count
):
    for number in range(count):
        company = make_company(member=person, name=f"Company {number}")
        make_result(company=company, by=person, answers=LOW)
        make_action(company, question="OPS.CYB.1", dimension="OPS")
        doing(case, company, person)
    signed_in.get(case.get_absolute_url())

    # session, case, user, a view counted in four, companies, bookmarks, actions, results, version in force (3 times),
    # the choice of a company (twice), interests
    with django_assert_num_queries(17):
        response = signed_in.get(case.get_absolute_url())

    assert len(response.context["proposals"]) == count

"""From a result to its next level, the best plan and what-if: computed, never stored."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.maturity.figures import published
from assessment.maturity.tree import build_tree
from assessment.models import Membership, Target
from assessment.reports.plans.basis import basis_of, best
from assessment.reports.plans.distance import distance
from assessment.reports.plans.page import query_of
from assessment.reports.plans.whatif import chosen_answers, whatif_page
from assessment.reports.results.page import result_page
from assessment.rules.standing import numbers
from tests.factories import COMPLETE, make_company, make_membership, make_result, make_user
from tests.plans.makers import make_action
from tests.usecases.makers import make_published

LOW = COMPLETE | {"STR.VIS.1": {"choices": ["0"]}, "OPS.CYB.2": {"choices": ["0"]}}


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person)


def whatif_url(result, query=""):
    return reverse("result_whatif", args=[result.assessment_id, result.number]) + query


def plan_url(result, query=""):
    return reverse("result_plan", args=[result.assessment_id, result.number]) + query


def result_url(result):
    return result.get_absolute_url()


def priorities_url(result, query=""):
    return reverse("result_priorities", args=[result.assessment_id, result.number]) + query


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def distance_of(client, result):
    html = client.get(result.get_absolute_url()).content.decode()
    return words_of(re.search(r'<p class="distance">(.*?)</p>', html, re.DOTALL)[1])


def test_a_result_says_how_far_the_next_level_is(signed_in, result):
    assert distance_of(signed_in, result) == (
        "The level “Leading” is 20.0 points away. One step gets there (effort 1)."
    )


def test_the_way_to_the_next_level_leaves_out_what_the_company_dropped(signed_in, result):
    [step] = distance(result_page(result)).plan.steps
    make_action(result.company, question=step.question, status="dropped", reason="No owner this year")

    assert distance_of(signed_in, result) == (
        "The level “Leading” is 20.0 points away. Only steps that your company dropped get there: look at them again in its plan."
    )


def test_a_gate_that_holds_a_level_back_is_said(signed_in, person):
    answers = COMPLETE | {
        "STR.VIS.1": {"choices": ["1"]},
        "OPS.CYB.1": {"choices": ["backup", "drill"]},
        "OPS.CYB.2": {"choices": ["1"]},
    }
    result = make_result(company=make_company(member=person), by=person, answers=answers)

    assert distance_of(signed_in, result) == (
        "The score is enough for the level “Leading”. “Strategy” is at 25.0; that level asks for 50.0 in every dimension. "
        "One step gets there (effort 1)."
    )


def test_at_the_highest_level_there_is_no_next(signed_in, person, result):
    basis = basis_of(result)
    answers = {code: answer.to_json() for code, answer in best(basis, None).answers.items()}
    top = make_result(company=make_company(member=person, name="Top"), by=person, answers=COMPLETE | answers)

    assert top.level == 3
    assertNotContains(signed_in.get(top.get_absolute_url()), "To the next level")


def test_all_steps_reach_100_and_none_the_stored_score(result):
    basis = basis_of(result)
    picked = {}
    for code, value in query_of(basis, best(basis, None).steps):
        picked.setdefault(code, []).append(value)
    anchors = dict.fromkeys(numbers(basis.questionnaire), "")

    assert whatif_page(basis, picked, anchors).after == "100.0"
    assert whatif_page(basis, {}, anchors).after == str(result.score)


def test_what_if_shows_the_engines_figures(signed_in, result):
    basis = basis_of(result)
    answers = {**basis.answers, **chosen_answers(basis, {"STR.VIS.1": ["3"]})}
    expected = published(build_tree(basis.questionnaire, basis.profile, answers).overall.score)

    html = signed_in.get(whatif_url(result, "?STR.VIS.1=3&strange=1&OPS.CYB.2=99")).content.decode()

    score = words_of(re.search(r'<p class="whatif-score">(.*?)</p>', html, re.DOTALL)[1])
    assert score == f"{result.score} → {expected}"
    assert re.findall(r'name="STR.VIS.1" value="(\d?)" checked', html) == ["3"]


def test_a_plan_within_an_effort(signed_in, result):
    html = signed_in.get(plan_url(result, "?effort=1")).content.decode()

    plan = best(basis_of(result), 1)
    assert words_of(re.search(r'<h2 class="eyebrow" id="plan-title">(.*?)</h2>', html)[1]) == "1 step, effort 1"
    assert f"<strong>{published(plan.score)}</strong>" in html
    assertContains(signed_in.get(plan_url(result)), "Proven: no other set of steps does better.")


def test_a_plan_for_a_level_and_its_steps_in_what_if(signed_in, result):
    html = signed_in.get(plan_url(result, "?level=3")).content.decode()

    link = re.search(rf'href="({whatif_url(result)}\?[^"]+)"', html)[1].replace("&amp;", "&")
    assert "Level 2 → 3, Leading" in words_of(signed_in.get(link).content.decode())


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("?effort=-1", "Ensure this value is greater than or equal to 0."),
        ("?effort=many", "Enter a whole number."),
        ("?level=9", "Select a valid choice. 9 is not one of the available choices."),
        ("?effort=1&level=3", "Choose one of the three: an effort, a level or a deadline."),
        ("?effort=1&monthly=3", "Choose one of the three: an effort, a level or a deadline."),
        ("?monthly=3", "A deadline takes both: how many months, and how much effort each."),
    ],
)
def test_a_goal_that_is_none_is_refused_in_words(signed_in, result, query, problem):
    response = signed_in.get(plan_url(result, query))

    assertContains(response, problem, status_code=422)


def test_a_deadline_leaves_the_effort_of_its_months(signed_in, result):
    by_deadline = signed_in.get(plan_url(result, "?monthly=1&months=2"))
    within = signed_in.get(plan_url(result, "?effort=2"))

    assertContains(by_deadline, "Room for 1 a month × 2 months = 2.")
    assert by_deadline.context["page"].plan == within.context["page"].plan


def test_a_step_that_the_company_dropped_is_left_out_with_its_reason(signed_in, result):
    make_action(result.company, question="STR.VIS.1", status="dropped", reason="No owner this year")

    page = signed_in.get(plan_url(result, "?effort=9")).context["page"]

    said = [(question.code, said) for why, questions in page.left_out for question, said in questions]
    assert ("STR.VIS.1", "No owner this year") in said
    assert page.plan.left_out["STR.VIS.1"] == "put_aside"


def test_a_step_dropped_and_planned_again_counts(signed_in, result):
    make_action(result.company, question="STR.VIS.1", status="dropped", reason="No owner this year")
    make_action(result.company, question="STR.VIS.1")

    page = signed_in.get(plan_url(result, "?effort=9")).context["page"]

    assert "STR.VIS.1" not in page.plan.left_out


@pytest.mark.parametrize("url", [whatif_url, plan_url, priorities_url])
def test_another_companys_result_does_not_exist_here(signed_in, url):
    assert signed_in.get(url(make_result())).status_code == 404


@pytest.mark.parametrize("url", [whatif_url, plan_url, priorities_url])
def test_a_reader_of_the_company_may_plan(client, result, url):
    reader = make_user()
    make_membership(company=result.company, user=reader, role=Membership.Role.READER)
    client.force_login(reader)

    assert client.get(url(result)).status_code == 200


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("url", "queries"), [(result_url, 10), (whatif_url, 3), (plan_url, 6), (priorities_url, 4)])
def test_each_page_costs_as_many_queries_for_one_action_as_for_fifty(
    signed_in, result, django_assert_num_queries, url, queries, count
):
    make_published()
    for number in range(count):
        make_action(result.company, question=f"Q{number}", status="dropped", reason="No time")
    Target.objects.bulk_create(Target(company=result.company, dimension=f"D{n}", score=50) for n in range(count))
    signed_in.get(url(result))  # compiles the version

    with django_assert_num_queries(queries):  # session, user, result; actions dropped, two for use cases; targets
        signed_in.get(url(result))


def test_the_shares_of_a_plan_are_exact(result):
    plan = best(basis_of(result), None)

    assert plan.frontier[-1] == (plan.effort, Fraction(1))

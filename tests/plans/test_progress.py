"""What moved between two results of a company."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.models import Action, Result
from assessment.reports.plans.actions import done_between
from assessment.reports.progress.page import progress_page
from tests.factories import COMPLETE, NOON, make_company, make_result
from tests.moves.makers import make_second
from tests.plans.makers import make_action

BETTER = COMPLETE | {"STR.VIS.1": {"choices": ["3"]}, "OPS.CYB.2": {"choices": ["0"]}}

IN_SECOND = COMPLETE | {"OPS.CYB.2": {"choices": ["2"]}, "OPS.CYB.3": {"choices": ["1"]}}


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def first(company, person):
    return make_result(company=company, by=person)


@pytest.fixture
def second(company, person, first):
    return make_result(company=company, by=person, answers=BETTER, at=NOON + timedelta(days=300))


def progress_url(result, query=""):
    return reverse("result_progress", args=[result.assessment_id, result.number]) + query


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def test_within_one_version_the_figures_are_the_published_ones(first, second):
    page = progress_page(first, second)

    assert page.is_whole
    assert (page.overall.before, page.overall.after) == (str(first.score), str(second.score))
    nodes = {move.change.node.code: move.change.after for move in page.dimensions}
    assert nodes == second.summary["dimensions"]


def test_which_answers_moved_and_which_way(first, second):
    page = progress_page(first, second)

    assert [(line.question.code, line.points) for line in page.better] == [("STR.VIS.1", 2)]
    assert [line.question.code for line in page.worse] == ["OPS.CYB.2"]
    assert page.better[0].before == "It has owners and a budget."


def test_what_was_planned_stands_beside_what_came_of_it(signed_in, company, first):
    fields = {"company": company, "status": "done", "done_at": NOON + timedelta(days=10)}
    Action.objects.create(question="STR.VIS.1", dimension="STR", title="Review it", gain="16.7", **fields)
    Action.objects.create(question="OPS.CYB.1", dimension="OPS", title="Rehearse", **fields)
    second = make_result(company=company, answers=BETTER, at=NOON + timedelta(days=300))

    page = progress_page(first, second, done_between(first, second))

    lines = {line.action.title: (line.predicted, line.observed) for line in page.planned}
    assert lines == {"Review it": ("16.7", "16.7"), "Rehearse": (None, None)}
    assertContains(signed_in.get(progress_url(second)), "Planned and done")


def test_across_versions_the_common_part_alone_is_compared_and_said(signed_in, company, person, first):
    second = make_result(
        company=company, by=person, version=make_second(), answers=IN_SECOND, at=NOON + timedelta(days=300)
    )

    page = progress_page(first, second)

    assert not page.is_whole
    assert [question.code for question in page.part.questions] == ["STR.VIS.1", "OPS.CYB.1"]
    assertContains(signed_in.get(progress_url(second)), "These figures are not the published scores")
    assertNotContains(signed_in.get(second.get_absolute_url()), 'class="movement"')


def test_the_page_of_progress(signed_in, first, second):
    html = signed_in.get(progress_url(second)).content.decode()

    score = words_of(re.search(r'<p class="plan-score">(.*?)</p>', html, re.DOTALL)[1])
    assert score == f"{first.score} → {second.score} {second.score - first.score:+}"
    assert "1 better answer" in html
    assert "not the published scores" not in html


def test_an_earlier_result_is_chosen(signed_in, company, person, first, second):
    third = make_result(company=company, by=person, at=NOON + timedelta(days=600))

    html = signed_in.get(progress_url(third, f"?since={first.pk}")).content.decode()

    assert "No answer moved." in html
    assert signed_in.get(progress_url(third, "?since=0")).status_code == 422


def test_a_first_result_has_nothing_before(signed_in, first):
    assertContains(signed_in.get(progress_url(first)), "This is the company’s first result.")


def test_the_movement_stands_on_the_start_page_the_list_and_the_result(signed_in, first, second):
    said = f"{first.score} → {second.score}"
    pages = ["/en/start/", reverse("assessments", args=[second.company_id]), second.get_absolute_url()]

    texts = [words_of(signed_in.get(page).content.decode()).replace("→then", "→") for page in pages]

    assert [said in text for text in texts] == [True, True, True]


def test_a_first_result_shows_no_movement(signed_in, first):
    assertNotContains(signed_in.get(first.get_absolute_url()), 'class="movement"')


def test_another_companys_progress_does_not_exist_here(signed_in, first):
    assert signed_in.get(progress_url(make_result())).status_code == 404
    other = make_result()
    assert Result.objects.before(other).count() == 0


@pytest.mark.parametrize(("results", "actions"), [(1, 1), (3, 50)])
def test_the_page_costs_six_queries(signed_in, company, person, first, django_assert_num_queries, results, actions):
    for number in range(actions):
        make_action(company, question=f"Q{number}", status="done", done_at=NOON + timedelta(hours=1))
    for number in range(1, results + 1):
        newest = make_result(company=company, by=person, at=NOON + timedelta(days=number))
    signed_in.get(progress_url(newest))

    with django_assert_num_queries(6):  # session, user, result, results of the company, the one before, actions done
        signed_in.get(progress_url(newest))

"""The review: what to look at first, and every answer below, folded by dimension."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.reports.assessments.review import MOST, first_to_see, review
from assessment.rules.standing import standing_of
from tests.factories import COMPLETE, FIXTURES, answer, make_assessment, make_company, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def fill(assessment, person, **values):
    for question, value in (COMPLETE | {code.replace("_", "."): value for code, value in values.items()}).items():
        answer(assessment=assessment, by=person, question=question, value=value)


def page_of(client, assessment):
    return client.get(reverse("assessment_review", args=[assessment.pk]))


def first(response):
    return [line.question.code for line in response.context["first"].lines]


def test_what_has_no_answer_comes_before_what_nobody_knows(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"unknown": True})

    response = page_of(signed_in, assessment)

    assert first(response) == ["OPS.CYB.1", "OPS.CYB.2", "STR.VIS.1"]


def test_where_nothing_is_left_nothing_stands_before_the_button(signed_in, person, assessment):
    fill(assessment, person)

    response = page_of(signed_in, assessment)

    assertNotContains(response, "Look at these first")
    assertContains(response, "Submit…", count=1)


def test_a_long_list_is_cut_and_says_so(assessment):
    standing = standing_of(make_assessment(version=make_version(file=FIXTURES / "questionnaire-2026.2.yaml")), [])

    seen = first_to_see(review(standing=standing, rows=[]))

    assert (len(seen.lines), seen.more) == (MOST, len(standing.missing) - MOST)


def test_each_dimension_is_folded_and_counts_what_is_answered(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"choices": ["1"]})

    html = page_of(signed_in, assessment).content.decode()

    assert html.count('<details class="disclosure review-part"') == 2
    assert [part.answered for part in page_of(signed_in, assessment).context["dimensions"]] == [0, 1]


def test_several_choices_stand_in_a_list_and_one_does_not(signed_in, person, assessment):
    fill(assessment, person, OPS_CYB_1={"choices": ["backup", "drill"]})

    html = page_of(signed_in, assessment).content.decode()

    assert html.count('<ul class="chosen">') == 1
    assert html.partition('<ul class="chosen">')[2].partition("</ul>")[0].count("<li>") == 2

"""An assessment that begins with the last answers says everywhere that they wait; none looks complete."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions.carrying import confirm_answers, start_from
from assessment.models import Assessment
from assessment.rules.standing import Count, standing_of
from tests.carrying.makers import GIVEN, page
from tests.factories import make_company, make_result

TOLD = "4 answers to confirm"


def where(assessment):
    return standing_of(assessment, assessment.answers.all())


def told(client, url):
    """How often a page says it."""
    return client.get(url).content.decode().count(TOLD)


def test_an_answer_that_waits_is_not_counted_as_given(carried, person):
    assert where(carried).whole == Count(answered=0, applicable=3, left=0, to_confirm=4)
    assert not where(carried).whole.done

    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=person)

    assert where(carried).whole == Count(answered=3, applicable=3, left=0, to_confirm=0)
    assert where(carried).whole.done


def test_an_optional_answer_that_waits_keeps_it_from_being_done(carried, person):
    confirm_answers(assessment=carried, revisions=dict.fromkeys(set(GIVEN) - {"STR.VIS.2"}, 1), by=person)

    assert where(carried).whole == Count(answered=3, applicable=3, left=0, to_confirm=1)
    assert not where(carried).whole.done


def test_the_list_of_assessments_says_so(signed_in, carried):
    response = signed_in.get(reverse("assessments", args=[carried.company_id]))

    assertContains(response, TOLD, count=1)
    assertContains(response, "0 of 3 answered", count=1)


@pytest.mark.parametrize("open_count", [1, 3])
def test_the_list_costs_seven_queries(signed_in, carried, django_assert_num_queries, open_count):
    make_campaigns(carried, open_count - 1)
    url = reverse("assessments", args=[carried.company_id])
    signed_in.get(url)

    # session, user, company, open assessments, their answers, own views asked for, results
    with django_assert_num_queries(7):
        signed_in.get(url)


def make_campaigns(carried, count):
    for number in range(count):
        campaign = carried.version.campaigns.create(
            title=f"Campaign {number}", opens_on="2026-01-01", closes_on="2027-01-01"
        )
        Assessment.objects.create(company=carried.company, version=carried.version, campaign=campaign)


def test_home_says_so_and_leads_to_where_they_are_confirmed(signed_in, carried):
    response = signed_in.get(reverse("start"))

    assertContains(response, f"<h3>{TOLD}</h3>", count=1)
    assertContains(response, f'href="{page("assessment_review", carried)}"', count=1)
    assertNotContains(response, "All questions are answered")


def test_overview_and_its_dimensions_say_so(signed_in, carried):
    response = signed_in.get(carried.get_absolute_url())

    assert re.findall(r"\d answers? to confirm", response.content.decode()) == [TOLD, *["2 answers to confirm"] * 2]
    assertNotContains(response, "Complete")
    assertContains(response, "0 / 3", count=1)
    assertContains(response, "Confirm 4 answers", count=1)


@pytest.mark.parametrize(("name", "more"), [("assessment_dimension", ["STR"]), ("assessment_progress", [])])
def test_the_progress_beside_the_questions_says_so(signed_in, carried, name, more):
    assert told(signed_in, page(name, carried, *more)) == 1


def test_each_page_counts_its_own_and_leads_to_the_others(signed_in, carried):
    response = signed_in.get(page("assessment_dimension", carried, "STR"))

    assertContains(response, "They all still hold: confirm them (2)", count=1)
    assertContains(response, "2 answers to confirm in the other dimensions.", count=1)


def test_the_count_follows_what_is_confirmed_in_place(signed_in, carried, person):
    confirm_answers(assessment=carried, revisions={"STR.VIS.1": 1}, by=person)

    response = signed_in.get(page("assessment_progress", carried) + "?dimension=STR")

    assertContains(response, "It still holds: confirm it (1)", count=1)


def test_the_review_says_so(signed_in, carried):
    assert told(signed_in, page("assessment_review", carried)) == 1


def test_asking_to_submit_leads_to_the_review_that_says_so(signed_in, carried):
    response = signed_in.get(page("assessment_submit", carried), follow=True)

    assertContains(response, TOLD, count=1)
    assertNotContains(response, "Submit…")


def test_who_answers_what_counts_nobodys_answers(signed_in, carried, person):
    first = signed_in.get(page("assessment_team", carried))
    assert [part.answered_by for part in first.context["parts"]] == [[], []]
    assertNotContains(first, "Complete")

    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=person)

    parts = signed_in.get(page("assessment_team", carried)).context["parts"]
    assert [part.answered_by for part in parts] == [[(person, 2)], [(person, 2)]]


# --- The express path --------------------------------------------------------------------------------------------------


@pytest.fixture
def express(carried):
    Assessment.objects.filter(pk=carried.pk).update(path="express")
    carried.refresh_from_db()
    return carried


def test_an_express_assessment_from_a_full_one_says_what_is_left_to_do(signed_in, express):
    response = signed_in.get(page("assessment_first_result", express))

    assertNotContains(response, "0 more")
    assertContains(response, "Every question that concerns your company has an answer.", count=1)
    assertContains(response, "4 answers were given earlier: confirm or correct them before you submit.", count=1)


def test_confirmed_on_the_express_path_the_rest_still_waits(signed_in, express, person):
    confirm_answers(assessment=express, revisions={"STR.VIS.1": 1, "OPS.CYB.1": 1}, by=person)

    response = signed_in.get(page("assessment_first_result", express))

    assert where(express).whole.done
    assertContains(response, "2 answers were given earlier", count=1)


def test_all_confirmed_the_express_path_leads_to_submitting(signed_in, express, person):
    confirm_answers(assessment=express, revisions=dict.fromkeys(GIVEN, 1), by=person)

    response = signed_in.get(page("assessment_first_result", express))

    assertContains(response, "Continue with the full questionnaire to read the answers once more and submit.", count=1)
    assertNotContains(response, "given earlier")


def test_in_french_no_page_says_that_zero_questions_are_left(signed_in, express):
    response = signed_in.get(page("assessment_first_result", express).replace("/en/", "/fr/"))

    assertNotContains(response, "0 autre")


def test_what_only_another_profile_was_asked_is_not_said_to_wait(signed_in, person):
    company = make_company(member=person, activities=["manufacturing"])
    made = GIVEN | {"OPS.MES.1": {"choices": ["1"]}, "OPS.MES.2": {"number": "40"}}
    result = make_result(company=company, by=person, answers=made)
    type(company).objects.update(activities=["research"])

    carried = start_from(result=result, version=result.version, by=person)

    assert where(Assessment.objects.get(pk=carried.pk)).whole == Count(answered=0, applicable=3, left=0, to_confirm=4)

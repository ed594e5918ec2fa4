"""A second year says what it began with: an older questionnaire, or a result opened again."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions.carrying import start_from
from assessment.actions.reopenings import ask, grant
from assessment.reports.assessments.began import Renewed, renewed
from assessment.rules.standing import standing_of
from tests.carrying.makers import LATER, page
from tests.factories import make_staff
from tests.moves.makers import make_second

pytestmark = pytest.mark.django_db
CHANGED = "Your answers come from version 1 of the questionnaire."


def where(assessment):
    return standing_of(assessment, assessment.answers.all())


def test_the_same_questionnaire_says_nothing(signed_in, carried):
    assert renewed(carried, where(carried)) is None
    assertNotContains(signed_in.get(page("assessment", carried)), "Your answers come from")


def test_a_newer_one_says_beside_the_button_what_is_new_and_what_changed(signed_in, result, person):
    carried = start_from(result=result, version=make_second(), by=person, at=LATER)

    told = renewed(carried, where(carried))

    assert told == Renewed("1", 1, 3)
    for name in ["assessment", "assessment_review"]:
        assertContains(signed_in.get(page(name, carried)), CHANGED, count=1)


def test_confirming_all_is_the_first_thing_offered_and_page_by_page_the_second(signed_in, carried):
    html = signed_in.get(page("assessment_review", carried)).content.decode()
    actions = html.partition('<div class="standing-action">')[2].partition("</section>")[0]

    assert '<button class="btn btn-primary btn-lg" type="submit" form="confirm">' in actions
    assert actions.count("<a ") == 1
    assert f'href="{page("assessment_dimension", carried, "STR")}#q1">Confirm them page by page' in actions


def test_an_assessment_opened_again_says_so_and_why(signed_in, result, person):
    decided = grant(
        reopening=ask(assessment=result.assessment, reason="A figure was wrong.", by=person),
        reason="The invoice shows it.",
        by=make_staff(group="reviewer"),
    )

    response = signed_in.get(page("assessment", decided.assessment))

    for words in ["Opened again on", "A figure was wrong.", "The invoice shows it."]:
        assertContains(response, words, count=1)


def test_one_that_never_was_submitted_says_nothing_of_it(signed_in, carried):
    assertNotContains(signed_in.get(page("assessment", carried)), "Opened again")

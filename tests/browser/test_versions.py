"""A new version, a carried answer, a reopening and a history in real browsers: nothing vanishes, all by keyboard."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions.carrying import start_from
from assessment.actions.reopenings import ask, grant
from assessment.models import Answer, Assessment, Campaign, Reopening
from tests.factories import answer, make_assessment, make_company, make_membership, make_result, make_staff, make_user
from tests.moves.makers import make_second

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GIVEN = {"STR.VIS.1": {"choices": ["2"]}, "STR.VIS.2": {"text": "Our notebook"}, "OPS.CYB.1": {"choices": ["backup"]}}


@pytest.fixture
def ada(django_db_serialized_rollback, transactional_db):
    return make_user(email="ada@company.example", name="Ada")


@pytest.fixture
def assessment(ada):
    made = make_assessment(company=make_company(member=ada))
    for question, value in GIVEN.items():
        answer(assessment=made, by=ada, question=question, value=value)
    return made


def press(page, role, name):
    """By keyboard: put the focus on it and press Enter."""
    found = page.get_by_role(role, name=name)
    found.focus()
    expect(found).to_be_focused()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_manager_sees_what_a_move_does_and_moves_by_keyboard(
    page_for, sign_in, axe, ada, assessment, javascript, width
):
    make_second()
    page = page_for(language="en", javascript=javascript, width=width)
    sign_in(page, ada)
    page.goto(f"/en/assessments/{assessment.pk}/")

    press(page, "link", "See what would change")
    expect(page.get_by_text("The question is no longer asked.")).to_be_visible()
    if javascript:
        axe(page)
    press(page, "button", "Move to version 2")

    expect(page.get_by_text("The assessment is now on version 2.")).to_be_visible()
    press(page, "link", "See what became of the answers")
    expect(page.get_by_role("heading", name="From version 1 to version 2")).to_be_visible()
    if javascript:
        axe(page)
    page.get_by_role("link", name=re.compile("History – Which digital project")).click()
    expect(page.get_by_text("Our notebook")).to_be_visible()
    if javascript:
        axe(page)


def test_a_colleagues_page_of_the_old_version_keeps_the_answer_and_says_that_it_is_not_saved(
    page_for, sign_in, ada, assessment
):
    bob = make_user(email="bob@company.example", name="Bob")
    make_membership(company=assessment.company, user=bob)
    second = make_second()
    old = page_for(language="en", tolerate=["409", "404"])
    sign_in(old, bob)
    old.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    manager = page_for(language="en")
    sign_in(manager, ada)
    manager.goto(f"/en/assessments/{assessment.pk}/move/")
    manager.get_by_role("button", name="Move to version 2").click()
    expect(manager.get_by_text("now on version 2")).to_be_visible()

    old.locator("[data-question='STR.VIS.1'] input[value='choice.3']").check()
    expect(old.locator("[data-question='STR.VIS.1'] .conflict")).to_be_visible()

    assert Assessment.objects.get().version == second
    assert Answer.objects.get(question="STR.VIS.1").value == {"choices": ["2"]}
    expect(old.locator("[data-question='STR.VIS.1'] input[value='choice.3']")).to_be_checked()
    old.get_by_role("button", name="Keep mine").click()
    expect(old.locator(".conflict")).to_have_count(0)
    expect(old.locator("#save-status")).to_contain_text("Saved at")
    assert Answer.objects.get(question="STR.VIS.1").value == {"choices": ["3"]}


def test_an_answer_to_a_question_that_is_gone_is_never_called_saved(page_for, sign_in, ada, assessment):
    second = make_second()
    page = page_for(language="en", tolerate=["404", "422"])
    sign_in(page, ada)
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    manager = page_for(language="en")
    sign_in(manager, ada)
    manager.goto(f"/en/assessments/{assessment.pk}/move/")
    manager.get_by_role("button", name="Move to version 2").click()
    expect(manager.get_by_text("now on version 2")).to_be_visible()

    words = page.locator("[data-question='STR.VIS.2'] textarea").first
    words.fill("Too late")
    words.blur()
    page.wait_for_timeout(3000)

    assert Assessment.objects.get().version == second
    expect(page.locator("#save-status")).not_to_contain_text("Saved at")
    expect(words).to_have_value("Too late")
    assert Answer.objects.get(question="STR.VIS.2").state == "empty"


@pytest.mark.parametrize("javascript", [True, False])
def test_carried_answers_are_confirmed_one_by_one_and_together_by_keyboard(page_for, sign_in, axe, ada, javascript):
    given = GIVEN | {"OPS.CYB.2": {"choices": ["1"]}}
    result = make_result(company=make_company(member=ada), by=ada, answers=given)
    carried = start_from(result=result, version=result.version, by=ada)
    page = page_for(language="en", javascript=javascript)
    sign_in(page, ada)
    page.goto(f"/en/assessments/{carried.pk}/dimensions/STR/")
    if javascript:
        axe(page)

    confirm = page.get_by_role("button", name=re.compile("^Confirm – How far"))
    confirm.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name=re.compile("^Confirm – "))).to_have_count(1)
    assert waiting() == ["OPS.CYB.1", "OPS.CYB.2", "STR.VIS.2"]
    if javascript:
        expect(page.get_by_text("Confirmed.")).to_be_focused()
        page.locator("[data-question='STR.VIS.2'] textarea").first.fill("Our new notebook")
        page.locator("[data-question='STR.VIS.2'] textarea").first.blur()
        expect(page.get_by_role("button", name=re.compile("^Confirm – "))).to_have_count(0)
        expect(page.get_by_text("They all still hold")).to_be_hidden()
        axe(page)
    page.goto(f"/en/assessments/{carried.pk}/dimensions/OPS/")
    press(page, "button", "They all still hold: confirm them")
    expect(page.get_by_role("button", name=re.compile("^Confirm – "))).to_have_count(0)
    assert waiting() == ([] if javascript else ["STR.VIS.2"])


def waiting():
    return list(Answer.objects.filter(to_confirm=True).order_by("question").values_list("question", flat=True))


def test_an_earlier_value_comes_back_by_keyboard(page_for, sign_in, axe, ada, assessment):
    answer(assessment=assessment, by=ada, question="STR.VIS.1", value={"choices": ["0"]}, revision=1)
    page = page_for(language="en", width=320)
    sign_in(page, ada)
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")

    press(page, "link", re.compile("^History – How far"))
    expect(page.get_by_text("stands now")).to_be_visible()
    axe(page)
    press(page, "button", re.compile("^Use this value again"))

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Answer.objects.get(question="STR.VIS.1").value == {"choices": ["2"]}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reopening_is_asked_for_granted_in_the_administration_and_submitted_again(
    page_for, sign_in, axe, ada, javascript
):
    result = make_result(company=make_company(member=ada), by=ada)
    page = page_for(language="en", javascript=javascript)
    sign_in(page, ada)
    page.goto(result.get_absolute_url())
    page.get_by_role("link", name="Ask to change the answers…").click()
    page.get_by_role("button", name="Send the request").click()
    expect(page).to_have_title(re.compile("^Error: "))
    if javascript:
        axe(page)
    page.get_by_label("Why should it be opened again?").fill("A figure was wrong.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("The reviewers of the strategic committee (CSF) have not decided yet.")).to_be_visible()

    staff = page_for(language="en", javascript=javascript)
    sign_in(staff, make_staff(group="reviewer"))
    staff.goto(f"/en/admin/assessment/reopening/{Reopening.objects.get().pk}/change/")
    staff.get_by_label("Grant: the assessment is open again").check()
    staff.locator("textarea[name=decision]").fill("Of course.")
    staff.get_by_role("button", name="Save", exact=True).click()
    expect(staff.get_by_text("was changed successfully")).to_be_visible()

    page.reload()
    page.get_by_role("link", name="Go to the open assessment").click()
    page.get_by_role("link", name="Review and submit").click()
    page.get_by_role("link", name="Submit…").click()
    page.get_by_role("button", name="Submit now").click()
    expect(page.get_by_text("result 2 of 2")).to_be_visible()
    if javascript:
        axe(page)


def test_the_start_proposes_the_last_answers_and_starts_from_them(page_for, sign_in, axe, ada):
    result = make_result(company=make_company(member=ada), by=ada)
    page = page_for(language="en", width=320)
    sign_in(page, ada)
    page.goto(f"/en/companies/{result.company_id}/assessments/start/")
    expect(page.get_by_label("From the answers of")).to_be_checked()
    axe(page)

    page.get_by_label("Full: forty minutes to an hour, not counting the search for figures").check()
    page.get_by_role("button", name="Start the assessment").click()

    expect(page.get_by_text("3 answers to confirm")).to_be_visible()
    axe(page)


def test_a_reopened_assessment_is_told_apart_in_the_list(page_for, sign_in, axe, ada):
    result = make_result(company=make_company(member=ada), by=ada)
    asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=ada)
    grant(reopening=asked, reason="Of course.", by=make_staff(group="reviewer"))
    page = page_for(language="en", width=320)
    sign_in(page, ada)

    page.goto(f"/en/companies/{result.company_id}/assessments/")

    expect(page.get_by_text("reopened")).to_be_visible()
    axe(page)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_from_a_result_on_by_a_campaign_or_beside_an_open_assessment(page_for, sign_in, axe, ada, width, dark):
    result = make_result(company=make_company(member=ada), by=ada)
    make_assessment(company=result.company)
    today = timezone.localdate()
    campaign = Campaign.objects.create(title="Spring", version=result.version, opens_on=today, closes_on=today)
    page = page_for(language="en", width=width, dark=dark)
    sign_in(page, ada)

    page.goto(f"/en/assessments/{result.assessment_id}/reopening/")
    expect(page.get_by_role("link", name="Go to the assessment in progress")).to_be_visible()
    axe(page)
    page.goto(campaign.get_absolute_url())
    axe(page)
    page.get_by_role("button", name="Start from the earlier answers").click()

    expect(page.get_by_text("3 answers to confirm")).to_be_visible()

"""Save and leave, come back on another device; paste more than fits; a device whose clock is put back."""

import pytest
from playwright.sync_api import expect

from assessment.models import Answer, Assessment, Place
from tests.browser.answering import PROVOKED, address_of, choose, saved

pytestmark = pytest.mark.browser
SET_BACK = "() => { const now = Date.now; Date.now = () => now() - 3600000; }"


def test_who_leaves_comes_back_on_another_device_to_the_same_question_with_its_value(
    page_for, sign_in, live_server, ada, assessment
):
    first, second = page_for(language="en"), page_for(language="en", width=320)
    sign_in(first, ada)
    first.goto(address_of(assessment, "PEO"))
    choose(first, question=2, choice=2)
    saved(first)
    left = first.locator("[data-question]:visible").nth(2)
    anchor, value = left.get_attribute("id"), left.locator("input:checked").get_attribute("value")
    first.goto("about:blank")

    sign_in(second, ada)
    second.goto("/en/start/")
    second.get_by_role("link", name="Resume").click()

    expect(second).to_have_url(f"{live_server.url}{address_of(assessment, 'PEO')}#{anchor}")
    expect(second.locator(f"#{anchor} input:checked")).to_have_value(value)
    expect(second.locator(f"#{anchor}")).to_be_in_viewport()
    assert (Assessment.objects.get().status, Answer.objects.count()) == ("open", 1)


def test_a_question_touched_and_left_unanswered_is_where_one_comes_back(
    page_for, sign_in, live_server, ada, assessment
):
    first, second = page_for(language="en"), page_for(language="en")
    sign_in(first, ada)
    first.goto(address_of(assessment, "PEO"))
    left = first.locator("[data-question]:visible").nth(2)
    left.get_by_text("Comment and evidence").click()
    code, anchor = left.get_attribute("data-question"), left.get_attribute("id")
    first.goto(address_of(assessment, "PEO").removesuffix("dimensions/PEO/"))
    until_told(first, code)

    sign_in(second, ada)
    second.goto(f"/en/assessments/{assessment.pk}/")
    second.get_by_role("link", name="Continue").click()

    expect(second).to_have_url(f"{live_server.url}{address_of(assessment, 'PEO')}#{anchor}")
    assert Answer.objects.count() == 0


def until_told(page, code):
    """Leaving says where by a beacon, which arrives a moment later."""
    for _ in range(100):
        if Place.objects.filter(question=code).exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the page did not say where it was left")


def test_a_comment_that_is_too_long_is_not_cut_but_refused_with_all_of_it_still_there(
    page_for, sign_in, ada, assessment
):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, ada)
    page.goto(address_of(assessment))
    question = page.locator("[data-question]:visible").first
    question.get_by_text("Comment and evidence").click()
    comment = question.get_by_label("Comment", exact=True)

    comment.fill("é" * 6000)
    comment.blur()

    expect(question.locator(".problem")).to_contain_text("at most 5000 characters (it has 6000)")
    assert (len(comment.input_value()), Answer.objects.count()) == (6000, 0)
    comment.fill("é" * 5000)
    comment.blur()
    saved(page)
    assert len(Answer.objects.get().comment) == 5000


def test_a_device_whose_clock_is_put_back_an_hour_tries_again_as_soon_as_ever(page_for, sign_in, ada, assessment):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, ada)
    page.goto(address_of(assessment))
    page.route("**/answers/**", lambda route: route.fulfill(status=503))
    choose(page, question=0, choice=1)
    expect(page.locator("#save-failure")).to_contain_text("Not saved – trying again")

    page.evaluate(SET_BACK)
    choose(page, question=1, choice=1)
    page.unroute("**/answers/**")

    saved(page)
    assert Answer.objects.count() == 2

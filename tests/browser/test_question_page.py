"""A page of questions on a small screen, and what answers bring up or take away."""

import pytest
from playwright.sync_api import expect

from assessment.models import Assessment
from tests.browser.answering import address_of, choose, saved
from tests.factories import answer, make_assessment, make_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_question_is_on_the_first_screen(page_for, sign_in, ada, assessment, language):
    page = page_for(width=320, height=640, language=language)
    sign_in(page, ada)

    page.goto(address_of(assessment).replace("/en/", f"/{language}/"))

    title, bar = (page.locator(one).first.bounding_box() for one in [".question legend", ".save-bar"])
    assert title["y"] + 40 < bar["y"]
    assert bar["height"] <= 64  # a tenth of the screen; two buttons took a fifth
    assert page.locator(".save-bar button:visible").count() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_express_question_is_too(page_for, sign_in, ada, assessment, language):
    Assessment.objects.update(path="express")
    page = page_for(width=320, height=640, language=language)
    sign_in(page, ada)

    page.goto(f"/{language}/assessments/{assessment.pk}/express/")

    title, bar = (page.locator(one).first.bounding_box() for one in [".question legend", ".save-bar"])
    assert title["y"] + 24 < bar["y"]
    assert bar["height"] <= 64


def test_without_scripts_both_buttons_are_there(page_for, sign_in, ada, assessment):
    page = page_for(width=320, height=640, language="en", javascript=False)
    sign_in(page, ada)

    page.goto(address_of(assessment))

    assert [button.inner_text() for button in page.locator(".save-bar button:visible").all()] == [
        "Save",
        "Save and continue",
    ]


def test_only_what_was_chosen_or_typed_can_be_cleared_and_focus_stays(page_for, sign_in, ada, assessment):
    page = page_for(language="en")
    sign_in(page, ada)
    page.goto(address_of(assessment))
    first = page.locator("[data-question]").first
    clear = first.get_by_role("button", name="Clear this answer")
    expect(clear).to_be_hidden()

    choose(page, question=0, choice=1)
    saved(page)
    clear.click()

    expect(clear).to_be_hidden()
    expect(first.locator("input[type=radio]").first).to_be_focused()
    number = page.locator("[data-question]:has(.answer-number)").first
    number.locator(".answer-number input").fill("7")
    expect(number.get_by_role("button", name="Clear this answer")).to_be_visible()


def test_what_appears_and_vanishes_is_said_and_shown(page_for, sign_in, axe, ada):
    assessment = make_assessment(company=make_company(member=ada, activities=["manufacturing"]))
    answer(assessment=assessment, by=ada, question="OPS.MES.1", value={"choices": ["0"]})
    page = page_for(language="en")
    sign_in(page, ada)
    page.goto(address_of(assessment, "OPS"))
    shown = page.locator("[data-question]:visible")
    before = shown.count()

    choose(page, question=0, choice=1)
    changed = page.get_by_role("status").filter(has_text="Your answers bring up one more question.")
    expect(changed).to_be_visible()
    expect(page.locator(".question-new:visible")).to_be_visible()
    axe(page)
    changed.get_by_role("link", name="Go to the question").click()
    numbers = page.locator("[data-question]:visible [data-place]").all_inner_texts()

    assert shown.count() == before + 1
    assert [int(number) for number in numbers] == list(range(int(numbers[0]), int(numbers[0]) + before + 1))
    choose(page, question=0, choice=0)
    expect(page.get_by_role("status").filter(has_text="One question no longer concerns you")).to_be_visible()
    assert shown.count() == before


def test_an_odd_figure_is_asked_about_beside_it(page_for, sign_in, axe, ada, assessment):
    page = page_for(language="en")
    sign_in(page, ada)
    page.goto(address_of(assessment))
    question = page.locator('[data-question="STR.INV.1"]')
    question.locator(".answer-number input").fill("60")
    page.keyboard.press("Tab")
    saved(page)

    expect(question.locator(".doubt")).to_contain_text("Is that right? You answer 60;")
    expect(question).not_to_have_class("question has-problem")
    axe(page)

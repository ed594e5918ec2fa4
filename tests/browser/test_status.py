"""What the page says of a save is true: whatever goes wrong, it never says "saved" for something that isn't."""

import re

import pytest
from playwright.sync_api import expect

from assessment.models import Answer, AnswerChange
from assessment.models.compiled import compiled
from tests.browser.answering import PROVOKED, SELECTORS, break_script, cut_off
from tests.factories import FIXTURES, make_assessment, make_company, make_membership, make_user, make_version

pytestmark = pytest.mark.browser

SIGN_IN_PAGE = "<!doctype html><title>Sign in</title><form><input name=password></form>"
OTHER_PAGE = "<!doctype html><title>Grace’s company</title><p data-saved>Saved at 10:00</p>"
CSRF_PAGE = "<!doctype html><title>This form has expired</title>"
FAILURES = {
    "500": lambda route: route.fulfill(status=500, body="error"),
    "502": lambda route: route.fulfill(status=502, body="bad gateway"),
    "503": lambda route: route.fulfill(status=503, headers={"Retry-After": "5"}, body="busy"),
    "403": lambda route: route.fulfill(status=403, body="forbidden"),
    "404": lambda route: route.fulfill(status=404, body="not found"),
    "401": lambda route: route.fulfill(status=401),
    "409": lambda route: route.fulfill(status=409, body="<p>conflict</p>"),
    "410": lambda route: route.fulfill(status=410, body="<p>closed</p>"),
    "422": lambda route: route.fulfill(status=422, body="<p>refused</p>"),
    "a sign-in page": lambda route: route.fulfill(status=200, body=SIGN_IN_PAGE, content_type="text/html"),
    "somebody else's page": lambda route: route.fulfill(status=200, body=OTHER_PAGE, content_type="text/html"),
    "an expired form": lambda route: route.fulfill(status=403, body=CSRF_PAGE, content_type="text/html"),
    "a revision that is none": lambda route: route.fulfill(
        status=200, headers={"X-Revision": "null"}, body=OTHER_PAGE, content_type="text/html"
    ),
    "the head of a reply without its body": lambda route: route.fulfill(status=200, headers={"X-Revision": "1"}),
    "half a revision": lambda route: route.fulfill(
        status=200, headers={"X-Revision": "1"}, body='<p data-saved="12">Saved at 10:00</p>'
    ),
    "a reply without its revision": lambda route: route.fulfill(status=200, body="Saved at 10:00"),
    "a broken connection": lambda route: route.abort("connectionreset"),
    "no reply": lambda route: None,
}
QUESTIONS = ["choice", "multiple", "number"]
RECORD = """
window.said = [];
document.addEventListener("DOMContentLoaded", () => {
  for (const id of ["save-status", "save-spoken", "save-failure"]) {
    const region = document.getElementById(id);
    if (region) new MutationObserver(() => window.said.push(region.textContent)).observe(region, {childList: true, subtree: true, characterData: true});
  }
});
"""


@pytest.fixture
def questionnaire(transactional_db):
    return make_version(file=FIXTURES / "questionnaire-2026.1.yaml")


@pytest.fixture
def assessment(questionnaire):
    return make_assessment(company=make_company(member=make_user(email="ada@company.example")), version=questionnaire)


def change(page, kind):
    """Change the page's first question of this kind to something else."""
    selector = SELECTORS[kind]
    question = page.locator("[data-question]:visible").filter(has=page.locator(selector)).first
    if kind == "number":
        field = question.locator(selector)
        field.fill("2" if field.input_value() == "1" else "1")
        field.blur()
    else:
        question.locator(f"{selector}:not(:checked)").first.check()
    return question


def dimension_with(kind, assessment):
    for dimension in compiled(assessment.version).dimensions:
        if any(question.kind == kind and question.applies_when is None for question in dimension.questions):
            return dimension.code
    raise AssertionError(kind)


def try_failures(page, live_server, assessment, kind, failures):
    """Return the failures after which the page said "saved", and those of which it said nothing."""
    address = f"/en/assessments/{assessment.pk}/dimensions/{dimension_with(kind, assessment)}/"
    page.add_init_script(RECORD)
    page.context.add_cookies([{"name": "keep-unsent", "value": "off", "url": live_server.url}])
    page.on("dialog", lambda dialog: dialog.accept())
    called_saved, silent = [], []
    for name, failure in failures.items():
        page.goto(address)
        page.evaluate("document.getElementById('answers').dataset.timeout = 700")
        page.context.route("**/answers/**", failure)
        change(page, kind)
        said = until_said(page)
        called_saved += [name for text in said if "Saved" in text]
        silent += [name] if not any(text for text in said) else []
        cut_off(page)
        page.goto("about:blank")
        page.context.unroute("**/answers/**")
    return called_saved, silent


def until_said(page):
    """Wait for what became of the save; the policy lets no string be evaluated by the page itself."""
    for _ in range(80):
        said = page.evaluate("window.said")
        if any(text and not text.startswith("Saving") for text in said):
            break
        page.wait_for_timeout(100)
    return said


@pytest.mark.parametrize("kind", QUESTIONS)
def test_no_failure_is_ever_called_saved(page_for, sign_in, live_server, assessment, kind):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, assessment.company.members.get())

    called_saved, silent = try_failures(page, live_server, assessment, kind, FAILURES)

    assert (called_saved, silent) == ([], [])
    assert Answer.objects.count() == 0


def test_a_page_that_takes_any_reply_for_an_acknowledgement_is_caught(page_for, sign_in, live_server, assessment):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, assessment.company.members.get())
    break_script(page, r"reply\.status === 200 && whole", "reply.status === 200")
    believed = ["somebody else's page", "a revision that is none", "503"]

    called_saved, _silent = try_failures(
        page, live_server, assessment, "choice", {name: FAILURES[name] for name in believed}
    )

    assert sorted(set(called_saved)) == ["a revision that is none", "somebody else's page"]


def test_a_save_that_failed_is_tried_again_until_it_is_stored_once(page_for, sign_in, assessment):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, assessment.company.members.get())
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    failures = iter([500, 503])

    def sometimes(route):
        status = next(failures, None)
        route.fulfill(status=status) if status else route.continue_()

    page.route("**/answers/**", sometimes)
    change(page, "choice")

    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=15_000)
    assert AnswerChange.objects.count() == 1


def test_a_reply_lost_on_the_way_back_is_asked_for_again_and_stored_once(page_for, sign_in, assessment):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, assessment.company.members.get())
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    lost = iter([True])

    def lose_the_reply(route):
        route.fetch()
        if next(lost, False):
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/answers/**", lose_the_reply)
    change(page, "choice")

    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=15_000)
    assert AnswerChange.objects.count() == 1


def test_what_is_no_answer_is_said_under_the_question_and_in_the_bar(page_for, sign_in, assessment):
    page = page_for(language="en")
    sign_in(page, assessment.company.members.get())
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    figure = page.locator("[data-question='STR.INV.1']")

    figure.locator("input[inputmode=decimal]").fill("101")
    figure.locator("input[inputmode=decimal]").blur()

    expect(page.locator("#save-status")).to_contain_text("but not as an answer", timeout=15_000)
    expect(figure.locator(".problem")).to_have_text("Give a number from 0 to 100.")
    change(page, "choice")
    expect(page.locator("#save-status")).to_contain_text("another answer is not complete yet", timeout=15_000)
    figure.locator("input[inputmode=decimal]").fill("1,5 %")
    figure.locator("input[inputmode=decimal]").blur()
    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=15_000)
    expect(figure.locator(".problem")).to_have_count(0)
    change(page, "choice")
    expect(page.locator("#save-status")).to_have_text(re.compile("Saved at [0-9:]+"), timeout=15_000)


def test_the_history_of_a_question_is_there_once_it_has_an_answer(page_for, sign_in, assessment):
    page = page_for(language="en")
    sign_in(page, assessment.company.members.get())
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    expect(page.locator(".answer-history:visible")).to_have_count(0)

    question = change(page, "choice")

    expect(page.locator(".answer-history:visible")).to_have_count(1)
    expect(question.locator(".answer-history")).to_be_visible()


def test_offline_says_so_and_saves_once_the_connection_is_back(page_for, sign_in, assessment):
    page = page_for(language="en", tolerate=PROVOKED)
    sign_in(page, assessment.company.members.get())
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    page.context.set_offline(True)
    change(page, "choice")
    expect(page.locator("#save-failure")).to_contain_text("Offline")

    page.context.set_offline(False)

    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=40_000)
    expect(page.locator("#save-failure")).to_be_empty()
    assert Answer.objects.count() == 1


def test_two_people_on_one_question_both_see_what_the_other_said(page_for, sign_in, assessment):
    grace = make_user(name="Grace")
    make_membership(company=assessment.company, user=grace)
    address = f"/en/assessments/{assessment.pk}/dimensions/STR/"
    first, second = page_for(language="en"), page_for(language="en", tolerate=PROVOKED)
    sign_in(first, grace)
    sign_in(second, assessment.company.members.get(email="ada@company.example"))
    first.goto(address)
    expect(first.locator("h1")).to_have_text("Strategy, governance, investment")
    second.goto(address)

    first.locator("[data-question] input[type=radio]").nth(1).check()
    expect(first.locator("#save-status")).to_contain_text("Saved at")
    second.locator("[data-question] input[type=radio]").nth(3).check()
    expect(second.locator(".conflict")).to_contain_text("Grace answered this question")
    assert Answer.objects.get().revision == 1
    second.get_by_role("button", name="Keep mine").click()
    expect(second.locator("#save-status")).to_contain_text("Saved at")

    assert list(AnswerChange.objects.values_list("revision", "saved_by__email")) == [
        (1, grace.email),
        (2, "ada@company.example"),
    ]

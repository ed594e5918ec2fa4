"""How many clicks, pages and typed fields lie between the home page and a first result, a full one, a second year.

Counted in the browser: a click on a link or a button, a page each time another one is shown, a field that was typed or
chosen in; answers, the code of the e-mail and its page's button are left out. In version 0.1.0 a first result with an
account took 15 clicks over 14 pages, without an account there was none.
"""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from assessment.models import Assessment, Result
from tests.factories import FIXTURES, PASSWORD, make_user, make_version

pytestmark = pytest.mark.browser


class Steps:
    """What somebody does in a page, counted."""

    def __init__(self, page):
        self.page = page
        self.clicks = self.fields = 0
        self.pages = []
        page.on("framenavigated", lambda frame: self.note(frame))
        page.goto("/en/")

    def note(self, frame):
        path = re.sub(r"[0-9a-f-]{36}", "…", frame.url.partition("#")[0])
        if frame == self.page.main_frame and (not self.pages or self.pages[-1] != path):
            self.pages.append(path)

    def click(self, role, name, *, counted=True):
        self.clicks += counted
        self.page.get_by_role("main").get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def type(self, label, value):
        self.fields += 1
        self.page.get_by_label(label).first.fill(value)

    def choose(self, name, value):
        self.fields += 1
        self.page.locator(f"select[name={name}]").select_option(value)

    @property
    def counted(self):
        return {"clicks": self.clicks, "pages": len(self.pages), "fields": self.fields}


@pytest.fixture
def version(django_db_serialized_rollback, transactional_db):
    return make_version(file=FIXTURES / "questionnaire-2026.2.yaml")


def enter_code(steps):
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    steps.page.locator("input[name=code]").fill(code)
    steps.click("button", "Go on", counted=False)


def answer_all(page):
    """Each question that is put, by the first thing that can be chosen or typed in it."""
    for question in page.locator("[data-question]:visible").all():
        if not question.is_visible():
            continue  # an answer before took it away
        box = question.locator(".answer-choices input").first
        if box.count():
            box.check()
        else:
            question.locator("[name$='-typed']").fill("3")
            question.locator("[name$='-typed']").blur()
    if page.locator("#save-status").count():
        expect(page.locator("#save-status")).to_contain_text("Saved at")
        page.wait_for_timeout(500)


def with_account(page):
    steps = Steps(page)
    steps.click("link", "Start the self-assessment")
    steps.type("E-mail address", "ada@bioseve.example")
    steps.click("button", "Create the account")
    enter_code(steps)
    steps.type("Name", "Biosève")
    for name, value in [("sub_sector", "biotech"), ("size", "medium"), ("region", "FR-ARA")]:
        steps.choose(name, value)
    expect(page.locator("input[name=activities]:checked").first).to_be_visible()
    return steps


def test_a_first_result_with_an_account(page_for, axe, version):
    page = page_for(language="en")

    steps = with_account(page)
    axe(page)
    steps.click("button", "Create the company and go on")
    axe(page)
    answer_all(page)
    steps.click("button", "See the first result")
    expect(page.get_by_role("heading", level=1)).to_have_text("A first result")
    axe(page)

    assert steps.counted == {"clicks": 4, "pages": 6, "fields": 5}


def test_a_first_result_without_an_account(page_for, axe, version):
    page = page_for(language="en")

    steps = Steps(page)
    steps.click("link", "Try without an account")
    for name, value in [("sub_sector", "biotech"), ("size", "medium")]:
        steps.choose(name, value)
    axe(page)
    steps.click("button", "Go to the questions")
    axe(page)
    answer_all(page)
    steps.click("button", "See the first result")
    expect(page.get_by_role("heading", level=1)).to_have_text("A first result")
    axe(page)

    assert steps.counted == {"clicks": 3, "pages": 4, "fields": 2}


def test_what_was_tried_is_kept_by_an_account(page_for, axe, version):
    page = page_for(language="en", width=320, dark=True)
    steps = Steps(page)
    steps.click("link", "Try without an account")
    for name, value in [("sub_sector", "biotech"), ("size", "medium")]:
        steps.choose(name, value)
    steps.click("button", "Go to the questions")
    answer_all(page)
    steps.click("button", "See the first result")
    shown = page.locator(".score-value").inner_text()

    steps.click("link", "Keep it: create an account")
    steps.type("E-mail address", "ada@bioseve.example")
    steps.click("button", "Create the account")
    enter_code(steps)
    axe(page)
    steps.type("Name", "Biosève")
    steps.choose("region", "FR-ARA")
    steps.click("button", "Create the company")

    expect(page.get_by_role("heading", level=1)).to_have_text("A first result")
    assert page.locator(".score-value").inner_text() == shown
    assert Assessment.objects.get().answers.count() > 10


def test_a_full_result_and_a_second_year(page_for, axe, version):
    page = page_for(language="en")

    steps = with_account(page)
    page.get_by_label("Full: forty minutes to an hour").check()
    steps.fields += 1
    steps.click("button", "Create the company and go on")
    while "/dimensions/" in page.url:
        answer_all(page)
        with page.expect_navigation():
            page.locator("button[name=next]").click()
    steps.click("link", "Submit…")
    steps.click("button", "Submit now")
    expect(page.locator(".score-value").first).to_be_visible()
    full = steps.counted

    year = Steps(page)
    page.goto("/en/start/")
    year.clicks += 1  # "Assessments" of the menu
    year.click("button", re.compile("^Assess again, from the answers of"))
    expect(page.get_by_role("button", name="They all still hold").first).to_be_visible()

    assert Result.objects.count() == 1
    assert full["clicks"] == 5
    assert year.counted["clicks"] == 2
    axe(page)


def test_a_trial_without_javascript(page_for, version):
    page = page_for(language="en", javascript=False)

    page.goto("/en/try/")
    page.locator("select[name=sub_sector]").select_option("biotech")
    page.locator("select[name=size]").select_option("medium")
    page.get_by_role("button", name="Go to the questions").click()
    expect(page.locator("input[name=activities]:checked")).to_have_count(2)  # the usual, for the visitor to correct
    page.get_by_role("button", name="Go to the questions").click()
    page.get_by_role("button", name="See the first result").click()
    expect(page.locator("#error-summary")).to_contain_text("questions still need an answer")
    answer_all(page)
    page.get_by_role("button", name="See the first result").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A first result")


def test_signing_in_by_keyboard(page_for, axe, version):
    make_user(email="ada@bioseve.example").emailaddress_set.create(
        email="ada@bioseve.example", verified=True, primary=True
    )
    page = page_for(language="en", width=320)

    page.goto("/en/account/login/")
    axe(page)
    page.keyboard.type("ada@bioseve.example")  # the field has the focus
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="By a code").wait_for()
    axe(page)
    page.locator("input[name=password]").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/companies/new/")

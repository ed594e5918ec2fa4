"""The session ends at any step: nothing is lost, the same person goes on in place, and nobody inherits anything."""

import re
import time

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from assessment.models import Answer, Assessment
from assessment.models.compiled import compiled
from tests.authenticator import enrol
from tests.browser.answering import PROVOKED, accept_dialogs, address_of, break_script, choose, kept, saved, until_kept
from tests.browser.session import expire, sign_in_again
from tests.factories import (
    COMPLETE,
    FIXTURES,
    PASSWORD,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_version,
)
from tests.people.makers import make_person

pytestmark = pytest.mark.browser
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture
def ada(transactional_db):
    cache.clear()  # where the limit on sign-ins is counted
    return make_person("ada@company.example", name="Ada")


@pytest.fixture
def assessment(ada):
    version = make_version(file=FIXTURES / "questionnaire-2026.1.yaml")
    return make_assessment(company=make_company(member=ada), version=version)


@pytest.fixture
def grace(assessment):
    grace = make_person("grace@company.example", name="Grace")
    make_membership(company=assessment.company, user=grace)
    return grace


@pytest.fixture
def page(page_for, ada):
    page = page_for(language="en", tolerate=PROVOKED)
    accept_dialogs(page)
    return page


def age(client, *, seen=0, signed_in=0):
    session = client.session
    session["seen_at"], session["signed_in_at"] = int(time.time() - seen), int(time.time() - signed_in)
    session.save()


def test_the_session_ends_on_each_dimension_and_no_answer_is_lost(page, enter, ada, assessment):
    enter(page, ada)
    codes = [dimension.code for dimension in compiled(assessment.version).dimensions]

    for number, code in enumerate(codes, start=1):
        page.goto(address_of(assessment, code))
        expire()
        page.locator(".answer-choices input:visible").first.check()
        expect(sign_in_again(page)).to_be_hidden()
        saved(page)
        assert Answer.objects.count() == number

    assert number == 8


def test_the_session_ends_before_the_start_the_review_and_the_submission(page, enter, ada):
    version = make_version()
    make_company(member=ada)
    enter(page, ada)
    page.goto("/en/start/")
    page.get_by_role("link", name="Start").last.click()
    expire()
    page.get_by_role("button", name="Start the assessment").click()
    sign_in_again(page)
    page.wait_for_url(re.compile("/assessments/[0-9a-f-]{36}/"))
    assessment = Assessment.objects.get(version=version)
    Assessment.objects.update(path=Assessment.Path.FULL)
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=ada, question=question, value=value)
    expire()
    page.goto(f"/en/assessments/{assessment.pk}/review/")
    sign_in_on_its_page(page)
    page.get_by_role("link", name="Submit…").click()
    expire()
    page.get_by_role("button", name="Submit now").click()
    sign_in_on_its_page(page)

    assessment.refresh_from_db()
    assert (assessment.is_open, Answer.objects.count()) == (True, len(COMPLETE))
    page.goto(f"/en/assessments/{assessment.pk}/submit/")
    page.get_by_role("button", name="Submit now").click()
    page.wait_for_url(re.compile("/results/1/"))
    assert Answer.objects.count() == len(COMPLETE)


def sign_in_on_its_page(page):
    page.wait_for_url("**/account/login/**")
    page.locator("main input[name=login]").fill("ada@company.example")
    page.locator("main").get_by_role("button", name="Go on").click()
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


def test_a_page_closed_after_the_end_gives_its_answers_back_after_signing_in(page, enter, ada, assessment):
    enter(page, ada)
    page.goto(address_of(assessment))
    expire()
    choose(page, question=0, choice=1)
    until_kept(page, 1)

    page.goto(address_of(assessment))
    sign_in_on_its_page(page)

    expect(page.locator("#restored")).to_have_text("One answer that had not been sent was restored.")
    saved(page)
    assert Answer.objects.count() == 1


def test_a_wrong_password_is_said_in_place(page, enter, ada, assessment):
    enter(page, ada)
    page.goto(address_of(assessment))
    expire()
    choose(page, question=0, choice=1)

    dialog = sign_in_again(page, password="not this one")

    expect(dialog.get_by_role("alert")).not_to_be_empty()
    expect(dialog.get_by_label("Password")).to_be_focused()
    expect(sign_in_again(page)).to_be_hidden()
    saved(page)


def test_the_dialog_can_be_set_aside_and_comes_back_with_the_next_answer(page, enter, ada, assessment):
    enter(page, ada)
    page.goto(address_of(assessment))
    expire()
    choose(page, question=0, choice=1)
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#save-failure")).to_contain_text("Not saved: your session has ended.")
    choose(page, question=1, choice=1)
    expect(sign_in_again(page)).to_be_hidden()

    saved(page)
    assert Answer.objects.count() == 2


def test_one_who_needs_a_second_step_takes_it_in_another_tab(page, sign_in, ada, assessment):
    enrol(ada)
    sign_in(page, ada)
    page.goto(address_of(assessment))
    expire()
    choose(page, question=0, choice=1)

    dialog = sign_in_again(page)
    expect(dialog.get_by_role("alert")).to_contain_text("Finish signing in in another tab")
    sign_in(page, ada)

    expect(dialog).to_be_hidden(timeout=12_000)
    saved(page)


def test_nothing_is_sent_for_somebody_else_who_signed_in(page, enter, ada, grace, assessment):
    enter(page, ada)
    page.goto(address_of(assessment))
    expire()
    enter(page, grace)

    choose(page, question=0, choice=1)

    notice = page.get_by_role("dialog", name="Somebody else has signed in")
    expect(notice).to_contain_text("This page belongs to ada@company.example")
    assert Answer.objects.count() == 0
    notice.get_by_role("button", name="Reload the page").click()
    page.wait_for_load_state("networkidle")
    assert (page.locator(".answer-choices input:checked").count(), Answer.objects.count()) == (0, 0)
    enter(page, ada)
    page.goto(address_of(assessment))
    saved(page)
    assert [row.saved_by for row in Answer.objects.all()] == [ada]


def test_the_check_bites_on_a_script_that_sends_for_whoever_is_signed_in(page, enter, ada, grace, assessment):
    break_script(page, r', "X-Person": form\.dataset\.person', "")
    enter(page, ada)
    page.goto(address_of(assessment))
    expire()
    enter(page, grace)

    choose(page, question=0, choice=1)

    saved(page)
    assert [row.saved_by for row in Answer.objects.all()] == [grace]


def leave_alone(page, client, *, left):
    """As if nobody had done anything since the page was opened, until ``left`` seconds before the end."""
    age(client, seen=2 * HOUR - left)
    page.clock.fast_forward((2 * HOUR - left) * 1000)


def test_the_warning_comes_two_minutes_before_and_staying_prolongs_the_session(page, enter, ada, assessment):
    client = enter(page, ada)
    page.clock.install()
    page.goto(address_of(assessment))
    focused = page.locator(".answer-choices input").nth(1)
    focused.focus()
    dialog = page.get_by_role("dialog", name="Your session ends soon")
    leave_alone(page, client, left=190)
    page.wait_for_timeout(500)
    expect(dialog).to_be_hidden()

    leave_alone(page, client, left=170)
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()

    assert time.time() - client.session["seen_at"] < 30
    expect(focused).to_be_focused()


def test_the_end_by_age_is_said_not_to_be_put_off(page, enter, ada, assessment):
    client = enter(page, ada)
    age(client, signed_in=7 * DAY - 150)
    page.goto(address_of(assessment))

    dialog = page.get_by_role("dialog", name="Your session ends soon")
    expect(dialog).to_contain_text("This can’t be put off")
    expect(dialog.get_by_role("button")).to_have_text(["Go on", "Sign out"])
    dialog.get_by_role("button", name="Go on").click()

    expect(dialog).to_be_hidden()


def test_signing_out_from_the_warning_empties_the_browser(page, enter, ada, assessment):
    client = enter(page, ada)
    page.clock.install()
    page.goto(address_of(assessment))
    leave_alone(page, client, left=150)

    page.get_by_role("dialog", name="Your session ends soon").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/")

    assert kept(page) == kept(page, "keys") == []


def test_a_page_left_open_asks_to_sign_in_when_the_session_ends(page, enter, ada, assessment):
    client = enter(page, ada)
    page.clock.install()
    page.goto(address_of(assessment))

    leave_alone(page, client, left=-2)

    expect(page.get_by_role("dialog", name="Sign in again")).to_be_visible()

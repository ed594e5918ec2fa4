"""Every state of a dimension's page passes axe, in the narrowest dark window and in a wide light one."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from tests.browser.answering import PROVOKED, accept_dialogs, address_of, choose, refuse, relent, saved, until_kept
from tests.factories import (
    FIXTURES,
    PASSWORD,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_user,
    make_version,
)
from tests.people.makers import make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(transactional_db):
    cache.clear()  # where the limit on sign-ins is counted
    return make_person("ada@company.example", name="Ada")


@pytest.fixture
def assessment(ada):
    version = make_version(file=FIXTURES / "questionnaire-2026.1.yaml")
    return make_assessment(company=make_company(member=ada), version=version)


def check(page, axe, seen, state):
    """The whole page, the bar that sticks to the window's end included."""
    axe(page)
    seen.append(state)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_every_state_of_answering_is_accessible(page_for, sign_in, axe, ada, assessment, width, dark):
    grace = make_user(name="Grace")
    make_membership(company=assessment.company, user=grace)
    page = page_for(width=width, dark=dark, language="en", tolerate=[*PROVOKED, "422"])
    accept_dialogs(page)
    sign_in(page, ada)
    page.goto(address_of(assessment))
    seen = []
    code = page.locator("[data-question]").first.get_attribute("data-question")
    check(page, axe, seen, "empty")

    choose(page, question=1, choice=1)
    saved(page)
    check(page, axe, seen, "saved")

    answer(assessment=assessment, by=grace, question=code, value={"choices": ["1"]}, comment="As decided")
    choose(page, question=0, choice=2)
    expect(page.locator(".conflict")).to_be_visible()
    check(page, axe, seen, "conflict")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_role("button", name="Put mine back")).to_be_visible()
    check(page, axe, seen, "theirs taken")

    page.context.set_offline(True)
    choose(page, question=0, choice=3)
    expect(page.locator("#save-failure")).to_contain_text("Offline")
    check(page, axe, seen, "offline")
    page.context.set_offline(False)
    saved(page)

    refuse(page)
    choose(page, question=0, choice=1)
    expect(page.locator("#save-failure")).to_contain_text("Not saved")
    check(page, axe, seen, "not saved")
    until_kept(page, 1)
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    relent(page)
    page.reload()
    expect(page.locator("#restored")).to_be_visible()
    saved(page)
    check(page, axe, seen, "restored, filled")

    page.locator("input[inputmode=decimal]:visible").first.fill("many")
    page.get_by_role("button", name="Next dimension").click()
    expect(page.locator("#error-summary")).to_be_visible()
    check(page, axe, seen, "error")

    assert len(seen) == 8


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_every_dialog_is_accessible(page_for, live_server, axe, ada, assessment, width, dark):
    page = page_for(width=width, dark=dark, language="en", tolerate=PROVOKED)
    accept_dialogs(page)
    client = Client()
    client.post("/en/account/login/", {"login": ada.email, "password": PASSWORD})
    session = client.session
    session["signed_in_at"] = int(time.time()) - 7 * 86400 + 150
    session.save()
    cookie = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(address_of(assessment))

    expect(page.get_by_role("dialog", name="Your session ends soon")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Go on").click()
    Session.objects.all().delete()
    choose(page, question=0, choice=1)
    expect(page.get_by_role("dialog", name="Sign in again")).to_be_visible()
    axe(page)
    other = Client()
    other.force_login(make_user())
    page.context.add_cookies([cookie | {"value": other.cookies["session"].value}])
    expect(page.get_by_role("dialog", name="Somebody else has signed in")).to_be_visible(timeout=12_000)
    axe(page)

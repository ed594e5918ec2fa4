"""A real server, a real Chromium, and what no page may do: break the policy, log an error, call somebody else.

    @pytest.mark.browser
    def test_home_is_accessible(page_for, axe):
        page = page_for(width=320, dark=True, language="en")
        page.goto("/en/")
        axe(page)

At the end of a test, every page it opened must have been silent: no error in the console (a breach of the security
policy is one), no exception, no request to another host.
"""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS, LOCALES
from tests.factories import (
    FIXTURES,
    PASSWORD,
    make_assessment,
    make_company,
    make_membership,
    make_user,
    make_version,
)

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser():
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def enter(live_server):
    """Give a page the session of somebody who signed in as people do, so that it knows when: ``enter(page, ada)``."""

    def to(page, person):
        client = Client()
        client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
        cookie = client.cookies["session"].value
        page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
        return client

    return to


@pytest.fixture
def page_for(browser, live_server):
    """Open a page in its own browser context: ``page_for(width=1280, dark=False, language="fr", javascript=True)``.

    ``tolerate``: parts of console messages that the test itself provokes, such as a save refused on purpose.
    """
    contexts, complaints = [], []

    def open_page(*, width=1280, height=900, dark=False, language="fr", javascript=True, tolerate=()):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=LOCALES[language],
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, complaints, tolerate)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page, address, complaints, tolerate):
    """Note whatever a page must never do; a page answered 4xx or 5xx on purpose is told apart from a missing file."""
    own, asked = urlsplit(address).netloc, set()

    def request(sent):
        if sent.is_navigation_request():
            asked.add(sent.url)
        if urlsplit(sent.url).scheme not in {"data", "blob"} and urlsplit(sent.url).netloc != own:
            complaints.append(f"request to another host: {sent.url}")

    def console(message):
        document = message.text.startswith("Failed to load resource") and message.location.get("url") in asked
        if message.type in {"error", "warning"} and not document and not any(part in message.text for part in tolerate):
            complaints.append(f"{message.type} on {page.url}: {message.text}")

    page.on("request", request)
    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"exception on {page.url}: {error}"))


@pytest.fixture
def sign_in(live_server):
    """Give a page the session of a user, without the sign-in form: ``sign_in(page, user)``."""

    def to(page, user):
        client = Client()  # one a person: signing another in on the same would end the first one's session
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return to


@pytest.fixture(scope="session")
def axe():
    """Assert that axe finds nothing, and that nothing is wider than the window: ``axe(page)``."""

    def check(page):
        options = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}
        violations = Axe().run(page, options=options).response["violations"]
        found = [
            f"{page.url}: {violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for violation in violations
            for node in violation["nodes"]
            if not only_below_a_bar(page, violation["id"], node["target"][0])
        ]
        assert found == [], "\n".join(found)
        assert overflow(page) == 0, f"{page.url} scrolls sideways by {overflow(page)} px"

    return check


def only_below_a_bar(page, rule, target):
    """Whether a target is large enough once it is scrolled to: a bar that stays in view covers half of whatever is below."""
    if rule != "target-size":
        return False
    page.locator(target).evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
    options = {"runOnly": {"type": "rule", "values": [rule]}, "resultTypes": ["violations"]}
    return Axe().run(page, context=target, options=options).response["violations"] == []


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


# A company with two people who answer the full questionnaire; files that need others make their own.
@pytest.fixture
def ada(transactional_db):
    return make_user(email="ada@company.example", name="Ada")


@pytest.fixture
def assessment(ada):
    version = make_version(file=FIXTURES / "questionnaire-2026.1.yaml")
    return make_assessment(company=make_company(member=ada), version=version)


@pytest.fixture
def grace(assessment):
    grace = make_user(email="grace@company.example", name="Grace")
    make_membership(company=assessment.company, user=grace)
    return grace

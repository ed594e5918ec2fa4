"""Accounts and companies in a real browser: accessible in every state, without JavaScript, and with a passkey."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from assessment.models import Company, User
from tests.browser.conftest import AXE_RULES
from tests.factories import PASSWORD, make_company, make_membership, make_user

pytestmark = pytest.mark.browser
DEVICES = [(320, False), (1280, True), (320, True), (1280, False)]


@pytest.fixture(autouse=True)
def _fresh(transactional_db):
    cache.clear()


@pytest.fixture
def ada():
    user = make_user(email="ada@company.example", name="Ada")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def code():
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_in_by_hand(page):
    page.goto("/en/account/login/")
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def reauthenticate(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_nothing_to_a_company(page_for, axe, javascript):
    page = page_for(language="en", javascript=javascript)

    page.goto("/en/account/signup/")
    page.get_by_label("E-mail address").fill("new@company.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Create the company").click()
    expect(page).to_have_title(re.compile("^Error:"))
    assert page.locator(".error-summary a").all_inner_texts() == ["Name", "Sub-sector", "Size", "Region", "Activities"]
    page.locator(".error-summary a", has_text="Name").click()
    page.keyboard.type("Laboratoires Curie")
    page.get_by_label("SIREN").fill("552 008 443")
    page.get_by_label("Sub-sector").select_option("pharma")
    page.get_by_label("Size").select_option("small")
    page.get_by_label("Region").select_option("FR-IDF")
    if javascript:
        ticked = page.locator("input[name=activities]:checked")
        assert [box.get_attribute("value") for box in ticked.all()] == [
            "research",
            "clinical",
            "manufacturing",
            "distribution",
        ]
        page.get_by_label("None of these").check()
        expect(ticked).to_have_count(1)
    page.get_by_label("Research").check()
    page.get_by_role("button", name="Create the company").click()
    page.wait_for_load_state()

    company = Company.objects.get()
    assert (company.name, company.siren, company.activities) == ("Laboratoires Curie", "552008443", ["research"])
    assert company.memberships.get().user.email == "new@company.example"


@pytest.mark.parametrize(("width", "dark"), DEVICES)
def test_pages_before_the_account_are_accessible_with_their_errors(page_for, axe, width, dark):
    page = page_for(width=width, dark=dark, language="en")

    for address in ["login", "signup", "login/code", "password/reset"]:
        page.goto(f"/en/account/{address}/")
        axe(page)
        page.get_by_role("main").locator("form").first.get_by_role("button").first.click()
        page.wait_for_load_state()
        assert page.title().startswith("Error:")
        axe(page)
    page.get_by_label("E-mail address").fill("nobody@company.example")
    page.get_by_role("button", name="Send the code").click()
    page.wait_for_load_state()
    axe(page)


@pytest.mark.parametrize(("width", "dark"), DEVICES)
def test_pages_of_account_and_company_are_accessible(page_for, axe, ada, width, dark):
    company = make_company(member=ada, name="Acme")
    colleague = make_membership(company=company, user=make_user(email="a.rather.long.name@company.example"))
    page = page_for(width=width, dark=dark, language="en")
    sign_in_by_hand(page)

    account = "/en/account/"
    page.goto(account + "delete/")
    axe(page)
    reauthenticate(page)
    axe(page)
    for address in [
        account,
        account + "email/",
        account + "password/change/",
        account + "2fa/",
        account + "2fa/totp/activate/",
        account + "2fa/webauthn/add/",
        account + "2fa/webauthn/",
        account + "sessions/",
        account + "logout/",
        "/en/companies/new/",
        f"/en/companies/{company.pk}/",
        f"/en/companies/{company.pk}/edit/",
        f"/en/companies/{company.pk}/members/{colleague.pk}/",
    ]:
        page.goto(address)
        axe(page)


def test_a_passkey_is_added_and_signs_in(page_for, axe, ada):
    make_company(member=ada)
    page = page_for(language="en")
    give_authenticator(page)
    sign_in_by_hand(page)
    page.goto("/en/account/2fa/webauthn/add/")
    reauthenticate(page)
    page.get_by_label("Name of the passkey").fill("My telephone")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    axe(page)
    page.goto("/en/account/2fa/webauthn/")
    axe(page)
    page.context.clear_cookies()
    page.goto("/en/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/start/")

    assert [str(key) for key in Authenticator.objects.filter(type="webauthn")] == ["My telephone"]
    assert User.objects.get(email=ada.email).authenticator_set.get(type="webauthn").last_used_at is not None


def test_a_passkey_refused_is_said_on_the_page(page_for, axe):
    page = page_for(language="en")
    give_authenticator(page)  # which holds no key for this site
    page.goto("/en/account/login/")

    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_role("alert").wait_for()
    assert page.get_by_role("alert").inner_text() == "The passkey could not be used. Try again, or choose another way."
    axe(page)


def give_authenticator(page):
    """Chromium's own: a device that holds passkeys and whose owner always agrees."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("page_name", ["company", "user"])
def test_the_admins_pages_of_people_obey_the_policy_and_are_accessible(page_for, sign_in, ada, page_name):
    root = make_user(email="root@csf.example", is_staff=True, is_superuser=True)
    found = {"company": make_company(member=ada), "user": ada}[page_name]
    page = page_for(language="en")
    sign_in(page, root)

    for address in ["", "add/", f"{found.pk}/change/", f"{found.pk}/delete/"]:
        page.goto(f"/en/admin/assessment/{page_name}/{address}")
        assert (address, serious_problems(page)) == (address, [])


def serious_problems(page):
    """Django's own pages: their lesser faults are Django's. Without preload, axe itself obeys the policy."""
    found = Axe().run(page, options={"preload": False, "runOnly": AXE_RULES}).response["violations"]
    return [problem["id"] for problem in found if problem["impact"] in {"serious", "critical"}]

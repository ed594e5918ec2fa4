"""The session ends while somebody writes in any form: they sign in again in place, and what they wrote is sent."""

import re
import time

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from assessment.models import Campaign, Company, Interest, UseCase
from tests.browser.answering import PROVOKED, accept_dialogs
from tests.browser.session import expire, sign_in_again
from tests.factories import PASSWORD, make_company, make_version
from tests.people.makers import make_person
from tests.usecases.makers import make_published, make_use_case

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(transactional_db):
    cache.clear()  # where the limit on sign-ins is counted
    return make_person("ada@company.example", name="Ada")


@pytest.fixture
def company(ada):
    return make_company(member=ada)


@pytest.fixture
def page(page_for):
    page = page_for(language="en", tolerate=PROVOKED)
    accept_dialogs(page)
    return page


def test_a_companys_profile(page, enter, ada, company):
    enter(page, ada)
    page.goto(f"/en/companies/{company.pk}/edit/")
    page.get_by_label("Name").fill("A new name")
    expire()

    page.get_by_role("button", name="Save").click()
    expect(sign_in_again(page)).to_be_hidden()
    page.wait_for_url(re.compile(f"/companies/{company.pk}/$"))

    assert Company.objects.get().name == "A new name"


def test_a_page_left_open_signs_in_again_where_it_stands(page, enter, ada, company):
    enter(page, ada)
    page.clock.install()
    page.goto(f"/en/companies/{company.pk}/edit/")
    page.get_by_label("Name").fill("Curie")
    page.clock.fast_forward(90_000)
    expire()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Profile of the company")
    expect(sign_in_again(page)).to_be_hidden()
    page.wait_for_url(re.compile(f"/companies/{company.pk}/$"))

    assert Company.objects.get().name == "Curie"


def test_a_page_left_open_sends_nothing_for_somebody_else(page, enter, ada, company):
    grace = make_person("grace@company.example", name="Grace")
    company.memberships.create(user=grace, role="manager")
    enter(page, ada)
    page.clock.install()
    page.goto(f"/en/companies/{company.pk}/edit/")
    page.get_by_label("Name").fill("Curie")
    page.clock.fast_forward(90_000)
    enter(page, grace)

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("dialog", name="Somebody else has signed in")).to_be_visible()
    assert Company.objects.get().name == "Acme"


def test_a_request_for_contact(page, enter, ada, company):
    published = make_published()
    enter(page, ada)
    page.goto(reverse("use_case_contact", args=[published.pk]))
    page.locator("textarea").fill("How did you begin?")
    expire()

    page.get_by_role("button", name="Send to the committee").click()
    expect(sign_in_again(page)).to_be_hidden()
    page.wait_for_url("**" + published.get_absolute_url())

    assert Interest.objects.get().message == "How did you begin?"


def test_a_use_case_that_saves_itself(page, enter, ada, company):
    case = make_use_case(company=company, by=ada)
    enter(page, ada)
    page.goto(reverse("company_use_case_edit", args=[company.pk, case.pk]))
    expire()

    page.locator("[name=problem_en]").fill("Lots were lost on the way.")
    expect(sign_in_again(page)).to_be_hidden()
    expect(page.locator("#saved")).to_contain_text("Saved at")

    assert UseCase.objects.get(pk=case.pk).problem_en == "Lots were lost on the way."


@pytest.fixture
def editor(transactional_db):
    cache.clear()
    editor = make_person("editor@csf.example", name="Eve")
    editor.is_staff = True
    editor.save()
    editor.groups.add(Group.objects.get(name="editor"))
    return editor


@pytest.fixture
def campaign(editor):
    dates = {"opens_on": "2026-01-01", "closes_on": "2026-12-31"}
    return Campaign.objects.create(title_fr="Campagne", title_en="Campaign", version=make_version(), **dates)


def test_a_page_of_the_administration(page, enter, editor, campaign):
    enter(page, editor)
    page.goto(reverse("admin:assessment_campaign_change", args=[campaign.pk]))
    page.locator("[name=title_en]").fill("Spring campaign")
    expire()

    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    expect(sign_in_again(page, email="editor@csf.example")).to_be_hidden()
    page.wait_for_url(re.compile("/campaign/$"))

    assert Campaign.objects.get().title_en == "Spring campaign"


def test_staff_are_warned_before_the_end(page, enter, editor, campaign):
    client = enter(page, editor)
    page.clock.install()
    page.goto(reverse("admin:assessment_campaign_change", args=[campaign.pk]))
    session = client.session
    session["seen_at"] = int(time.time() - 1800 + 150)
    session.save()
    page.clock.fast_forward(1650 * 1000)

    dialog = page.get_by_role("dialog", name="Your session ends soon")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()

    assert time.time() - client.session["seen_at"] < 60


def test_nothing_is_sent_for_somebody_else_who_signed_in(page, enter, ada, company):
    grace = make_person("grace@company.example", name="Grace")
    company.memberships.create(user=grace, role="manager")
    enter(page, ada)
    page.goto(f"/en/companies/{company.pk}/edit/")
    page.get_by_label("Name").fill("A new name")
    enter(page, grace)

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("This form has expired")
    assert Company.objects.get().name == "Acme"


def test_without_a_script_it_is_sent_again_after_signing_in_in_another_tab(page_for, enter, ada, company):
    published = make_published()
    page = page_for(language="en", javascript=False, tolerate=PROVOKED)
    enter(page, ada)
    page.goto(reverse("use_case_contact", args=[published.pk]))
    page.locator("textarea").fill("How did you begin?")
    expire()

    page.get_by_role("button", name="Send to the committee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out before this was saved")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    other = opened.value
    other.locator("main input[name=login]").fill("ada@company.example")
    other.locator("main").get_by_role("button", name="Go on").click()
    other.locator("main input[name=password]").fill(PASSWORD)
    other.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    other.wait_for_url(lambda url: "/login/" not in url)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in again: send it now")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**" + published.get_absolute_url())

    assert Interest.objects.get().message == "How did you begin?"

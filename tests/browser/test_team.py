"""Answering together in real browsers: invited, asked, seen by the others, and back where one stopped."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions import team
from assessment.models import Campaign, Membership, Place
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
from tests.people.makers import code_in, make_person

pytestmark = pytest.mark.browser
DEVICES = [(320, False), (1280, True), (320, True), (1280, False)]


@pytest.fixture(autouse=True)
def _fresh(transactional_db):
    cache.clear()


@pytest.fixture
def ada():
    return make_person(email="ada@company.example", name="Ada")


@pytest.fixture
def company(ada):
    return make_company(member=ada)


@pytest.fixture
def assessment(company):
    return make_assessment(company=company, version=make_version(file=FIXTURES / "questionnaire-2026.1.yaml"))


@pytest.fixture
def bob(company):
    user = make_person(email="bob@company.example", name="Bob")
    make_membership(company=company, user=user)
    return user


def link_sent(address):
    path = re.search(r"/en/invitation/\?token=\S+", mail.outbox[-1].body)[0]
    return address + path


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_an_invitation_to_the_company(page_for, sign_in, live_server, ada, company, javascript):
    manager = page_for(language="en", javascript=javascript)
    sign_in(manager, ada)
    manager.goto(f"/en/companies/{company.pk}/")
    manager.get_by_role("link", name="Invite a colleague").click()
    manager.get_by_role("main").get_by_label("E-mail address").fill("carl@company.example")
    manager.get_by_role("button", name="Send the invitation").click()
    expect(manager.get_by_role("row", name="carl@company.example")).to_contain_text("Contributor")

    invited = page_for(language="en", javascript=javascript)
    invited.goto(link_sent(live_server.url))
    assert invited.url == f"{live_server.url}/en/invitation/"
    invited.get_by_role("main").get_by_role("link", name="Create an account").click()
    invited.get_by_label("E-mail address").fill("carl@company.example")
    invited.get_by_label("Password").fill(PASSWORD)
    invited.get_by_role("button", name="Create the account").click()
    invited.get_by_label("Code").fill(code_in(mail.outbox[-1]))
    invited.get_by_role("button", name="Go on").click()
    invited.get_by_role("button", name="Accept the invitation").click()

    expect(invited.get_by_role("status")).to_contain_text("You are now a member of Acme.")
    assert Membership.objects.get(user__email="carl@company.example").role == "contributor"


def test_the_other_account_signs_out_and_the_invitation_waits(page_for, sign_in, live_server, ada, company):
    bob = make_person(email="bob@company.example")
    team.invite(company=company, email=bob.email, role="reader", by=ada)
    page = page_for(language="en")
    sign_in(page, make_user(email="eve@company.example"))

    page.goto(link_sent(live_server.url))
    page.get_by_role("button", name="Sign out and go on").click()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    expect(page.get_by_label("E-mail address")).to_have_value(bob.email)
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Accept the invitation").click()

    expect(page.get_by_role("status")).to_contain_text("You are now a member of Acme.")


def test_a_colleague_who_arrives_is_named_without_taking_the_focus(page_for, sign_in, ada, assessment, bob):
    first, second = page_for(language="en"), page_for(language="en")
    sign_in(first, ada)
    sign_in(second, bob)
    first.clock.install()
    first.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    field = first.locator("[data-question] input:visible").first
    field.focus()
    before = first.locator("#others-here").inner_text()

    second.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    first.clock.run_for(21_000)

    expect(first.locator("#others-here")).to_have_text("Also here now: Bob")
    expect(field).to_be_focused()
    expect(second.locator("#others-here")).to_have_text("Also here now: Ada")
    assert (before, first.locator("#others-here").get_attribute("role")) == ("", "status")


def test_a_page_left_alone_says_nothing_more(page_for, sign_in, ada, assessment):
    page = page_for(language="en")
    sign_in(page, ada)
    page.clock.install()
    beats = []
    page.on("request", lambda sent: beats.append(sent.url) if sent.url.endswith("/place/") else None)
    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")

    minutes = []
    for _ in range(4):
        for _ in range(3):
            page.clock.run_for(20_000)
            page.wait_for_timeout(200)  # each reply comes before the next is asked for
        minutes.append(len(beats))
    page.mouse.click(5, 5)
    page.wait_for_timeout(200)

    assert minutes[0] >= 2
    assert (minutes[2:], len(beats)) == ([minutes[1]] * 2, minutes[1] + 1)


def test_another_browser_comes_back_to_the_question_last_touched(page_for, sign_in, ada, assessment):
    first, second = page_for(language="en"), page_for(language="en", width=320)
    sign_in(first, ada)
    sign_in(second, ada)

    first.goto(f"/en/assessments/{assessment.pk}/dimensions/PEO/")
    question = first.locator("[data-question]:visible").nth(3)
    anchor, code = question.get_attribute("id"), question.get_attribute("data-question")
    question.locator("input:visible").first.focus()
    first.goto("/en/start/")
    first.wait_for_timeout(1000)  # the page's last word is on its way
    second.goto("/en/start/")
    second.get_by_role("main").get_by_role("link", name=re.compile("Answer the first question|Resume")).click()
    second.wait_for_load_state()

    assert Place.objects.get().question == code
    assert second.url.endswith(f"/dimensions/PEO/#{anchor}")
    expect(second.locator(f"#{anchor}")).to_be_in_viewport()


def test_who_may_only_read_opens_the_history_of_an_answer(page_for, sign_in, ada, company):
    reader = make_person(email="joan@company.example")
    make_membership(company=company, user=reader, role="reader")
    assessment = make_assessment(company=company)
    answer(assessment=assessment, by=ada, question="STR.VIS.1", value={"choices": ["2"]})
    page = page_for(language="en")
    sign_in(page, reader)

    page.goto(f"/en/assessments/{assessment.pk}/dimensions/STR/")
    page.get_by_role("link", name="History").click()

    expect(page.get_by_role("listitem").filter(has_text="stands now")).to_contain_text("Ada")


def test_sharing_out_by_keyboard_alone(page_for, sign_in, ada, assessment, bob):
    page = page_for(language="en")
    sign_in(page, ada)
    page.goto(f"/en/assessments/{assessment.pk}/team/")

    page.get_by_role("group", name="Data").get_by_label("Bob").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert [(kept.dimension, kept.user) for kept in assessment.assignments.all()] == [("DAT", bob)]


@pytest.mark.parametrize(("width", "dark"), DEVICES)
def test_the_pages_of_a_team_are_accessible(
    page_for, sign_in, axe, live_server, ada, company, assessment, bob, width, dark
):
    page = page_for(width=width, dark=dark, language="en")
    team.invite(company=company, email="a.rather.long.name@a-rather-long-company.example", role="reader", by=ada)
    team.assign(assessment=assessment, asked={"STR": [ada, bob]}, by=ada)
    team.arrive(assessment=assessment, user=bob, dimension="STR")
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        title="Spring", version=assessment.version, opens_on=today, closes_on=today + timedelta(days=1)
    )

    page.goto(link_sent(live_server.url))
    axe(page)
    page.goto("/en/invitation/?token=x")
    axe(page)
    sign_in(page, ada)
    for address in [
        f"companies/{company.pk}/",
        f"companies/{company.pk}/invitations/new/",
        f"companies/{company.pk}/leave/",
        f"assessments/{assessment.pk}/",
        f"assessments/{assessment.pk}/team/",
        f"assessments/{assessment.pk}/dimensions/STR/",
        f"campaigns/{campaign.pk}/",
        "campaigns/0/",
    ]:
        page.goto(f"/en/{address}")
        axe(page)
    page.goto(f"/en/companies/{company.pk}/invitations/new/")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    page.goto(link_sent(live_server.url))
    axe(page)

"""Own view first, in real browsers: asked for, given alone, compared, agreed on; with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from assessment.actions.individual_answers import open_consultation
from assessment.models import Answer, IndividualAnswer
from tests.browser.answering import (
    PROVOKED,
    accept_dialogs,
    address_of,
    choose,
    chosen,
    cut_off,
    refuse,
    relent,
    saved,
    until_kept,
)
from tests.factories import make_assessment, make_company, make_membership, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(transactional_db):
    return make_user(email="ada@company.example", name="Ada")


@pytest.fixture
def assessment(ada):
    """Two questions of its operations concern the company: OPS.CYB.1, several choices, and OPS.CYB.2, one."""
    return make_assessment(company=make_company(member=ada))


@pytest.fixture
def grace(assessment):
    grace = make_user(email="grace@company.example", name="Grace")
    make_membership(company=assessment.company, user=grace, role="reader")
    return grace


@pytest.fixture
def asked(assessment, ada):
    open_consultation(assessment=assessment, dimension="OPS", by=ada)


@pytest.fixture
def window_of(page_for, sign_in):
    def open_window(user, **options):
        page = page_for(language="en", tolerate=PROVOKED, **options)
        accept_dialogs(page)
        sign_in(page, user)
        return page

    return open_window


def individual_page(assessment, name=""):
    return f"{address_of(assessment, 'OPS')}own/{name}"


def individual_values(user):
    return dict(IndividualAnswer.objects.filter(user=user).values_list("question", "value"))


def answer_individually(page, assessment, *, security):
    """Backups are tested, they say; then who answers for security: 0, nobody in particular, or 1, a named person."""
    page.goto(individual_page(assessment))
    choose(page, question=0, choice=0)
    choose(page, question=1, choice=security)
    expect(page.locator("#progress .stat-value")).to_have_text("2 / 2")


def test_two_people_answer_alone_compare_and_record_what_counts(window_of, assessment, ada, grace, axe):
    manager = window_of(ada, width=1280)
    reader = window_of(grace, width=320, dark=True)

    manager.goto(address_of(assessment, "OPS"))
    manager.get_by_role("link", name="Answer each for yourselves first").click()
    axe(manager)
    manager.get_by_role("button", name="Ask for own views").click()
    expect(manager.get_by_text("Asked by Ada")).to_be_visible()
    axe(manager)

    reader.goto(f"/en/assessments/{assessment.pk}/")
    reader.get_by_role("link", name="Operations").first.click()
    axe(reader)
    reader.get_by_role("link", name="Give your own view").click()
    axe(reader)
    choose(reader, question=0, choice=0)
    saved(reader)
    reader.goto(individual_page(assessment, "compare/"))
    expect(reader.get_by_role("heading", name="Your own view first")).to_be_visible()
    axe(reader)

    answer_individually(reader, assessment, security=1)
    answer_individually(manager, assessment, security=0)
    axe(manager)
    manager.get_by_role("link", name="Compare the views").click()
    questions = manager.locator("h2.question-title")
    expect(questions).to_have_text(["Who answers for security?", "Which practices are in place?"])
    axe(manager)
    manager.get_by_role("radio", name="Take this one – Grace").first.check()
    manager.get_by_label("Comment on what counts").first.fill("as agreed on Monday")
    manager.get_by_role("button", name="Record what counts – Who answers for security?").click()
    expect(manager.get_by_text("counts", exact=True)).to_be_visible()
    manager.get_by_role("button", name="Take what you agree on").click()
    expect(manager.get_by_role("button", name="Take what you agree on")).to_have_count(0)

    reader.goto(individual_page(assessment, "compare/"))
    expect(reader.get_by_text("as agreed on Monday")).to_be_visible()
    axe(reader)
    counted = {
        row.question: (row.value, row.comment, row.saved_by) for row in Answer.objects.select_related("saved_by")
    }
    assert counted == {
        "OPS.CYB.1": ({"choices": ["backup"]}, "", ada),
        "OPS.CYB.2": ({"choices": ["1"]}, "as agreed on Monday", ada),
    }
    assert individual_values(ada) == {"OPS.CYB.1": {"choices": ["backup"]}, "OPS.CYB.2": {"choices": ["0"]}}
    assert individual_values(grace) == {"OPS.CYB.1": {"choices": ["backup"]}, "OPS.CYB.2": {"choices": ["1"]}}


def test_without_javascript_the_way_is_the_same(window_of, assessment, ada, grace):
    page = window_of(ada, javascript=False)

    page.goto(individual_page(assessment, "consultation/"))
    page.get_by_role("button", name="Ask for own views").click()
    page.get_by_role("link", name="Give your own view").click()
    choose(page, question=0, choice=0)
    choose(page, question=1, choice=0)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Compare the views").click()
    page.get_by_role("button", name="Record what counts").first.click()
    expect(page).to_have_title("Error: Compare the views – Operations – Digital maturity ITS")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Record what counts").first.click()

    expect(page.get_by_text("counts", exact=True)).to_have_count(1)
    assert Answer.objects.get().value == {"choices": ["backup"]}


def test_own_answers_that_wait_on_the_device_never_show_as_the_companys(window_of, assessment, ada, asked):
    page = window_of(ada)
    seen, stored = wait_and_look(page, assessment)

    assert (seen, stored) == (0, 0)
    page.goto(individual_page(assessment))
    saved(page)
    assert individual_values(ada) == {"OPS.CYB.2": {"choices": ["1"]}}
    assert Answer.objects.count() == 0


def test_the_check_bites_where_both_pages_keep_them_under_one_name(window_of, assessment, ada, asked):
    page = window_of(ada)

    def under_one_name(route):
        reply = route.fetch()
        route.fulfill(response=reply, body=reply.text().replace(f'"{assessment.pk} own"', f'"{assessment.pk}"'))

    page.route(f"**{individual_page(assessment)}", under_one_name)
    seen, _stored = wait_and_look(page, assessment)

    assert seen == 1


def wait_and_look(page, assessment):
    """Leave an individual answer unsent, then open the company's page; return how many answers show there and are stored."""
    page.goto(individual_page(assessment))
    refuse(page)
    choose(page, question=1, choice=1)
    until_kept(page, 1)
    cut_off(page)
    page.goto(address_of(assessment, "OPS"))
    page.wait_for_timeout(1000)
    found = chosen(page), Answer.objects.count()
    relent(page)
    return found


@pytest.mark.parametrize(("button", "choice"), [("Take the newer one", "0"), ("Keep this one", "1")])
def test_a_late_save_of_another_window_is_shown_and_the_person_chooses(
    window_of, assessment, ada, asked, axe, button, choice
):
    late = window_of(ada)
    late.goto(individual_page(assessment))
    newer = late.context.new_page()
    newer.goto(individual_page(assessment))
    late.route("**/own/answers/**", lambda route: route.fulfill(status=503))

    choose(late, question=1, choice=1)
    expect(late.locator("#save-failure")).to_contain_text("Not saved")
    choose(newer, question=1, choice=0)
    saved(newer)
    late.unroute("**/own/answers/**")
    late.get_by_role("button", name=button).click(timeout=40_000)
    late.wait_for_timeout(1500)

    expect(late.locator("#save-failure")).to_be_empty()
    axe(late)
    assert individual_values(ada) == {"OPS.CYB.2": {"choices": [choice]}}

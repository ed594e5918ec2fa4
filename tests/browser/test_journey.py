"""The main job in a real browser, with JavaScript and without: from the sign-up to the figures in the CSV."""

import csv
import io
import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from assessment.models import Answer, Result
from tests.factories import FIXTURES, PASSWORD, make_staff, make_version

pytestmark = pytest.mark.browser

# One answer of each kind, one unknown, one not applicable; every other question takes its third choice.
UNKNOWN, NOT_APPLICABLE = "STR.INV.1", None


@pytest.fixture
def version(django_db_serialized_rollback, transactional_db):
    return make_version(file=FIXTURES / "questionnaire-2026.0.yaml")


def sign_up(page, email):
    page.goto("/en/account/signup/")
    page.locator("input[name=email]").fill(email)
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)
    page.locator("input[name=code]").fill(code)
    page.locator("main form button[type=submit].btn-primary").first.click()


def create_company(page):
    page.goto("/en/companies/new/")
    page.locator("#id_name").fill("Biosève")
    page.get_by_label("SIREN").fill("732 829 320")
    page.locator("select[name=sub_sector]").select_option("biotech")
    page.locator("select[name=size]").select_option("small")
    page.locator("select[name=region]").select_option("FR-ARA")
    for activity in ["research", "clinical", "manufacturing"]:
        page.locator(f"input[name=activities][value={activity}]").check()
    page.locator("main form button[type=submit], main form input[type=submit]").click()


def answer_dimension(page, *, javascript, done):
    """Answer each question of the page once, but those that an answer before has taken away."""
    codes = [question.get_attribute("data-question") for question in page.locator("[data-question]:visible").all()]
    for code in codes:
        question = page.locator(f'[data-question="{code}"]')
        if not javascript:
            answer(question, javascript=False, done=done)
        elif question.is_visible():
            with page.expect_response("**/progress/**") as told:  # which questions are put now
                answer(question, javascript=True, done=done)
                question.locator("legend").click()  # leaves a field: its change is saved
            told.value.finished()
            expect(page.locator("#save-status")).to_contain_text("Saved at")
            expect(page.locator("#save-failure")).to_be_empty()
            page.wait_for_timeout(100)  # for the page to follow


def answer(question, *, javascript, done):
    """The first question asked is unknown, the first that allows it not applicable."""
    code = question.get_attribute("data-question")
    if question.locator("input[value=unknown]").count() and not done["unknown"]:
        question.locator("input[value=unknown]").check()
        done["unknown"] = code
    elif question.locator("input[value=not_applicable]").count() and not done["not_applicable"]:
        question.locator("input[value=not_applicable]").check()
        if javascript:
            expect(question.locator(".problem")).to_be_visible()
        question.locator("[name$='-reason']").fill("No such product")
        done["not_applicable"] = code
    elif question.locator("[name$='-typed']").count():
        question.locator("[name$='-typed']").fill("2,5")
        done["number"] = code
    elif question.locator("input[type=checkbox]").count():
        question.locator("input[type=checkbox]").nth(0).check()
        question.locator("input[type=checkbox]").nth(1).check()
        done["multiple"] = code
    else:
        question.locator("input[type=radio]").nth(2).check()
        done["choice"] = code
    done["count"] += 1


def walk(page, *, javascript, axe):
    sign_up(page, f"ada{int(javascript)}@bioseve.example")
    axe(page)
    create_company(page)
    axe(page)
    done = {"count": 0, "unknown": "", "not_applicable": "", "number": "", "multiple": "", "choice": ""}
    while "/dimensions/" in page.url:
        axe(page)
        answer_dimension(page, javascript=javascript, done=done)
        axe(page)
        page.locator(".save-bar [name=next]").click()
        page.wait_for_load_state()
    # "I don't know" the first one takes the second one away, where the page can follow at once
    assert done["count"] == (15 if javascript else 16)
    assert all(done.values())
    expect(page.get_by_text("Everything is answered")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Submit…").click()
    axe(page)
    page.get_by_role("button", name="Submit now").click()
    expect(page.locator(".score-value")).to_be_visible()
    for details in page.locator("details.disclosure > summary").all():
        details.click()
    axe(page)
    return done


def check_stored(page, done):
    result = Result.objects.get()
    rows = {row.question: row for row in Answer.objects.all()}
    assert rows[done["unknown"]].value == {"unknown": True}
    assert rows[done["not_applicable"]].value == {"not_applicable": "No such product"}
    assert rows[done["number"]].value == {"number": "2.5"}
    assert len(rows[done["multiple"]].value["choices"]) == 2
    assert page.locator(".score-value").inner_text() == str(result.score)
    return result


def staff_finds_it(page, result, sign_in, axe):
    sign_in(page, make_staff(group="administrator"))
    page.goto("/en/admin/assessment/result/")
    page.get_by_role("link", name="Biosève").first.click()
    expect(page.locator("main, #content").get_by_text(str(result.score)).first).to_be_visible()
    page.goto("/en/admin/assessment/result/")


def exported(page):
    """Return the rows of the international CSV, taken from the admin's own export page."""
    page.goto("/en/admin/assessment/result/export/")
    page.locator("[name=format]").locator("nth=0").wait_for()
    option = page.locator("input[name=format][value='csv-international'], select[name=format]").first
    if option.evaluate("element => element.localName") == "select":
        option.select_option("csv-international")
    else:
        option.check()
    reason = page.locator("[name=reason]")
    if reason.count():
        reason.fill("Yearly review")
    with page.expect_download() as download:
        page.locator("main form [type=submit]").last.click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def figures_agree(row, result):
    scores = {node.code: node.score for node in result.node_scores.all()}
    listed = {code: row[next(name for name in row if code in re.split(r"[^A-Za-z0-9.]+", name))] for code in scores}
    assert listed == {code: "" if score is None else str(score) for code, score in scores.items()}


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (320, True)])
def test_the_whole_journey(page_for, axe, sign_in, version, width, dark):
    page = page_for(width=width, dark=dark, language="en", tolerate=["422"])

    done = walk(page, javascript=True, axe=axe)
    result = check_stored(page, done)
    page.context.clear_cookies()
    staff_finds_it(page, result, sign_in, axe)
    [row] = exported(page)

    figures_agree(row, result)


def test_the_whole_journey_without_javascript(page_for, sign_in, version):
    page = page_for(width=1280, language="en", javascript=False)

    done = walk(page, javascript=False, axe=lambda page: None)

    result = check_stored(page, done)
    assert result.trace["complete"] is True

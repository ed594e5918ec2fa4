"""The public questionnaire, its method and glossary, and filling in by a workbook: for every reader, without a script."""

import io

import pytest
from django.urls import reverse

from tests.content.material import FULL
from tests.factories import FIXTURES, answer, make_assessment, make_company, make_membership, make_user, make_version
from tests.workbook.books import Book, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/{}/questionnaire/",
    "/{}/questionnaire/?sub_sector=biotech&size=small&express=on",
    "/{}/questionnaire/?size=small",
    "/{}/questionnaire/dimensions/OPS/",
    "/{}/questionnaire/dimensions/DAT/?sub_sector=cdmo&size=medium",
    "/{}/method/",
    "/{}/method/versions/",
    "/{}/glossary/",
]


@pytest.fixture
def published():
    return make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_public_pages_are_accessible(page_for, axe, published, width, dark, language):
    page = page_for(width=width, dark=dark, language=language)

    for address in PAGES:
        page.goto(address.format(language))
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        axe(page)


def test_the_questionnaire_is_read_as_one_s_own_company_without_a_script(page_for, published):
    page = page_for(language="en", javascript=False)
    page.goto("/en/questionnaire/")

    page.get_by_label("Sub-sector").select_option("cdmo")
    page.get_by_label("Size").select_option("micro")
    page.get_by_role("button", name="Show the questions").click()

    assert page.get_by_role("heading", level=2).nth(1).inner_text() == "This company may be asked 45 questions"
    assert page.get_by_label("Manufacturing").is_checked()
    page.get_by_label("Sub-sector").select_option("biotech")
    page.get_by_role("button", name="Show the questions").click()
    assert not page.get_by_label("Manufacturing").is_checked()
    assert page.get_by_label("Research").is_checked()


def test_a_term_of_a_help_text_leads_to_its_explanation(page_for, published):
    page = page_for(language="en")
    page.goto("/en/questionnaire/dimensions/OPS/?sub_sector=pharma&size=large")

    page.locator("details", has=page.locator("a.term", has_text="MES")).locator("summary").click()
    page.get_by_role("link", name="MES").first.click()

    assert page.url.endswith("/en/glossary/#mes")
    assert page.locator("#mes").is_visible()


@pytest.mark.parametrize("name", ["pdf", "xlsx"])
def test_it_can_be_taken_away(page_for, published, name):
    page = page_for(language="en")
    page.goto("/en/questionnaire/?sub_sector=biotech&size=small")

    with page.expect_download() as download:
        page.locator(f"a[href*='questionnaire.{name}']").click()

    assert download.value.suggested_filename == f"csf-its-{FULL}.{name}"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_workbook_goes_out_and_comes_back_without_a_script(page_for, sign_in, axe, width, dark):
    person, colleague = make_user(name="Ada"), make_user(name="Grace")
    company = make_company(member=person, sub_sector="cdmo", activities=["manufacturing"])
    make_membership(company=company, user=colleague)
    assessment = make_assessment(company=company)
    page, reader = page_for(width=width, dark=dark, language="en", javascript=False), page_for(width=width, dark=dark)
    sign_in(page, person)
    sign_in(reader, person)
    page.goto(f"/en/assessments/{assessment.pk}/")
    page.get_by_role("link", name="Take the questions away in an Excel workbook").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the workbook").click()
    book = Book(download.value.path().read_bytes())
    book.fill("STR.VIS.1", "2")
    book.fill("OPS.CYB.2", "1", "answer")
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["0"]})

    send(page, book)
    assert page.get_by_role("heading", level=1).inner_text() == "What the workbook would change"
    check_accessible(reader, axe, assessment, book)
    page.get_by_label("Take the workbook’s answer").check()
    page.get_by_role("button", name="Agree and save").click()

    assert page.get_by_text("2 answers were saved.").is_visible()
    assert {code: value for code, (_state, value, *_notes) in stored(assessment).items()} == {
        "STR.VIS.1": {"choices": ["2"]},
        "OPS.CYB.2": {"choices": ["1"]},
    }


def send(page, book):
    file = {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": book.saved()}
    page.get_by_label("Filled-in workbook").set_input_files(file)
    page.get_by_role("button", name="See what would change").click()


def check_accessible(page, axe, assessment, book):
    """Axe needs a script: the same pages again, in a browser that runs them; then with a bad cell, then with no file."""
    address = reverse("assessment_workbook", args=[assessment.pk])
    page.goto(address)
    axe(page)
    send(page, book)
    axe(page)
    broken = Book(io.BytesIO(book.saved()).getvalue())
    broken.fill("STR.VIS.1", "perhaps")
    page.goto(address)
    send(page, broken)
    axe(page)
    page.goto(address)
    page.get_by_role("button", name="See what would change").click()
    axe(page)

"""From submission to what others read: report, signed files, a link opened in a private window, the check page."""

from itertools import product

import pytest
from playwright.sync_api import expect

from assessment.models import ResultLink
from tests.factories import COMPLETE, answer, make_assessment, make_company, make_user

pytestmark = pytest.mark.browser

WORDS = {
    "en": {
        "submit": "Submit now",
        "sent": "Sent: your result is stored",
        "report": "Take the report to your board",
        "make": "Make the link",
        "revoke": "Revoke",
        "check": "Check",
        "genuine": "Genuine",
        "not": "Not genuine",
        "withdraw": "Withdraw the signed files",
        "sure": "Withdraw them",
        "withdrawn": "Signed by this site, then withdrawn",
    },
    "fr": {
        "submit": "Envoyer maintenant",
        "sent": "Envoyé : votre résultat est enregistré",
        "report": "Porter le rapport devant votre direction",
        "make": "Créer le lien",
        "revoke": "Révoquer",
        "check": "Vérifier",
        "genuine": "Authentique",
        "not": "Non authentique",
        "withdraw": "Retirer les fichiers signés",
        "sure": "Les retirer",
        "withdrawn": "Signé par ce site, puis retiré",
    },
}
LOOKS = list(product(["fr", "en"], [(320, True, True), (1280, False, False)]))


@pytest.fixture
def ada(transactional_db):
    return make_user(name="Ada", email="ada@company.example")


@pytest.fixture
def assessment(ada):
    assessment = make_assessment(company=make_company(member=ada, name="Éole"))
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=ada, question=question, value=value)
    return assessment


def downloaded(page, click):
    with page.expect_download() as download:
        click()
    return download.value


def check(page, words, file, verdict):
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name=words["check"], exact=True).click()
    expect(page.locator("#verdict-title")).to_have_text(verdict)


@pytest.mark.parametrize(("language", "look"), LOOKS)
def test_a_result_is_sent_shown_and_checked(page_for, sign_in, axe, ada, assessment, tmp_path, language, look):
    words, (width, dark, javascript) = WORDS[language], look
    shown = {"width": width, "dark": dark, "language": language, "javascript": javascript}
    page, stranger = page_for(**shown, tolerate=["404"]), page_for(**shown, tolerate=["404"])
    sign_in(page, ada)
    page.goto(f"/{language}/assessments/{assessment.pk}/submit/")
    page.get_by_role("button", name=words["submit"]).click()
    expect(page.locator("#sent-title")).to_have_text(words["sent"])
    if javascript:
        axe(page)

    page.get_by_role("link", name=words["report"]).click()
    report = downloaded(page, page.locator('a[href$="report.pdf"]').first.click)
    signed = downloaded(page, page.locator('a[href$="proof.json"]').first.click)
    address = make_link(page, words)
    if javascript:
        axe(page)
    read_by_a_stranger(stranger, address, axe if javascript else None)

    page.reload()
    page.get_by_role("button", name=words["revoke"]).click()
    assert stranger.goto(address).status == 404
    assert ResultLink.objects.get().openings == 1

    checked_by_a_stranger(stranger, words, language, tmp_path, report, signed, axe if javascript else None)
    page.get_by_role("link", name=words["withdraw"]).click()
    page.get_by_role("button", name=words["sure"], exact=True).click()
    check(stranger, words, tmp_path / "report.pdf", words["withdrawn"])


def make_link(page, words):
    page.get_by_role("textbox").fill("The bank")
    page.get_by_role("button", name=words["make"]).click()
    return page.locator("code.text-break").inner_text()


def read_by_a_stranger(page, address, axe):
    assert page.goto(address).status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Éole")
    if axe:
        axe(page)


def checked_by_a_stranger(page, words, language, folder, report, signed, axe):
    report.save_as(folder / "report.pdf")
    signed.save_as(folder / "result.json")
    content = (folder / "result.json").read_bytes()
    (folder / "changed.json").write_bytes(content.replace(b'"score":"', b'"score":"9', 1))
    page.goto(f"/{language}/check/")

    check(page, words, folder / "report.pdf", words["genuine"])
    if axe:
        axe(page)
    check(page, words, folder / "result.json", words["genuine"])
    check(page, words, folder / "changed.json", words["not"])
    if axe:
        axe(page)

"""Each page that links lead to: it exists, holds nothing inline, and names itself."""

import re

import pytest
from django.conf import settings

from tests.contract.records import store_real_contract
from tests.factories import answer, make_assessment, make_company, make_result, make_staff, make_version
from tests.look.crawl import crawl, is_page, read

ADMIN = ("/en/admin/", "/fr/admin/")


def wrong(pages):
    """Return what is wrong, page by page; a redirect is a page's right, and so is to say that nothing is published."""
    for address, response in pages.items():
        not_yet = "questionnaire/nothing_published.html" in {template.name for template in response.templates}
        if response.status_code not in {200, 302} and not not_yet:
            yield f"{address} answers {response.status_code}"
        elif is_page(response) and response.status_code != 302:
            yield from (f"{address} has {inline}" for inline in read(response).inline)
            yield from (f"{address}: {fault}" for fault in faults_of_frame(response.content.decode()))


def faults_of_frame(html):
    if len(re.findall(r"<h1[ >]", html)) != 1:
        yield "not one h1"
    if re.search(r"<title>\s*(–|\|)?\s*(–[^<]*)?</title>", html):
        yield "no title of its own"
    identifiers = re.findall(r'\sid="([^"]*)"', html)
    if len(identifiers) != len(set(identifiers)):
        yield "an id twice"


@pytest.mark.django_db
@pytest.mark.parametrize("with_data", [False, True], ids=["empty", "with data"])
def test_pages_for_visitors(client, with_data):
    if with_data:
        make_version()
        store_real_contract()

    pages = crawl(client, "/en/", "/fr/")

    assert {"/en/", "/fr/", "/en/legal/", "/fr/privacy/", "/en/accessibility/", "/en/account/login/"} <= set(pages)
    assert list(wrong(pages)) == []


@pytest.mark.django_db
def test_pages_for_somebody_with_companies(signed_in, person):
    fresh, company = make_company(member=person, name="Fresh"), make_company(member=person, name="Busy")
    result = make_result(company=company, by=person)
    assessment = make_assessment(company=company)
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})

    pages = crawl(signed_in, "/en/start/", leave_out=ADMIN)

    reached = {page.removeprefix("/en") for page in pages}
    assert {
        f"/companies/{fresh.pk}/assessments/start/",
        f"/companies/{company.pk}/assessments/",
        f"/assessments/{assessment.pk}/",
        result.get_absolute_url().removeprefix("/en"),
    } <= reached
    assert list(wrong(pages)) == []


@pytest.mark.django_db
@pytest.mark.ignore_template_errors  # of the libraries' own templates
def test_pages_of_the_administration_hold_nothing_inline(client, person):
    make_result(by=person)
    store_real_contract()
    client.force_login(make_staff())

    pages = crawl(client, "/en/admin/", below=("/en/admin/",), leave_out=("/en/admin/logout/",), with_queries=False)

    assert len(pages) > 20
    inline = {
        f"{address} has {found}" for address, page in pages.items() if is_page(page) for found in read(page).inline
    }
    assert inline == set()


@pytest.mark.django_db
def test_the_language_switch_leads_to_the_same_page(client):
    response = client.get("/en/account/login/?next=/en/start/")

    assert '<a href="/fr/account/login/?next=/en/start/" lang="fr" hreflang="fr"' in response.content.decode()


@pytest.mark.django_db
def test_the_demonstration_says_so_on_every_page(client, settings):
    plain = client.get("/en/").content.decode()
    settings.DEMO = True

    assert ('class="ribbon"' in plain, 'class="ribbon"' in client.get("/en/").content.decode()) == (False, True)


@pytest.mark.django_db
@pytest.mark.parametrize(("demonstration", "second_line"), [(True, "Disallow: /"), (False, "Disallow: /fr/admin/")])
def test_robots_find_public_pages_of_real_sites_only(client, settings, demonstration, second_line):
    settings.DEMO = demonstration

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[:2] == ["User-agent: *", second_line]


@pytest.mark.django_db
def test_legal_pages_say_what_is_still_to_be_stated(client, settings):
    settings.OPERATOR = dict.fromkeys(settings.OPERATOR, "") | {
        "name": "The operator",
        "contact": "us@operator.example",
    }

    html = client.get("/en/legal/").content.decode()

    assert re.findall(r"<dt>([^<]*)</dt>\s*<dd>\s*<span class=\"to-state\">([^<]*)</span>", html) == [
        ("Address", "Not stated yet by those who run this site."),
        ("Director of publication", "Not stated yet by those who run this site."),
        ("Host", "Not stated yet by those who run this site."),
    ]
    assert "OPERATOR" not in html
    assert '<a href="mailto:us@operator.example">us@operator.example</a>' in html


BASES = {
    "public_task": "a task carried out in the public interest (GDPR, article 6(1)(e)).",
    "legitimate_interests": (
        "the legitimate interest of the data controller in the digital progress of the sector (GDPR, article 6(1)(f))."
    ),
    "contract": "the service that you ask for by creating an account (GDPR, article 6(1)(b)).",
    "": '<span class="to-state">Not stated yet by those who run this site.</span>',
}


@pytest.mark.django_db
@pytest.mark.parametrize("basis", BASES)
def test_the_page_on_personal_data_names_its_legal_basis(client, settings, basis):
    settings.OPERATOR = settings.OPERATOR | {"legal_basis": basis}

    html = client.get("/en/privacy/").content.decode()

    assert re.findall(r"<p>The first two rest on:\s*(.*?)\s*</p>", html, re.DOTALL) == [BASES[basis]]


def test_each_legal_basis_that_can_be_set_has_its_sentence():
    assert set(BASES) == {"", *settings.LEGAL_BASES}


@pytest.mark.django_db
def test_the_page_on_personal_data_names_who_receives_it(client, settings):
    settings.OPERATOR = settings.OPERATOR | {
        "host": "Hébergeur Exemple, Lyon",
        "recipients": "Courriels Exemple, Lille",
    }

    html = client.get("/fr/privacy/").content.decode()

    assert re.findall(r"<dt>(Destinataires[^<]*)</dt>\s*<dd>\s*([^<]*?)\s*</dd>", html) == [
        ("Destinataires\u00a0: l’hébergeur", "Hébergeur Exemple, Lyon"),
        ("Destinataires\u00a0: autres sous-traitants", "Courriels Exemple, Lille"),
    ]

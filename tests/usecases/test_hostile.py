"""Whatever is typed into a use case executes nowhere: page, list, feed, sitemap, e-mail, admin, CSV."""

import xml.etree.ElementTree as ET

import pytest
from django.core import mail
from django.urls import reverse

from assessment.actions import usecases as actions
from assessment.forms.usecases import UseCaseForm
from assessment.models import Publication, UseCase
from tests.factories import make_company, make_staff, make_user
from tests.look.crawl import read
from tests.tables.corpus import FORMULAS
from tests.usecases.makers import WHOLE, consent, make_use_case

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}${7*7}",
    "x\r\nBcc: victim@example.org",
    "x\nSet-Cookie: a=b",
    "]]><script>alert(1)</script>",
    "<!--",
    "\u202eevil\u2028\u2029",
    "\x00\x08\x1b[31m",
    *FORMULAS,
]
TEXTS = [f"{name}_{language}" for name in UseCase.TEXTS for language in ["fr", "en"]]


def typed(use_case, payload):
    """Every text field of the form with the payload in it, through the form."""
    data = dict.fromkeys(TEXTS, payload)
    data |= {f"figure_0_{name}": payload for name, _label in UseCaseForm.figure_parts()}
    data |= {"capabilities": WHOLE["capabilities"], "links": payload, "contactable": "on"}
    form = UseCaseForm(data, instance=use_case)
    form.is_valid()
    return form.values()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_executes_anywhere(client, payload, django_capture_on_commit_callbacks):
    company = make_company(name=payload.replace("\x00", "") + " SA", member=(person := make_user()))
    use_case = make_use_case(company=company, by=person)
    plain = dict.fromkeys(["title_fr", "summary_fr", "problem_fr", "solution_fr"], "Plain")
    values = typed(use_case, payload)
    actions.edit(use_case=use_case, by=person, values=plain | {k: v for k, v in values.items() if v})
    reviewer = make_staff(group="administrator")
    with django_capture_on_commit_callbacks(execute=True):
        consent(use_case, by=person, company_name=True)
        actions.publish(use_case=use_case, by=reviewer)
        actions.comment(use_case=use_case, by=reviewer, text=payload.replace("\x00", ""))

    public = [use_case.get_absolute_url(), "/en/use-cases/", "/fr/use-cases/?q=plain"]
    pages = [client.get(address) for address in public]
    ET.fromstring(client.get(reverse("use_cases_feed")).content)
    ET.fromstring(client.get(reverse("sitemap")).content)
    client.force_login(person)
    pages += [client.get(reverse(name, args=[company.pk, use_case.pk])) for name in OWN]
    client.force_login(reviewer)
    pages += [client.get(reverse("admin:assessment_usecase_change", args=[use_case.pk]))]
    pages += [client.get(reverse("admin:assessment_usecase_changelist"))]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [read(page).inline for page in pages] == [[]] * len(pages)
    assert b"<img src=x" not in b"".join(page.content for page in pages)
    assert [(message.to, "\n" in message.subject) for message in mail.outbox] == [([person.email], False)] * 2
    assert all("Bcc" not in message.extra_headers for message in mail.outbox)


OWN = ["company_use_case", "company_use_case_edit"]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.example", "https://a b", "JaVaScRiPt:1"],
)
def test_a_link_leads_to_a_page_of_the_web_or_is_refused(link):
    form = UseCaseForm({"links": link}, instance=make_use_case())

    assert (form.is_valid(), form.values().get("links")) in [(False, None), (True, [f"https:{link}"])]


def test_more_fields_than_the_form_has_change_nothing(client):
    use_case = make_use_case()
    client.force_login(use_case.created_by)
    other = make_company(name="Other")

    client.post(
        reverse("company_use_case_edit", args=[use_case.company_id, use_case.pk]),
        {
            "seen": use_case.updated_at.isoformat(),
            "title_en": "Mine",
            "status": "published",
            "company": other.pk,
            "labelled_at": "2026-01-01",
            "position": 1,
            "first_published_at": "2026-01-01",
        },
    )

    use_case.refresh_from_db()
    assert (use_case.title_en, use_case.status, use_case.company_id != other.pk) == ("Mine", "draft", True)
    assert (use_case.labelled_at, use_case.position, use_case.first_published_at) == (None, None, None)
    assert not Publication.objects.exists()

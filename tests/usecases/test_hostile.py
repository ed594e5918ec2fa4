"""Whatever is typed into a use case executes nowhere: page, list, feed, sitemap, picture, e-mail, admin, CSV."""

import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from django import forms
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assessment.actions import usecases as actions
from assessment.actions.showcase import answer_interest, ask_for_contact, keep
from assessment.forms.review import ReviewForm
from assessment.forms.showcase import ContactForm, KeepForm
from assessment.forms.usecases import PictureForm, UseCaseForm
from assessment.models import Publication, SubSector, Technology, UseCase
from assessment.reports.showcase.share import drawn
from tests.factories import make_company, make_staff, make_user
from tests.look.crawl import read
from tests.usecases.corpus import MARKUP, PAYLOADS, TEMPLATES, WRITTEN
from tests.usecases.makers import consent, make_picture, make_published, make_use_case

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
TEXTS = [f"{name}_{language}" for name in UseCase.TEXTS for language in ["fr", "en"]]
PARTS = 12  # each runs on its own and holds every twelfth text, so some of each kind
SOME_OF_PARTS = [
    0,
    5,
    *(pytest.param(number, marks=pytest.mark.long) for number in range(PARTS) if number not in {0, 5}),
]
OF_LINES = {"p", "br"}  # as many as the text has lines


class Shape(HTMLParser):
    """The elements of a page and the names of their attributes: what no text may change."""

    def __init__(self):
        super().__init__()
        self.elements = []

    def handle_starttag(self, tag, attributes):
        if tag not in OF_LINES:
            self.elements.append((tag, *sorted(name for name, _value in attributes)))


def shape(response):
    parser = Shape()
    parser.feed(response.content.decode())
    return parser.elements


def part(payloads, number):
    return payloads[number::PARTS]


def cleaned(field, payload):
    """What the form's field leaves of it; plain words where it refuses it or nothing is left."""
    try:
        return field.clean(payload) or "Plain"
    except forms.ValidationError:
        return "Plain"


def values_of(payload):
    """Each text field of the form with the payload in it, or plain words where the field refuses it."""
    fields = UseCaseForm(instance=UseCase()).fields
    figure = {name: cleaned(fields[f"figure_0_{name}"], payload) for name, _label in UseCaseForm.figure_parts()}
    words = {
        name: {language: figure[f"{name}_{language}"] for language in ["fr", "en"]}
        for name in ["indicator", "unit", "period"]
    }
    return {
        **{name: cleaned(fields[name], payload) for name in TEXTS},
        "figures": [{**words, "before": figure["before"], "after": figure["after"]}],
    }


class Told:
    """A case with one text in every field that anybody fills in, and what others wrote of it; all of it published."""

    def __init__(self, payload, *, reviewer):
        self.reviewer = reviewer
        self.person, self.asker = make_user(), make_user()
        self.company, self.other = [
            make_company(name=cleaned(PictureForm().fields["alt"], payload), member=member)
            for member in [self.person, self.asker]
        ]
        self.case = make_use_case(company=self.company, by=self.person, **values_of(payload))
        make_picture(self.case, alt=cleaned(PictureForm().fields["alt"], payload))
        words = cleaned(ReviewForm(use_case=self.case, user=reviewer, eligible=False).fields["words"], payload)
        consent(self.case, by=self.person, company_name=True)
        actions.publish(use_case=self.case, by=reviewer)
        actions.comment(use_case=self.case, by=reviewer, text=words)
        self.case.refresh_from_db()
        actions.set_label(self.case, labelled_at=timezone.now(), label_reason=words)
        publication = Publication.objects.get(pk=self.case.pk)
        note = cleaned(KeepForm(user=self.asker).fields["note"], payload)
        message = cleaned(ContactForm(user=self.asker).fields["message"], payload)
        keep(publication=publication, company=self.other, by=self.asker, note=note)
        asked = ask_for_contact(publication=publication, company=self.other, by=self.asker, message=message)
        answer_interest(interest=asked, state="passed_on", answer=words)
        self.asked = asked

    def own(self, name):
        return reverse(name, args=[self.company.pk, self.case.pk])

    def pages(self, client):
        """As the visitor, the company that asks, the company that tells and the reviewer see it."""
        case = self.case.get_absolute_url()
        yield from self.seen(client, None, [case, "/en/use-cases/"])
        yield from self.seen(client, self.asker, [case, f"{case}contact/", self.list_of(self.other)])
        own = [self.own(name) for name in ["company_use_case", "company_use_case_edit"]]
        yield from self.seen(client, self.person, [*own, self.list_of(self.company)])
        change = reverse("admin:assessment_usecase_change", args=[self.case.pk])
        answer = reverse("admin:assessment_interest_change", args=[self.asked.pk])
        yield from self.seen(client, self.reviewer, [change, answer])

    def list_of(self, company):
        return reverse("company_use_cases", args=[company.pk])

    def seen(self, client, user, addresses):
        client.logout() if user is None else client.force_login(user)
        yield from (client.get(address) for address in addresses)


@pytest.fixture
def reviewer():
    return make_staff(group="administrator")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_corpus_is_large():
    assert (len(set(PAYLOADS)) == len(PAYLOADS), len(PAYLOADS) >= 250, len(MARKUP) >= 80) == (True, True, True)


@pytest.mark.parametrize("number", SOME_OF_PARTS)
def test_no_text_changes_a_page(client, reviewer, number, django_capture_on_commit_callbacks):
    """Every field with every text: each page keeps the elements and attributes that it has with plain words."""
    plain = [shape(page) for page in Told("Plain", reviewer=reviewer).pages(client)]
    Publication.objects.all().delete()

    for payload in part(WRITTEN, number):
        with django_capture_on_commit_callbacks(execute=True):
            told = Told(payload, reviewer=reviewer)
        pages = list(told.pages(client))

        assert (payload, [page.status_code for page in pages]) == (payload, [200] * len(pages))
        assert (payload, [read(page).inline for page in pages]) == (payload, [[]] * len(pages))
        assert (payload, [shape(page) for page in pages]) == (payload, plain)
        actions.withdraw(use_case=told.case, by=told.person)
    assert [message for message in mail.outbox if not is_plain(message)] == []


def is_plain(message):
    """One line of subject, no header but the usual ones, no other part than the text."""
    raw = message.message()
    names = {"Subject", "From", "To", "Date", "Message-ID", "Content-Type", "MIME-Version", "Content-Transfer-Encoding"}
    return len(message.subject.splitlines()) == 1 and set(raw.keys()) == names and not raw.is_multipart()


@pytest.mark.parametrize("number", range(2))
def test_every_list_holds_every_text(client, reviewer, number, django_assert_num_queries):
    """Many cases at once, each with another text: list, search, feed, sitemap, queue and table of the loop."""
    payloads = PAYLOADS[number::2]
    for payload in payloads:
        make_published(reviewer=reviewer, **values_of(payload))
    last = -(-len(payloads) // 12)

    pages = [client.get("/en/use-cases/", {"page": page}) for page in range(1, last + 1)]
    feed = ET.fromstring(client.get(reverse("use_cases_feed")).content)
    sitemap = ET.fromstring(client.get(reverse("sitemap")).content)
    client.force_login(reviewer)
    queue = reverse("admin:assessment_usecase_changelist")
    pages += [client.get(queue), client.get(queue, {"p": 2}), client.get(reverse("admin:assessment_usecase_funnel"))]
    table = client.get(reverse("admin:assessment_usecase_funnel_csv"))

    assert [page.status_code for page in [*pages, table]] == [200] * (last + 4)
    assert [read(page).inline for page in pages] == [[]] * (last + 3)
    assert sum(len(page.context["listing"].cases) for page in pages[:last]) == len(payloads)
    assert [{tag for tag, *_ in shape(page)} & DANGEROUS for page in pages[:last]] == [set()] * last
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 30
    assert len([node for node in sitemap.iter() if node.tag.endswith("loc") and "use-cases/" in node.text]) >= len(
        payloads
    )
    assert len(b"".join(table.streaming_content).splitlines()) == 9


DANGEROUS = {"iframe", "object", "embed", "base", "style", "img", "video", "audio", "math", "template", "marquee"}


def dangerous(page):
    return [tag for tag, *_ in shape(page) if tag in DANGEROUS]


@pytest.mark.parametrize("number", SOME_OF_PARTS)
def test_no_question_to_a_list_changes_it(client, reviewer, number):
    """Every text as words, facet, order and page of the showcase, and as words of the queue."""
    make_published()
    client.force_login(reviewer)
    own = dangerous(client.get("/en/use-cases/"))
    for payload in part(PAYLOADS, number):
        for asked in [{"q": payload}, {"capabilities": payload, "sort": payload, "page": payload}]:
            page = client.get("/en/use-cases/", asked)
            assert (payload, page.status_code, read(page).inline) == (payload, 200, [])
            assert (payload, dangerous(page)) == (payload, own)
        queue = client.get(reverse("admin:assessment_usecase_changelist"), {"q": payload})
        assert (payload, queue.status_code in {200, 302}, read(queue).inline) == (payload, True, [])


@pytest.mark.parametrize("payload", [*TEMPLATES, MARKUP[0], "\x00", "a" * 140])
def test_the_shared_picture_draws_words_and_runs_none(payload):
    longest = " · ".join(sorted(map(str, [*SubSector.labels, *Technology.labels]), key=len)[-4:])

    picture = drawn(json.dumps({"title": payload, "site": "Site", "kind": "Case", "about": longest}))

    assert picture[:8] == b"\x89PNG\r\n\x1a\n"  # one page: several would be a list


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

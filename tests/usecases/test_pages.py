"""A company's own pages: writing without losing a word, reading before consenting, taking back in one click."""

import html
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions import usecases as actions
from assessment.maturity.fingerprints import fingerprint_of
from assessment.models import Publication, UseCase
from assessment.rules.usecases import content_of
from tests.factories import make_company, make_membership, make_staff, make_user
from tests.usecases.makers import consent, make_published, make_use_case

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def case(company, person):
    return make_use_case(company=company, by=person)


def address(name, use_case, *more):
    return reverse(name, args=[use_case.company_id, use_case.pk, *more])


def edit_data(client, use_case, **changed):
    """What the browser would send: every field as the page shows it."""
    form = client.get(address("company_use_case_edit", use_case)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**shown, **changed}.items() if value not in (None, False)}


def test_a_draft_saves_itself(signed_in, case):
    data = edit_data(signed_in, case, title_en="A better title")

    response = signed_in.post(address("company_use_case_edit", case), data, headers=HTMX)

    case.refresh_from_db()
    assert case.title_en == "A better title"
    assertContains(response, "Saved at")
    again = signed_in.post(
        address("company_use_case_edit", case), {**data, "read_at": read_at_in(response)}, headers=HTMX
    )
    assertContains(again, "Saved at")


def read_at_in(response):
    return html.unescape(re.search(r'name="read_at" value="([^"]*)"', response.content.decode())[1])


def test_one_bad_field_keeps_no_other_from_being_saved(signed_in, case):
    data = edit_data(signed_in, case, title_en="A better title", links="javascript:alert(1)")

    response = signed_in.post(address("company_use_case_edit", case), data, headers=HTMX)

    case.refresh_from_db()
    assert (case.title_en, case.links) == ("A better title", [])
    assertContains(response, "Saved, except:")


def test_without_a_script_an_error_keeps_the_text(signed_in, case):
    data = edit_data(signed_in, case, problem_en="x" * 3001)

    response = signed_in.post(address("company_use_case_edit", case), data)

    assertContains(response, "x" * 3001)
    assertContains(response, "Error: Write a use case")


def test_saving_an_unchanged_page_changes_nothing(signed_in, case):
    before = UseCase.objects.values().get(pk=case.pk)

    response = signed_in.post(address("company_use_case_edit", case), edit_data(signed_in, case))

    assertRedirects(response, address("company_use_case_edit", case))
    assert UseCase.objects.values().get(pk=case.pk) == before


def test_a_colleagues_change_is_not_undone(signed_in, case):
    data = edit_data(signed_in, case, title_en="Mine")
    actions.edit(use_case=case, by=make_user(), values={"summary_en": "Theirs"})

    response = signed_in.post(address("company_use_case_edit", case), data, headers=HTMX)

    case.refresh_from_db()
    assert (response.status_code, case.summary_en, case.title_en) == (409, "Theirs", "Batch traceability by sensors")


def test_what_is_missing_is_said_before_consenting(signed_in, person, company):
    draft = actions.start(company=company, by=person)

    response = signed_in.get(address("company_use_case_preview", draft))

    assert [str(name) for name in response.context["missing"]] == [
        "title",
        "summary",
        "the problem",
        "what was done",
        "capabilities",
    ]
    assertNotContains(response, "Consent and send")


def test_the_preview_shows_the_page_that_is_published(signed_in, case, client):
    scope = {"company_name": "on", "figures": "on"}
    preview = signed_in.get(address("company_use_case_preview", case), scope).content.decode()
    sha256 = fingerprint_of(content_of(case, scope={"company_name": True, "figures": True}))
    signed_in.post(address("company_use_case_preview", case), {**scope, "sha256": sha256, "agreed": "on"})
    actions.publish(use_case=case, by=make_staff(group="reviewer"))

    page = signed_in.get(case.get_absolute_url()).content.decode()

    assert article(page) == article(preview)
    assert "Acme" in article(page)


def article(page):
    return page[page.index("<article") : page.index("</article>")]


def test_nothing_is_ticked_for_the_company(signed_in, case):
    response = signed_in.get(address("company_use_case_preview", case))

    assert [field.value() for field in response.context["scope_form"]] == [False, False, False, False]
    assertNotContains(response, "checked")


def test_consent_is_to_what_was_read(signed_in, case):
    shown = signed_in.get(address("company_use_case_preview", case)).context["consent_form"]["sha256"].value()
    actions.edit(use_case=case, by=make_user(), values={"title_en": "Changed behind"})

    response = signed_in.post(address("company_use_case_preview", case), {"sha256": shown, "agreed": "on"})

    assertContains(response, "Read it again before you consent")
    assert not case.consents.exists()


def test_a_wider_scope_than_was_read_is_not_consented_to(signed_in, case):
    shown = signed_in.get(address("company_use_case_preview", case)).context["consent_form"]["sha256"].value()

    signed_in.post(address("company_use_case_preview", case), {"sha256": shown, "agreed": "on", "company_name": "on"})

    assert not case.consents.exists()


def test_without_the_tick_there_is_no_consent(signed_in, case):
    shown = signed_in.get(address("company_use_case_preview", case)).context["consent_form"]["sha256"].value()

    response = signed_in.post(address("company_use_case_preview", case), {"sha256": shown})

    assertContains(response, "Tick this to consent.")
    assert not case.consents.exists()


def test_withdrawing_takes_one_click(signed_in, company, person):
    published = make_published(company=company, by=person)

    signed_in.post(address("company_use_case_withdraw", published))

    assert not Publication.objects.exists()
    assertContains(signed_in.get(address("company_use_case", published)), "Consent withdrawn")


def test_a_contributor_writes_but_a_manager_consents(client, case):
    colleague = make_user()
    make_membership(company=case.company, user=colleague, role="contributor")
    client.force_login(colleague)
    sha256 = fingerprint_of(content_of(case))

    client.post(address("company_use_case_preview", case), {"sha256": sha256, "agreed": "on"})

    assert not case.consents.exists()
    assert client.get(address("company_use_case_edit", case)).status_code == 200
    assert client.post(address("company_use_case_withdraw", case)).status_code == 404


def test_a_reader_reads(client, case):
    reader = make_user()
    make_membership(company=case.company, user=reader, role="reader")
    client.force_login(reader)

    assert client.get(address("company_use_case", case)).status_code == 200
    assert client.get(address("company_use_case_edit", case)).status_code == 404


@pytest.mark.parametrize(
    "name", ["company_use_case", "company_use_case_edit", "company_use_case_preview", "company_use_cases"]
)
def test_somebody_else_gets_404(client, case, name):
    client.force_login(make_user())
    place = reverse(name, args=[case.company_id]) if name == "company_use_cases" else address(name, case)

    assert client.get(place).status_code == 404


@pytest.mark.parametrize("name", ["company_use_case_withdraw", "company_use_case_delete", "company_use_case_picture"])
def test_somebody_else_does_nothing(client, company, person, name):
    published = make_published(company=company, by=person)
    client.force_login(make_user())

    assert client.post(address(name, published)).status_code == 404
    assert Publication.objects.visible().count() == 1


def test_a_case_under_a_company_of_ones_own_is_still_not_found(client, case):
    other = make_user()
    own = make_company(member=other, name="Own")
    client.force_login(other)

    assert client.get(reverse("company_use_case", args=[own.pk, case.pk])).status_code == 404


def test_a_foreign_result_prefills_nothing(signed_in, company):
    signed_in.post(reverse("company_use_case_start", args=[company.pk]), {"result": "x", "capability": "OPS.CYB"})

    draft = company.use_cases.get()
    assert (draft.result, draft.capabilities) == (None, [])


@pytest.mark.parametrize("case_count", [1, 3])
def test_the_list_of_a_company_costs_eight_queries(signed_in, company, person, django_assert_num_queries, case_count):
    for _ in range(case_count):
        make_use_case(company=company, by=person)

    with django_assert_num_queries(8):  # session, user, company, role, cases, bookmarks, sent, received
        signed_in.get(reverse("company_use_cases", args=[company.pk]))


def test_deleting_erases_case_and_consents(signed_in, company, person):
    published = make_published(company=company, by=person)

    signed_in.post(address("company_use_case_delete", published))

    assert (UseCase.objects.count(), Publication.objects.count()) == (0, 0)


def test_a_submitted_case_is_not_previewed_again(signed_in, case):
    consent(case)

    assertRedirects(signed_in.get(address("company_use_case_preview", case)), address("company_use_case", case))

"""Whatever staff read of a named company is on record for the company: each page, or nothing of it is shown."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.access import record_reading
from assessment.actions.reopenings import ask
from assessment.actions.showcase import ask_for_contact
from assessment.admin.recorded import RecordsReadings
from assessment.models import Assessment, Campaign, Company, Invitation, Membership, Result, StaffAccess, UseCase, User
from tests.exchange.conftest import submitted
from tests.factories import (
    COMPLETE,
    NOON,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_staff,
    make_user,
    make_version,
)
from tests.usecases.makers import consent, make_picture, make_published, make_use_case

pytestmark = pytest.mark.django_db
LIST = "/en/admin/assessment/result/"
COLUMNS = ["company", "submitted on", "sub-sector", "size", "version"]
BEST = COMPLETE | {"STR.VIS.1": {"choices": ["3"]}, "OPS.CYB.1": {"choices": ["backup", "drill"]}}


def on_record(company):
    return [(access.kind, access.reason) for access in StaffAccess.objects.concerning(company)]


def columns(response):
    return [str(column["text"]) for column in response.context["cl"].headers()]


@pytest.fixture
def two(db):
    return [submitted(company=make_company(name=name), answers=COMPLETE, at=NOON) for name in ["Acme", "Bolt"]]


# --- Results ----------------------------------------------------------------------------------------------------------


def test_the_list_shows_no_figure_until_it_is_asked_for(desk, two):
    response = desk.get(LIST)

    assert columns(response) == COLUMNS
    assertNotContains(response, str(two[0].score))
    assert on_record(two[0].company) == []


@pytest.mark.parametrize(
    "asked",
    [
        "level=2",
        "level__gte=2",
        "score__gte=10",
        "score=50.0",
        "low__lt=99",
        "node_scores__score__gte=1",
        "capability=OPS.CYB",
    ],
)
def test_nor_does_a_filter_of_the_address_tell_one(desk, two, asked):
    response = desk.get(f"{LIST}?q=Acme&{asked}")

    assert (columns(response), len(response.context["cl"].result_list)) == (COLUMNS, 1)
    assert response.context["cl"].left_out == [asked]


@pytest.mark.parametrize("asked", ["o=3", "o=-3", "o=4", "_facets=True"])
def test_nor_does_the_order(desk, two, asked):
    submitted(company=make_company(name="Core"), answers=BEST, at=NOON + timedelta(days=1))

    response = desk.get(f"{LIST}?{asked}")

    assertNotContains(response, "Emerging")
    assert columns(response) == COLUMNS


def test_figures_are_shown_for_a_reason(desk):
    refused = desk.post(f"{LIST}figures/", {"reason": "  "})
    shown = desk.post(f"{LIST}figures/", {"reason": "Yearly review"})

    assert refused.context["form"].errors == {"reason": ["This field is required."]}
    assertRedirects(shown, LIST)
    assertContains(desk.get(LIST), "Yearly review")


def test_each_page_with_figures_is_on_record_with_its_reason(figures, two):
    elsewhere = make_company(name="Elsewhere")

    figures.get(LIST, {"q": "Acme"})

    assert [on_record(company) for company in [two[0].company, two[1].company, elsewhere]] == [
        [("figures", "Yearly review")],
        [],
        [],
    ]
    assert StaffAccess.objects.get().filters == {"search": True}


@pytest.mark.parametrize("page", [LIST, f"{LIST}export/"])
def test_what_the_level_leaves_out_of_a_search_is_read_as_well(figures, two, page):
    response = figures.get(page, {"q": "Acme", "level": "3"})

    assert response.context["cl"].result_count == 0
    assert on_record(two[0].company) == [("figures", "Yearly review")]
    assert on_record(two[1].company) == []


def test_the_log_does_not_tell_the_level_again(figures, two):
    figures.get(LIST, {"level": "1"})

    assert StaffAccess.objects.get().filters == {"level": True}


def test_figures_are_hidden_again(figures, two):
    figures.post(f"{LIST}figures/", {"hide": "1"})

    assertNotContains(figures.get(LIST), str(two[0].score))
    assert on_record(two[0].company) == []


def test_the_next_person_at_the_same_browser_gives_an_own_reason(figures, two):
    figures.logout()
    figures.force_login(make_staff(group="reviewer"))

    assertNotContains(figures.get(LIST), str(two[0].score))


@pytest.mark.parametrize(("group", "status"), [("reader", 403), ("editor", 403), ("reviewer", 200)])
def test_who_may_ask_for_figures(client, group, status):
    client.force_login(make_staff(group=group))

    assert client.get(f"{LIST}figures/").status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_without_figures_the_list_costs_nine_queries(desk, number, django_assert_num_queries):
    for _ in range(number):
        make_result()
    desk.get(LIST)

    # session, user, own permissions and the groups'; versions and campaigns; how many results, which, the rows
    with django_assert_num_queries(9):
        desk.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_narrowed_by_level_it_costs_twelve(figures, number, django_assert_num_queries):
    level = [make_result() for _ in range(number)][0].level
    figures.get(LIST)

    with django_assert_num_queries(12):  # with figures eleven, and what the level leaves out
        figures.get(LIST, {"level": level})


# --- All else that belongs to a company -------------------------------------------------------------------------------


def case(person, company):
    use_case = make_use_case(company=company, by=person)
    consent(use_case)
    return use_case


def interest(person, company):
    return ask_for_contact(publication=make_published().publication, company=company, by=person, message="How?")


def reopening(person, company):
    return ask(assessment=make_result(company=company, by=person).assessment, reason="Wrong figure.", by=person)


ROWS = {
    "company": (lambda person, company: company, "company"),
    "user": (lambda person, company: person, "person"),
    "usecase": (case, "use_case"),
    "interest": (interest, "interest"),
    "reopening": (reopening, "reopening"),
}


@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("model", ROWS)
def test_opening_a_row_of_a_company_is_on_record(client, person, model, page):
    make, kind = ROWS[model]
    company = make_company(member=person)
    row = make(person, company)
    client.force_login(make_staff(group="administrator"))

    response = client.get(reverse(f"admin:assessment_{model}_{page}", args=[row.pk]))

    assert (response.status_code, on_record(company)) == (200, [(kind, "")])


@pytest.mark.parametrize("model", ["company", "user"])
def test_so_is_the_page_that_asks_before_deleting(client, person, model):
    make, kind = ROWS[model]
    company = make_company(member=person)
    make_membership(company=company, user=make_user(), role="manager")
    client.force_login(make_staff(group="administrator"))

    client.get(reverse(f"admin:assessment_{model}_delete", args=[make(person, company).pk]))

    assert on_record(company) == [(kind, "")]


@pytest.mark.parametrize(
    ("model", "kind"), [("usecase", "use_cases"), ("interest", "interests"), ("reopening", "reopenings")]
)
def test_a_list_of_what_companies_sent_is_on_record_for_those_on_the_page(desk, person, model, kind):
    company, elsewhere = make_company(member=person), make_company(name="Elsewhere")
    ROWS[model][0](person, company)

    desk.get(reverse(f"admin:assessment_{model}_changelist"), {"q": "Acme"})
    desk.get(reverse(f"admin:assessment_{model}_changelist"), {"q": "Nobody"})

    assert (on_record(company), on_record(elsewhere)) == ([(kind, "")], [])


def test_what_is_refused_is_not_read(client, person):
    company = make_company(member=person)
    use_case = make_use_case(company=company, by=person)
    client.force_login(make_staff(group="reader"))

    statuses = [
        client.get(reverse("admin:assessment_usecase_change", args=[use_case.pk])).status_code,
        client.get(reverse("admin:assessment_usecase_changelist")).status_code,
    ]

    assert (statuses, on_record(company)) == ([403, 403], [])


@pytest.mark.parametrize("asked", ["", "q=Secret", "q=Acme+Secret", "investment__exact=under_10&q=Acme"])
def test_a_list_tells_nothing_of_a_draft(desk, person, asked):
    make_use_case(company=make_company(member=person), by=person, title_en="Secret plan", investment="under_10")

    response = desk.get(f"{reverse('admin:assessment_usecase_changelist')}?{asked}")

    assertNotContains(response, "Secret plan")
    assert len(response.context["cl"].result_list) == (0 if asked else 1)


def test_a_case_that_was_sent_is_found_by_its_title(desk, person):
    use_case = make_use_case(company=make_company(member=person), by=person, title_en="Open plan")
    consent(use_case)

    response = desk.get(reverse("admin:assessment_usecase_changelist"), {"q": "open"})

    assertContains(response, "Open plan")


def test_a_picture_of_a_draft_is_part_of_a_reading(desk, person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    company = make_company(member=person)
    picture = make_picture(make_use_case(company=company, by=person))
    address = reverse("use_case_picture", args=[picture.pk])

    answers = [desk.get(address), desk.get(address)]
    statuses = [answer.status_code for answer in answers if b"".join(answer)]

    assert (statuses, on_record(company)) == ([200, 200], [("use_case", "")])


def test_an_editor_is_not_told_who_answered_a_campaign(client):
    campaign = Campaign.objects.create(
        title="Spring", version=make_version(), opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 1)
    )
    make_assessment(company=make_company(name="Acme"), campaign=campaign)
    client.force_login(make_staff(group="editor"))

    response = client.post(
        reverse("admin:assessment_campaign_changelist"), {"action": "delete_selected", "_selected_action": campaign.pk}
    )

    assertContains(response, "1 assessment of “Spring”")
    assertNotContains(response, "Acme")


def test_the_log_names_the_company(client, person):
    client.force_login(make_staff(group="administrator"))
    record_reading(kind="company", companies=[make_company(name="Acme").pk], by=person)
    record_reading(kind="use_cases", companies=[make_company().pk, make_company().pk], by=person)

    page = client.get(reverse("admin:assessment_staffaccess_changelist"))
    searched = client.get(reverse("admin:assessment_staffaccess_changelist"), {"q": "Acme"})

    assertContains(page, '<td class="field-company">Acme</td>', count=1)
    assertContains(page, '<td class="field-company">2 companies</td>', count=1)
    assert [access.kind for access in searched.context["cl"].result_list][-1] == "company"


# --- What is registered later -----------------------------------------------------------------------------------------


def of_company(model):
    """Whether a row is a company, or belongs to one or to what does."""
    owners = {field.related_model for field in model._meta.get_fields() if field.many_to_one}
    return model is Company or bool(owners & {Company, Assessment, Result, UseCase})


def test_no_admin_shows_a_row_of_a_company_without_a_record():
    shown = {model: options for model, options in admin.site._registry.items() if of_company(model)}
    unrecorded = [model for model, options in shown.items() if not isinstance(options, RecordsReadings)]

    assert [model.__name__ for model in unrecorded] == ["Result"]  # whose pages do so themselves, above


def test_no_form_of_the_administration_moves_a_row_to_another_company():
    request = RequestFactory().get("/")
    request.user = make_user(is_staff=True, is_superuser=True)
    doors = {Assessment, Company, User, Membership, Invitation}

    opened = [
        (model.__name__, name)
        for model, options in admin.site._registry.items()
        if model._meta.app_label == "assessment"
        for name, field in options.get_form(request, None, change=True).base_fields.items()
        if getattr(getattr(field, "queryset", None), "model", None) in doors
    ]

    assert opened == []

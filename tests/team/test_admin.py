import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.actions import team
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_staff())
    return client


def page_of(company):
    return reverse("admin:assessment_company_change", args=[company.pk])


def test_staff_read_who_was_invited_and_no_token(desk, company, person):
    invitation = team.invite(company=company, email="bob@company.example", role="reader", by=person)

    page = desk.get(page_of(company))

    assertContains(page, "bob@company.example")
    assertContains(page, invitation.token_hash, count=0)
    assertContains(page, 'name="invitations-0-email"', count=0)


def test_saving_a_company_leaves_its_invitations(desk, company, person):
    invitation = team.invite(company=company, email="bob@company.example", role="reader", by=person)
    page = desk.get(page_of(company))
    forms = [page.context["adminform"].form, *(f for s in page.context["inline_admin_formsets"] for f in s.formset)]
    managed = [s.formset.management_form for s in page.context["inline_admin_formsets"]]
    data = {
        field.html_name: "" if field.value() is None else field.value() for form in [*forms, *managed] for field in form
    }

    response = desk.post(page_of(company), data | {"name": "Acme 2", "invitations-0-email": "eve@company.example"})

    invitation.refresh_from_db()
    company.refresh_from_db()
    assert (response.status_code, company.name, invitation.email) == (302, "Acme 2", "bob@company.example")


@pytest.mark.parametrize("invitation_count", [1, 3])
def test_the_page_costs_the_same_whatever_the_number_of_invitations(
    desk, company, person, django_assert_num_queries, invitation_count
):
    for number in range(invitation_count):
        team.invite(company=company, email=f"person{number}@company.example", role="reader", by=person)

    desk.get(page_of(company))  # content types, once a process

    # session, user, own permissions and the groups'; company, invitations, members, their people and company; a choice;
    # the record of it
    with django_assert_num_queries(12):
        desk.get(page_of(company))

"""Every member may leave a company by themselves; the last manager hands over first."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.models import Answer, Assignment, IndividualAnswer, Membership
from tests.factories import answer, make_assessment, make_company, make_membership, make_user
from tests.people.makers import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return make_company(member=make_user(name="Grace"))


def page(company):
    return reverse("company_leave", args=[company.pk])


@pytest.mark.parametrize("role", ["manager", "contributor", "reader"])
def test_a_member_leaves_and_no_longer_sees_the_company(signed_in, person, company, role):
    make_membership(company=company, user=person, role=role)

    response = signed_in.post(page(company), follow=True)

    assertRedirects(response, reverse("start"))
    assert said(response) == ["You are no longer a member of Acme."]
    assert signed_in.get(reverse("company", args=[company.pk])).status_code == 404


def test_what_they_answered_stays_under_their_name_and_nothing_is_asked_of_them(signed_in, person, company):
    make_membership(company=company, user=person)
    assessment = make_assessment(company=company)
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    IndividualAnswer.objects.create(assessment=assessment, user=person, question="STR.VIS.1", state="answered")
    Assignment.objects.create(assessment=assessment, dimension="STR", user=person)

    signed_in.post(page(company))

    assert (Answer.objects.get().saved_by, IndividualAnswer.objects.get().user) == (person, person)
    assert Assignment.objects.count() == 0


def test_looking_at_the_page_leaves_nothing(signed_in, person, company):
    make_membership(company=company, user=person)

    assert [signed_in.get(page(company)).status_code, signed_in.head(page(company)).status_code] == [200, 200]
    assert Membership.objects.filter(user=person).exists()


def test_the_last_manager_stays(signed_in, person):
    company = make_company(member=person)
    make_membership(company=company, user=make_user())

    response = signed_in.post(page(company), follow=True)

    assertRedirects(response, reverse("company", args=[company.pk]))
    assert said(response) == ["A company keeps at least one manager: first make another member manager."]
    assert Membership.objects.filter(user=person).exists()


def test_someone_else_gets_404(signed_in, company):
    assert [signed_in.get(page(company)).status_code, signed_in.post(page(company)).status_code] == [404, 404]


def test_the_company_offers_to_leave_where_somebody_remains(signed_in, person, company):
    make_membership(company=company, user=person, role="reader")
    alone = make_company(member=person, name="Alone")

    assertContains(signed_in.get(reverse("company", args=[company.pk])), f'href="{page(company)}"', count=1)
    assertNotContains(signed_in.get(reverse("company", args=[alone.pk])), page(alone))


@pytest.mark.parametrize(("role", "name"), [("contributor", "assessment_resume"), ("reader", "assessment")])
def test_the_company_leads_to_answering_or_reading(signed_in, person, company, role, name):
    make_membership(company=company, user=person, role=role)
    assessment = make_assessment(company=company)

    response = signed_in.get(reverse("company", args=[company.pk]))

    assertContains(response, f'class="btn btn-primary" href="{reverse(name, args=[assessment.pk])}"', count=1)

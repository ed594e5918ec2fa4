"""A company sees which staff read its results, when and why."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.actions.access import record_export, record_view
from assessment.models import Membership, Result
from tests.factories import make_company, make_membership, make_result, make_staff, make_user


@pytest.fixture
def company(person):
    return make_company(member=person)


def page_of(company):
    return reverse("company_accesses", args=[company.pk])


def test_it_says_who_read_what_when_and_why(signed_in, person, company):
    result = make_result(company=company, by=person)
    reviewer = make_staff(group="reviewer", email="reviewer@csf.example")
    record_view(result=result, by=reviewer)
    record_export(results=Result.objects.all(), by=reviewer, reason="Yearly report", format="csv")
    record_export(results=Result.objects.none(), by=reviewer, reason="Of others", format="csv")

    page = signed_in.get(page_of(company)).context["page"]

    assert [(str(access.by), access.get_kind_display(), access.reason) for access in page] == [
        ("reviewer@csf.example", "scores exported", "Yearly report"),
        ("reviewer@csf.example", "result opened", ""),
    ]


def test_before_anybody_read_it_says_so(signed_in, company):
    assertContains(signed_in.get(page_of(company)), "Nobody of the committee has read anything of your company so far.")


@pytest.mark.parametrize("role", Membership.Role.values)
def test_every_member_may_look(signed_in, person, role):
    assert signed_in.get(page_of(make_company(member=person, role=role))).status_code == 200


def test_someone_else_gets_404(signed_in, company):
    colleague = make_user()
    other = make_company(name="Other")
    make_membership(company=other, user=colleague)

    assert signed_in.get(page_of(other)).status_code == 404


def test_without_a_session_one_signs_in_first(client, company):
    assert client.get(page_of(company)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_six_queries(signed_in, person, company, django_assert_num_queries, count):
    result = make_result(company=company, by=person)
    for _number in range(count):
        record_view(result=result, by=make_staff(group="reviewer"))

    with django_assert_num_queries(
        6
    ):  # session, user, company, how many, the accesses with their authors, members changed
        signed_in.get(page_of(company))

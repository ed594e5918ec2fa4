import threading

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from assessment.actions import people
from assessment.models import Membership
from tests.factories import make_company, make_membership, make_user
from tests.people.makers import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def colleague(company):
    return make_membership(company=company, user=make_user(email="bob@company.example"), role="contributor")


def page_of(membership, name="member_edit"):
    return reverse(name, args=[membership.company_id, membership.pk])


def test_a_manager_makes_another_manager(signed_in, company, colleague):
    answer = signed_in.post(page_of(colleague), {"role": "manager"})

    assertRedirects(answer, reverse("company", args=[company.pk]))
    colleague.refresh_from_db()
    assert colleague.role == "manager"


def test_the_last_manager_stays_manager(signed_in, company, colleague):
    mine = company.memberships.get(role="manager")

    answer = signed_in.post(page_of(mine), {"role": "reader"})

    assert answer.context["form"].errors == {
        "role": ["A company keeps at least one manager: first make another member manager."]
    }
    mine.refresh_from_db()
    assert mine.role == "manager"


def test_a_second_manager_may_step_back(signed_in, company, colleague):
    people.change_role(membership=colleague, role="manager", by=colleague.user)

    signed_in.post(page_of(company.memberships.exclude(pk=colleague.pk).get()), {"role": "contributor"})

    assert sorted(company.memberships.values_list("role", flat=True)) == ["contributor", "manager"]


def test_a_removed_member_no_longer_sees_the_company(signed_in, client, company, colleague):
    answer = signed_in.post(page_of(colleague, "member_remove"))
    client.force_login(colleague.user)

    assertRedirects(answer, reverse("company", args=[company.pk]), fetch_redirect_response=False)
    assert client.get(reverse("company", args=[company.pk])).status_code == 404


def test_the_last_manager_cannot_leave(signed_in, company, colleague):
    mine = company.memberships.get(role="manager")

    answer = signed_in.post(page_of(mine, "member_remove"), follow=True)

    assert said(answer) == ["A company keeps at least one manager: first make another member manager."]
    assert Membership.objects.filter(pk=mine.pk).exists()


def test_a_manager_who_leaves_arrives_at_the_start(signed_in, company, colleague):
    people.change_role(membership=colleague, role="manager", by=colleague.user)

    answer = signed_in.post(page_of(company.memberships.exclude(pk=colleague.pk).get(), "member_remove"))

    assertRedirects(answer, reverse("start"), fetch_redirect_response=False)


def test_a_changed_role_is_in_the_security_log_once_it_is_true(
    company, colleague, person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as noted:
        people.change_role(membership=colleague, role="manager", by=person)

    assert [(note.args, note.keywords) for note in noted] == [
        (
            ("role_changed",),
            {"company": str(company.pk), "user": colleague.user_id, "role": "manager", "by": person.pk},
        )
    ]


def test_removing_takes_a_post(signed_in, colleague):
    assert signed_in.get(page_of(colleague, "member_remove")).status_code == 405


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_two_managers_who_leave_at_once_leave_one():
    company = make_company()
    managers = [make_membership(company=company, user=make_user(), role="manager") for _ in range(2)]
    refused, start = [], threading.Barrier(2)

    def leave(membership):
        start.wait()
        try:
            people.remove_member(membership=membership, by=membership.user)
        except people.LastManagerError:
            refused.append(membership)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[membership]) for membership in managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(refused), company.memberships.count()) == (1, 1)

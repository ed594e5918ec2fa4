"""Members whom staff let in, put out or give another role: with a reason, on record, and told to the managers."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.actions import people, team
from assessment.models import Assignment, MemberChange, StaffAccess
from tests.factories import make_assessment, make_company, make_membership, make_staff, make_user
from tests.people.test_admin import NO_INVITATIONS, PROFILE, member_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_staff(group="administrator", email="admin@csf.example")
    client.force_login(user)
    return user


@pytest.fixture
def company(person):
    return make_company(member=person)


def page_of(company):
    return reverse("admin:assessment_company_change", args=[company.pk])


def with_new(company, user, role="manager", **changed):
    rows = member_rows(company)
    count = rows["memberships-TOTAL_FORMS"]
    new = {"id": "", "company": str(company.pk), "user": user.pk, "role": role}
    rows |= {f"memberships-{count}-{name}": value for name, value in new.items()}
    return PROFILE | rows | {"memberships-TOTAL_FORMS": count + 1} | changed


def on_record(company):
    return [
        (access.kind, access.by, access.reason, [(c.user, c.before, c.after) for c in access.member_changes.all()])
        for access in StaffAccess.objects.concerning(company).filter(kind__in=["members", "colleague"])
    ]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_an_administrator_who_lets_herself_in_is_on_record_and_told_of(
    client, administrator, company, person, committed
):
    with committed():
        client.post(page_of(company), with_new(company, administrator))

    assert on_record(company) == [("members", administrator, "Asked by its director", [(administrator, "", "manager")])]
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_without_a_reason_nobody_is_let_in_and_nothing_typed_is_lost(client, administrator, company):
    response = client.post(page_of(company), with_new(company, administrator, member_reason=" ", name="Renamed"))

    assert response.context["inline_admin_formsets"][0].formset.non_form_errors() == [
        "Say above why members are changed: the company’s managers are told."
    ]
    assert response.context["adminform"].form["name"].value() == "Renamed"
    assert (company.memberships.count(), on_record(company)) == (1, [])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({"memberships-1-role": "manager"}, ("reader", "manager")), ({"memberships-1-DELETE": "on"}, ("reader", ""))],
)
def test_a_role_changed_or_ended_is_too(client, administrator, company, person, changed, expected, committed):
    reader = make_user()
    make_membership(company=company, user=reader, role="reader")

    refused = client.post(page_of(company), PROFILE | member_rows(company, member_reason="", **changed))
    with committed():
        client.post(page_of(company), PROFILE | member_rows(company, **changed))

    assert refused.status_code == 200
    assert on_record(company) == [("members", administrator, "Asked by its director", [(reader, *expected)])]
    assert person.email in [message.to[0] for message in mail.outbox]


def test_a_manager_who_is_put_out_is_told(client, administrator, company, person, committed):
    make_membership(company=company, user=make_user(), role="manager")

    with committed():
        client.post(page_of(company), PROFILE | member_rows(company, **{"memberships-0-DELETE": "on"}))

    assert person.email in [message.to[0] for message in mail.outbox]


def test_what_a_member_was_asked_for_ends_with_the_membership(client, administrator, company):
    member = make_user()
    make_membership(company=company, user=member)
    Assignment.objects.create(assessment=make_assessment(company=company), dimension="OPS", user=member)

    client.post(page_of(company), PROFILE | member_rows(company, **{"memberships-1-DELETE": "on"}))

    assert Assignment.objects.count() == 0


def test_one_person_is_not_put_in_anothers_place(client, administrator, company, person):
    response = client.post(page_of(company), PROFILE | member_rows(company, **{"memberships-0-user": administrator.pk}))

    assert response.context["inline_admin_formsets"][0].formset.non_form_errors() == [
        "To put one person in another’s place, remove the one and add the other."
    ]
    assert company.memberships.get().user == person


def test_the_profile_alone_needs_no_reason(client, administrator, company):
    client.post(page_of(company), PROFILE | member_rows(company, member_reason="") | {"name": "Renamed"})

    company.refresh_from_db()
    assert (company.name, on_record(company)) == ("Renamed", [])


def test_a_company_made_with_members_is_told_as_well(client, administrator, person, committed):
    new = {"id": "", "company": "", "user": person.pk, "role": "manager"}
    rows = {f"memberships-0-{name}": value for name, value in new.items()}
    rows |= {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0} | NO_INVITATIONS
    address = reverse("admin:assessment_company_add")

    refused = client.post(address, PROFILE | rows)
    with committed():
        client.post(address, PROFILE | rows | {"member_reason": "Asked by telephone"})

    assert refused.status_code == 200
    assert on_record(person.companies.get()) == [
        ("members", administrator, "Asked by telephone", [(person, "", "manager")])
    ]
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_the_message_says_what_and_why_in_both_languages_and_no_address(client, administrator, company, committed):
    with committed():
        client.post(page_of(company), with_new(company, administrator))

    [message] = mail.outbox
    assert "Reason given: Asked by its director" in message.body
    assert "Motif indiqué : Asked by its director" in message.body.replace("\u00a0", " ")
    assert "admin@csf.example" not in message.body
    assert re.findall(r"/(?:en|fr)/companies/\S+/accesses/", message.body) != []


def test_the_company_reads_it_on_its_own_page(client, administrator, company, person):
    administrator.name = "Nova"
    administrator.save()
    client.post(page_of(company), with_new(company, administrator, role="reader"))
    client.force_login(person)

    page = client.get(reverse("company_accesses", args=[company.pk]))

    assertContains(page, "Members changed by staff<br>Nova joined as reader")
    assertContains(page, "Asked by its director")


# --- Staff who are members --------------------------------------------------------------------------------------------


def test_staff_who_leave_are_on_record(client, administrator, company, person, committed):
    make_membership(company=company, user=administrator, role="reader")

    with committed():
        client.post(reverse("company_leave", args=[company.pk]))

    assert on_record(company) == [("colleague", administrator, "", [(administrator, "reader", "")])]
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_staff_who_accept_an_invitation_are_too(company, person, committed):
    reviewer = make_staff(group="reviewer")
    invitation = team.invite(company=company, email=reviewer.email, role="reader", by=person)
    mail.outbox.clear()

    with committed():
        team.accept(invitation=invitation, by=reviewer)

    assert on_record(company) == [("colleague", reviewer, "", [(reviewer, "", "reader")])]
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_so_is_whom_staff_invited(company):
    reviewer, guest = make_staff(group="reviewer"), make_user()
    make_membership(company=company, user=reviewer, role="manager")
    invitation = team.invite(company=company, email=guest.email, role="manager", by=reviewer)

    team.accept(invitation=invitation, by=guest)

    assert on_record(company) == [("colleague", guest, "", [(guest, "", "manager")])]


def test_and_whose_role_staff_changed(client, administrator, company, person):
    make_membership(company=company, user=administrator, role="manager")
    membership = company.memberships.get(user=person)

    client.post(reverse("member_edit", args=[company.pk, membership.pk]), {"role": "reader"})

    assert on_record(company) == [("colleague", administrator, "", [(person, "manager", "reader")])]


def test_colleagues_among_themselves_leave_no_record(company, person):
    member = make_user()
    membership = make_membership(company=company, user=member)

    people.change_role(membership=membership, role="reader", by=person)
    people.remove_member(membership=membership, by=person)

    assert MemberChange.objects.count() == 0


def test_a_person_erased_stays_without_a_name(client, administrator, company):
    member = make_user()
    client.post(page_of(company), with_new(company, member, role="reader"))

    people.delete_account(user=member)

    assert [change[0] for change in on_record(company)[0][3]] == [None]


def test_a_company_erased_takes_its_part_of_the_log(client, administrator, company):
    client.post(page_of(company), with_new(company, administrator, member_reason="Acme's director called"))

    people.erase_company(company=company, reason="asked")

    assert (StaffAccess.objects.count(), MemberChange.objects.count()) == (0, 0)


def test_memberchange_changes_something(company, person):
    access = StaffAccess.objects.create(kind="colleague", by=person)

    with pytest.raises(IntegrityError, match="memberchange_changes_something"):
        MemberChange.objects.create(access=access, user=person, before="reader", after="reader")

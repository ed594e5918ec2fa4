import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessment.actions.people import delete_account
from assessment.models import Company, StaffAccess, User
from tests.authenticator import enrol, new_secret
from tests.factories import make_company, make_membership, make_staff, make_user
from tests.people.makers import code_in, make_person

pytestmark = pytest.mark.django_db
NO_INVITATIONS = {"invitations-TOTAL_FORMS": 0, "invitations-INITIAL_FORMS": 0}
NO_MEMBERS = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
NO_KEYS = {"authenticator_set-TOTAL_FORMS": 0, "authenticator_set-INITIAL_FORMS": 0}
PROFILE = {
    "name": "Acme",
    "siren": "",
    "sub_sector": "biotech",
    "size": "small",
    "region": "FR-IDF",
    "activities": ["none"],
}


@pytest.fixture
def administrator(client):
    user = make_staff(group="administrator", email="admin@csf.example")
    client.force_login(user)
    return user


def listed(response):
    return [str(row) for row in response.context["cl"].result_list]


def member_rows(company, **changed):
    """The rows of the company's members as the page would post them."""
    rows = {
        "memberships-TOTAL_FORMS": company.memberships.count(),
        "memberships-INITIAL_FORMS": company.memberships.count(),
    }
    for n, member in enumerate(company.memberships.order_by("pk")):
        values = {"id": member.pk, "company": str(company.pk), "user": member.user_id, "role": member.role}
        rows |= {f"memberships-{n}-{name}": value for name, value in values.items()}
    return rows | NO_INVITATIONS | {"member_reason": "Asked by its director"} | changed


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_of_companies_costs_the_same_whatever_its_length(
    client, administrator, django_assert_num_queries, row_count
):
    for n in range(row_count):
        make_company(name=f"Acme {n}", member=make_user())

    with django_assert_num_queries(6):  # session, user, permissions ×2, count, rows
        response = client.get(reverse("admin:assessment_company_changelist"))

    assert len(listed(response)) == row_count


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_of_users_costs_the_same_whatever_its_length(
    client, administrator, django_assert_num_queries, row_count
):
    for n in range(row_count):
        make_person(f"person{n}@example.org")

    with django_assert_num_queries(8):  # session, user, permissions ×2, groups of the filter, count, rows, groups
        response = client.get(reverse("admin:assessment_user_changelist"))

    assert len(listed(response)) == row_count + 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=curie", ["Laboratoires Curie"]),
        ("q=552008443", ["Acme"]),
        ("q=nothing", []),
        ("sub_sector__exact=medtech", ["Laboratoires Curie"]),
        ("size__exact=large", ["Acme"]),
        ("region__exact=FR-BRE", ["Laboratoires Curie"]),
        ("fictional__exact=1", ["Acme"]),
    ],
)
def test_companies_are_found_by_what_they_are(client, administrator, query, found):
    make_company(name="Acme", siren="552008443", size="large", fictional=True)
    make_company(name="Laboratoires Curie", sub_sector="medtech", region="FR-BRE")

    response = client.get(f"{reverse('admin:assessment_company_changelist')}?{query}")

    assert listed(response) == found


def test_companies_are_sorted_by_their_number_of_members(client, administrator):
    big, small = make_company(name="Big", member=make_user()), make_company(name="Small", member=make_user())
    make_membership(company=big, user=make_user())

    response = client.get(f"{reverse('admin:assessment_company_changelist')}?o=-6")

    assert listed(response) == [str(big), str(small)]


def test_an_administrator_changes_a_company_and_history_keeps_who(client, administrator):
    company = make_company(member=make_user())

    client.post(
        reverse("admin:assessment_company_change", args=[company.pk]),
        PROFILE | member_rows(company) | {"siren": "552 008 443", "activities": ["software"]},
    )

    company.refresh_from_db()
    assert (company.siren, company.activities) == ("552008443", ["software"])
    assert company.history.latest().history_user == administrator


def test_history_is_shown(client, administrator):
    company = make_company(name="Before")
    company.name = "After"
    company.save()

    page = client.get(reverse("admin:assessment_company_history", args=[company.pk])).content.decode()

    assert ("Before" in page, "After" in page) == (True, True)


def test_a_company_with_members_keeps_a_manager(client, administrator):
    company = make_company(member=make_user())

    answer = client.post(
        reverse("admin:assessment_company_change", args=[company.pk]),
        PROFILE | member_rows(company, **{"memberships-0-role": "reader"}),
    )

    assert answer.context["inline_admin_formsets"][0].formset.non_form_errors() == [
        "A company that has members has a manager among them."
    ]
    assert company.memberships.get().role == "manager"


def test_a_company_can_be_left_without_members(client, administrator):
    company = make_company(member=make_user())

    client.post(
        reverse("admin:assessment_company_change", args=[company.pk]),
        PROFILE | member_rows(company, **{"memberships-0-DELETE": "on"}),
    )

    assert company.memberships.count() == 0


def test_a_reviewer_reads_a_company_and_changes_nothing(client):
    company = make_company(member=make_user())
    client.force_login(make_staff(group="reviewer"))
    page = reverse("admin:assessment_company_change", args=[company.pk])

    statuses = client.get(page).status_code, client.post(page, PROFILE | {"name": "Other"}).status_code

    assert statuses == (200, 403)
    assert Company.objects.get().name == "Acme"


@pytest.mark.parametrize("model", ["company", "user"])
def test_nothing_is_deleted_by_the_dozen(client, administrator, model):
    make_company(member=make_user())

    response = client.get(reverse(f"admin:assessment_{model}_changelist"))

    assert response.context["action_form"] is None


def test_a_new_person_signs_in_by_code_without_anybody_having_seen_a_password(client, administrator):
    client.post(
        reverse("admin:assessment_user_add"),
        {"email": "New@CSF.example", "name": "Nova", "is_active": "on", "is_staff": "on", "groups": group("reviewer")},
    )
    user = User.objects.get(email="new@csf.example")
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": "new@csf.example"})
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert not user.has_usable_password()
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified is True
    assert browser.get(reverse("admin:assessment_result_changelist")).status_code == 200


def group(name):
    return [Group.objects.get(name=name).pk]


def test_an_address_is_taken_however_it_is_capitalised(client, administrator):
    answer = client.post(reverse("admin:assessment_user_add"), {"email": "ADMIN@csf.example", "is_active": "on"})

    assert answer.context["adminform"].form.errors == {"email": ["An account with this e-mail address exists already."]}


def test_groups_are_for_staff(client, administrator):
    answer = client.post(
        reverse("admin:assessment_user_add"),
        {"email": "new@csf.example", "is_active": "on", "groups": group("reader")},
    )

    assert answer.context["adminform"].form.errors == {
        "is_staff": ["Only staff can be in a group: tick this, or leave the groups."]
    }


def change(client, user, **values):
    return client.post(
        reverse("admin:assessment_user_change", args=[user.pk]),
        {"name": user.name, "is_active": "on"} | NO_MEMBERS | NO_KEYS | values,
    )


def test_an_administrator_cannot_make_a_superuser_nor_change_one(client, administrator):
    person, root = make_user(), make_user(is_superuser=True, is_staff=True)

    statuses = [change(client, user, is_superuser="on", name="Changed").status_code for user in [person, root]]

    assert statuses == [302, 403]
    assert [(u.name, u.is_superuser) for u in User.objects.filter(pk__in=[person.pk, root.pk]).order_by("pk")] == [
        ("Changed", False),
        ("", True),
    ]


def test_an_address_is_changed_by_its_owner_alone(client, administrator):
    person = make_person("ada@example.org")

    change(client, person, email="somebody@else.example")

    person.refresh_from_db()
    assert person.email == "ada@example.org"


def test_the_list_tells_who_has_a_second_factor(client, administrator):
    enrol(make_user(email="with@example.org"))

    rows = client.get(reverse("admin:assessment_user_changelist")).context["cl"].result_list

    assert {row.email: row.second_factor for row in rows} == {"admin@csf.example": False, "with@example.org": True}


def taken_away(key, **reason):
    return {
        "authenticator_set-TOTAL_FORMS": 1,
        "authenticator_set-INITIAL_FORMS": 1,
        "authenticator_set-0-id": key.pk,
        "authenticator_set-0-user": key.user_id,
        "authenticator_set-0-DELETE": "on",
    } | reason


def test_a_lost_telephone_is_taken_away_without_its_secret_being_shown(client, administrator):
    person, secret = make_person(), new_secret()
    key = enrol(person, secret)
    page = client.get(reverse("admin:assessment_user_change", args=[person.pk])).content.decode()

    change(client, person, **taken_away(key, factor_reason="Telephone lost, called back"))

    assert secret not in page
    assert Authenticator.objects.count() == 0


def test_a_second_factor_taken_away_is_on_record_and_told_to_the_person(client, administrator, posted):
    person = make_person()
    key = enrol(person, new_secret())

    with posted():
        change(client, person, **taken_away(key, factor_reason="Telephone lost, called back"))

    access = StaffAccess.objects.get(kind="factor")
    assert (access.by, access.person, access.reason) == (administrator, person, "Telephone lost, called back")
    [message] = mail.outbox
    assert message.to == [person.email]
    assert message.body.count("Telephone lost, called back") == 2  # in each language


@pytest.mark.parametrize("reason", [{}, {"factor_reason": "  "}])
def test_without_a_reason_no_second_factor_is_taken_away(client, administrator, reason):
    person = make_person()
    key = enrol(person, new_secret())

    response = change(client, person, **taken_away(key, **reason))

    assert "Say above why a second factor is removed: the person is told." in response.content.decode()
    assert (Authenticator.objects.count(), StaffAccess.objects.filter(kind="factor").count()) == (1, 0)


def test_a_change_of_another_kind_asks_for_no_reason(client, administrator):
    person = make_person()

    change(client, person, name="Grace")

    person.refresh_from_db()
    assert (person.name, StaffAccess.objects.filter(kind="factor").count()) == ("Grace", 0)


def test_erasing_the_person_erases_why_theirs_was_taken_away(client, administrator):
    person = make_person()
    change(client, person, **taken_away(enrol(person, new_secret()), factor_reason="Fell into the sea"))

    delete_account(user=person)

    access = StaffAccess.objects.get(kind="factor")
    assert (access.reason, access.person, access.by) == ("–", None, administrator)


def test_keys_and_tokens_of_accounts_have_no_page_in_the_admin():
    registered = {model._meta.app_label for model in admin.site._registry}

    assert registered & {"account", "mfa", "socialaccount", "usersessions"} == set()


@pytest.mark.parametrize("model", ["user", "company"])
@pytest.mark.parametrize("group", ["reader", "editor"])
def test_people_and_companies_are_not_for_readers_and_editors(client, group, model):
    client.force_login(make_staff(group=group))

    assert client.get(reverse(f"admin:assessment_{model}_changelist")).status_code == 403

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from assessment.actions import people
from assessment.models import Assessment, Company, Erasure, Result, User
from tests.factories import PASSWORD, make_company, make_membership, make_result, make_staff, make_user
from tests.people.makers import make_person, said

pytestmark = pytest.mark.django_db
CANARY = "Zyxomma"


@pytest.fixture
def ada(client):
    user = make_person(name=f"Ada {CANARY}", email=f"ada.{CANARY}@example.org".lower())
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return user


def delete(client, user, typed=None):
    return client.post(reverse("account_delete"), {"email": typed or user.email})


def places_of(word):
    """Every column of every table that still holds the word: what erasing must leave empty."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    f"{model._meta.db_table}.{name}"
                    for name, value in zip(names, row, strict=True)
                    if word.lower() in str(value).lower()
                )
    sessions = [session.get_decoded() for session in Session.objects.all()]
    yield from (f"session: {session}" for session in sessions if word.lower() in str(session).lower())


def test_somebody_in_no_company_leaves_nothing_behind(client, ada):
    answer = delete(client, ada)

    assertRedirects(answer, reverse("home"), fetch_redirect_response=False)
    assert said(client.get(reverse("home"))) == ["Your account is deleted."]
    assert "_auth_user_id" not in client.session
    assert list(places_of(CANARY)) == []


def test_the_only_member_takes_the_company_along(client, ada):
    company = make_company(member=ada, name=f"{CANARY} SAS")
    company.region = "FR-BRE"
    company.save()  # history
    make_result(company=company, by=ada)

    page = client.get(reverse("account_delete")).content.decode()
    delete(client, ada)

    assert "Its profile and 1 assessment, with answers and results, are deleted." in page
    assert (Company.objects.count(), Assessment.objects.count(), Result.objects.count()) == (0, 0, 0)
    assert list(places_of(CANARY)) == []
    assert Erasure.objects.get().company_id == company.pk


def test_where_colleagues_remain_the_company_goes_on_without_the_name(client, ada):
    company = make_company(member=ada)
    make_membership(company=company, user=make_user(), role="manager")
    result = make_result(company=company, by=ada)

    delete(client, ada)

    result.refresh_from_db()
    assert (result.company, result.submitted_by) == (company, None)
    assert [answer.saved_by for answer in result.assessment.answers.all()] == [None, None, None]
    assert list(places_of(CANARY)) == []


def test_the_last_manager_hands_over_first(client, ada):
    company = make_company(member=ada)
    heir = make_membership(company=company, user=make_user())

    page = client.get(reverse("account_delete")).content.decode()
    delete(client, ada)
    kept = User.objects.filter(pk=ada.pk).exists()
    people.change_role(membership=heir, role="manager", by=ada)
    delete(client, ada)

    assert "you are its only manager. Make another member manager" in page
    assert (kept, User.objects.filter(pk=ada.pk).exists()) == (True, False)
    assert [(m.user, m.role) for m in company.memberships.all()] == [(heir.user, "manager")]


def test_another_address_typed_deletes_nothing(client, ada):
    answer = delete(client, ada, typed="somebody@example.org")

    assert answer.context["form"].errors == {"email": ["This is not the e-mail address of this account."]}
    assert User.objects.filter(pk=ada.pk).exists()


def test_the_password_is_asked_for_first(client):
    client.force_login(make_person())

    answer = client.get(reverse("account_delete"))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_a_staff_account_is_closed_by_an_administrator(client, ada):
    ada.is_staff = True
    ada.save()

    page = client.get(reverse("account_delete")).content.decode()
    delete(client, ada)

    assert "A staff account is closed by an administrator" in page
    assert User.objects.filter(pk=ada.pk).exists()


def test_the_action_refuses_what_the_page_would(ada):
    make_membership(company=make_company(member=ada), user=make_user())

    with pytest.raises(people.CannotLeaveError):
        people.delete_account(user=ada)


def test_erasing_fails_whole_or_not_at_all(ada):
    company = make_company(member=ada)
    make_result(company=company, by=ada)

    statement = 1
    while breaks_at(statement, company):
        assert (Result.objects.count(), Erasure.objects.count(), Company.objects.count()) == (1, 0, 1), statement
        statement += 1

    assert statement > 10
    assert (Result.objects.count(), Erasure.objects.count(), Company.objects.count()) == (0, 1, 0)


def breaks_at(statement, company):
    """Erase with the database failing at this statement; return False once there is no such statement."""
    seen = 0

    def fail(execute, sql, params, many, context):
        nonlocal seen
        if sql.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            seen += 1
            if seen == statement:
                raise InterruptedError
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(fail):
            people.erase_company(company=company, reason="test")
    except InterruptedError:
        return True
    return False


def test_an_administrator_erases_a_company_and_the_log_forgets_its_name(client, ada):
    company = make_company(member=ada, name=f"{CANARY} SAS")
    make_result(company=company, by=ada)
    administrator = make_staff(group="administrator")
    client.force_login(administrator)
    client.post(
        reverse("admin:assessment_company_change", args=[company.pk]),
        profile(name=f"{CANARY} SA") | members(company),
    )

    asked = client.get(reverse("admin:assessment_company_delete", args=[company.pk]))
    client.post(reverse("admin:assessment_company_delete", args=[company.pk]), {"post": "yes"})
    people.delete_account(user=ada)

    assert asked.context["deleted_objects"] == [f"{CANARY} SA", "1 assessment", "1 result"]
    assert Company.objects.count() == 0
    assert list(places_of(CANARY)) == []
    assert [(entry.user, entry.object_repr) for entry in LogEntry.objects.all()] == [(administrator, "")] * 2


def profile(**changed):
    return {
        "name": "Acme",
        "siren": "",
        "sub_sector": "biotech",
        "size": "small",
        "region": "FR-IDF",
        "activities": ["research"],
    } | changed


def members(company):
    (member,) = company.memberships.all()
    return {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 1,
        "memberships-0-id": member.pk,
        "memberships-0-company": str(company.pk),
        "memberships-0-user": member.user_id,
        "memberships-0-role": member.role,
        "invitations-TOTAL_FORMS": 0,
        "invitations-INITIAL_FORMS": 0,
    }


def test_an_administrator_deletes_an_account_with_all_that_goes_along(client, ada):
    make_company(member=ada, name=f"{CANARY} SAS")
    client.force_login(make_staff(group="administrator"))

    asked = client.get(reverse("admin:assessment_user_delete", args=[ada.pk]))
    client.post(reverse("admin:assessment_user_delete", args=[ada.pk]), {"post": "yes"})

    assert asked.context["deleted_objects"] == [
        f"Ada {CANARY}",
        f"the company {CANARY} SAS, whose only member this is",
    ]
    assert list(places_of(CANARY)) == []


@pytest.mark.parametrize("who", ["staff", "the only manager of others"])
def test_the_admin_deletes_no_account_that_could_not_leave_by_itself(client, who):
    user = make_person(is_staff=who == "staff")
    if who != "staff":
        make_membership(company=make_company(member=user), user=make_user())
    client.force_login(make_staff(group="administrator"))

    answer = client.post(reverse("admin:assessment_user_delete", args=[user.pk]), {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=user.pk).exists()

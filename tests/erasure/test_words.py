"""Words of staff that outlive what they were about: in tables that an erasure reaches, and in no line of a log."""

import ast
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import CASCADE
from django.urls import reverse
from structlog.testing import capture_logs

from assessment.actions import people
from assessment.actions.access import record_export, record_figures
from assessment.actions.members import change_members
from assessment.models import Membership, Result, StaffAccess, User
from tests.erasure.test_canaries import CANARY, log_about
from tests.factories import make_company, make_staff, make_user

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ["assessment", "config", "contract", "demo", "mail", "marks", "spreadsheets", "staff", "web"]
# Keys, counts, codes and names of ours: nothing that anybody typed.
FACTS = {
    *["access", "assessment", "assessments", "attempt", "attempts", "by", "companies", "company", "count", "error"],
    *["format", "invitation", "kind", "letter", "method", "ms", "path", "problems", "refused", "reopening", "result"],
    *["results", "role", "rows", "seconds", "size", "status", "user", "version", "why"],
}


def named_in_logs():
    """Yield (file, name) for each fact that a line of ours is given."""
    for folder in OURS:
        for file in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text())):
                if isinstance(call, ast.Call) and writes_a_line(call.func):
                    yield from ((file.name, word.arg) for word in call.keywords if word.arg)


def writes_a_line(called):
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id == "log"
    return isinstance(called, ast.Name) and called.id == "note"


def test_no_line_of_a_log_is_given_what_somebody_typed():
    said = {(file, name) for file, name in named_in_logs() if name not in FACTS}

    # Not of a log: the events of a use case, which its table keeps; and why the database is away, in words of ours
    assert said == {("usecases.py", "at"), ("usecases.py", "text"), ("outages.py", "reason"), ("proofs.py", "outcome")}


@pytest.mark.parametrize("record", [record_figures, record_export])
def test_the_reason_of_a_reading_is_in_the_table_alone(record, django_capture_on_commit_callbacks):
    more = {"format": "csv"} if record is record_export else {}

    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        record(results=Result.objects.none(), by=make_staff(), reason=CANARY, **more)

    assert (len(logs), CANARY in str(logs), StaffAccess.objects.get().reason) == (1, False, CANARY)


def test_the_reason_of_an_erasure_is_in_the_table_alone(django_capture_on_commit_callbacks):
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        people.erase_company(company=make_company(), reason=CANARY)

    assert ([line["event"] for line in logs], CANARY in str(logs)) == (["company_erased"], False)


# --- Words about a person --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "left"),
    [
        ("Grace Hopper asked by telephone", "–"),
        ("GRACE HOPPER", "–"),
        ("write to grace@company.example", "–"),
        ("Yearly report", "Yearly report"),
        ("for disgrace hoppers", "for disgrace hoppers"),
    ],
)
def test_a_reason_that_names_the_person_goes_with_them(reason, left):
    person = make_user(email="grace@company.example", name="Grace Hopper")
    access = StaffAccess.objects.create(kind="figures", reason=reason)

    people.delete_account(user=person)

    access.refresh_from_db()
    assert access.reason == left


def test_a_reason_about_the_person_alone_goes_without_naming_them(person):
    company = make_company(member=make_user())
    access = change_members(
        company=company,
        by=make_staff(),
        reason="Has left in anger",
        new=[Membership(company=company, user=person, role="reader")],
    )

    people.delete_account(user=person)

    access.refresh_from_db()
    assert access.reason == "–"


def test_a_reason_about_others_too_stays(person):
    company, other = make_company(member=make_user()), make_user()
    new = [Membership(company=company, user=user, role="reader") for user in [person, other]]
    access = change_members(company=company, by=make_staff(), reason="Asked by the board", new=new)

    people.delete_account(user=person)

    access.refresh_from_db()
    assert access.reason == "Asked by the board"


# --- What somebody did as staff ---------------------------------------------------------------------------------------


def former_staff_member(name):
    staff, company = make_staff(), make_company()
    log_about(company, staff, named="Acme")
    User.objects.filter(pk=staff.pk).update(is_staff=False, name=name)
    return User.objects.get(pk=staff.pk)


def test_the_log_keeps_what_former_staff_did_under_no_name():
    people.delete_account(user=former_staff_member(CANARY))
    people.delete_account(user=former_staff_member("Ada"))

    first, second = LogEntry.objects.all()
    assert (first.object_repr, first.user, str(first.user)) == ("Acme", second.user, "–")


def test_nobody_enters_the_account_that_former_staff_stand_under():
    people.delete_account(user=former_staff_member("Ada"))

    account = LogEntry.objects.get().user
    assert (account.is_active, account.is_staff, account.has_usable_password()) == (False, False, False)


def test_the_account_of_former_staff_is_neither_changed_nor_deleted(client):
    people.delete_account(user=former_staff_member("Ada"))
    client.force_login(make_staff())
    account = LogEntry.objects.get().user

    client.post(reverse("admin:assessment_user_delete", args=[account.pk]), {"post": "yes"})
    client.post(reverse("admin:assessment_user_change", args=[account.pk]), {"name": "Eve", "is_active": "on"})

    account.refresh_from_db()
    assert (account.name, account.is_active, LogEntry.objects.filter(user=account).count()) == ("–", False, 1)


def test_who_never_was_staff_leaves_no_such_account(person):
    people.delete_account(user=person)

    assert User.objects.count() == 0


def test_what_goes_with_an_account_is_its_own():
    """A new relation that cascades is a decision: what others read, or what is on record, must stay."""
    relations = [relation for relation in User._meta.related_objects if relation.on_delete is CASCADE]

    assert {relation.related_model.__name__ for relation in relations} == {
        "Assignment",
        "Authenticator",
        "EmailAddress",
        "LogEntry",  # handed over before
        "Membership",
        "Place",
        "SocialAccount",
        "UserSession",
    }

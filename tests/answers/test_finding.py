"""What a save reads before it writes, by queries whose SQL is kept: the same as the ORM would read, at each request."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from assessment.models import Assessment, Membership, User
from assessment.rules.saving import OF_VERSION, assessment_to_save
from tests.factories import make_assessment, make_company, make_membership, make_staff, make_user
from web.sessions import SessionStore


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def seen(assessment):
    version = [getattr(assessment.version, name) for name in OF_VERSION]
    return [assessment.pk, assessment.role, assessment.status, assessment.version_id, *version]


def save(client, assessment):
    code = "STR.VIS.1"
    return client.post(reverse("assessment_answer", args=[assessment.pk, code]), {f"{code}-pick": "choice.2"})


@pytest.mark.parametrize("role", Membership.Role.values)
def test_a_member_finds_the_same_as_on_the_pages(assessment, role):
    member = make_user(email="bo@company.example")
    make_membership(company=assessment.company, user=member, role=role)

    found = assessment_to_save(user=member, pk=assessment.pk)

    assert seen(found) == seen(Assessment.objects.visible_to(member).get(pk=assessment.pk))


def test_nobody_else_finds_it(assessment):
    outsider = make_user(email="out@company.example")
    make_company(name="Other", member=outsider)

    found = [assessment_to_save(user=user, pk=assessment.pk) for user in [outsider, make_staff()]]

    assert found == [None, None]


def test_who_was_removed_finds_nothing_at_the_next_save(signed_in, person, assessment):
    before = save(signed_in, assessment).status_code
    Membership.objects.filter(user=person).delete()

    after = save(signed_in, assessment).status_code

    assert (before, after) == (200, 404)


def test_who_became_a_reader_saves_no_more(signed_in, person, assessment):
    Membership.objects.filter(user=person).update(role=Membership.Role.READER)

    assert save(signed_in, assessment).status_code == 403


def password_changed(person, session):
    person.set_password("another one of twelve")
    person.save()


def account_closed(person, session):
    User.objects.filter(pk=person.pk).update(is_active=False)


def account_deleted(person, session):
    Membership.objects.all().delete()
    person.delete()


def session_ended(person, session):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def session_deleted(person, session):
    Session.objects.all().delete()


def session_tampered_with(person, session):
    Session.objects.update(session_data=Session.objects.get().session_data[:-1])


@pytest.mark.parametrize(
    "happens",
    [password_changed, account_closed, account_deleted, session_ended, session_deleted, session_tampered_with],
)
def test_what_ends_a_session_holds_at_the_next_save(signed_in, person, assessment, happens):
    before = save(signed_in, assessment).status_code
    happens(person, signed_in.session)

    after = save(signed_in, assessment).status_code

    assert (before, after) == (200, 401)


def test_the_person_of_a_session_has_all_that_is_stored(signed_in, person):
    request = RequestFactory().get("/")
    request.session = signed_in.session

    found = get_user(request)

    names = [field.attname for field in User._meta.concrete_fields]
    stored = User.objects.get(pk=person.pk)
    assert [getattr(found, name) for name in names] == [getattr(stored, name) for name in names]
    assert (found, found._state.adding, found.get_deferred_fields()) == (person, False, set())


def test_a_session_is_read_as_django_reads_it(signed_in):
    key = signed_in.session.session_key

    assert SessionStore(key).load() == DatabaseSessions(key).load() == dict(signed_in.session.items())


def test_a_key_that_is_not_stored_is_never_given_to_a_new_session(db):
    session = SessionStore("k" * 32)
    session["seen_at"] = 1

    session.save()

    assert Session.objects.get().session_key == session.session_key != "k" * 32

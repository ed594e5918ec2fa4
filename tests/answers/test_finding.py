"""What a save reads before it writes, the right with the writing itself: whatever ends either holds at the next save."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from assessment.actions.answers import NoRightError
from assessment.models import AnswerChange, Assessment, Campaign, Membership, User
from assessment.rules import saving
from assessment.views.refusals import page_of
from tests.factories import answer, make_assessment, make_colleague, make_company, make_staff, make_user
from web.sessions import SessionStore


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def save(client, assessment, choice="2", **fields):
    code = "STR.VIS.1"
    sent = {f"{code}-{name}": value for name, value in {"pick": f"choice.{choice}", **fields}.items()}
    return client.post(reverse("assessment_answer", args=[assessment.pk, code]), sent)


def member_elsewhere():
    return make_company(name="Other", member=make_user()).memberships.get().user


def fingerprint(reply):
    """Without tokens, which differ each time, and the address."""
    return re.sub(rb"\b[A-Za-z0-9]{64}\b|[0-9a-f-]{36}", b"", reply.content)


# A save is read by what the process remembers, and the statement that saves asks for the right: each of these comes
# after one that was saved, so that something is remembered.


@pytest.mark.parametrize(("role", "status"), [("manager", 200), ("contributor", 200), ("reader", 403)])
def test_each_member_may_what_their_role_may(client, signed_in, assessment, role, status):
    member = make_colleague(of=assessment)
    Membership.objects.filter(user=member).update(role=role)
    save(signed_in, assessment)
    client.force_login(member)

    reply = save(client, assessment, revision=1)

    assert reply.status_code == status


@pytest.mark.parametrize("choice", ["2", "nonsense"])
@pytest.mark.parametrize("make", [make_user, make_staff, member_elsewhere])
def test_nobody_else_learns_that_there_is_something(client, signed_in, assessment, make, choice):
    save(signed_in, assessment)
    client.force_login(make())

    theirs, nobodys = save(client, assessment, choice), save(client, Assessment(pk=uuid.uuid4()), choice)

    assert (theirs.status_code, AnswerChange.objects.count()) == (404, 1)
    assert fingerprint(theirs) == fingerprint(nobodys)


def test_a_save_that_was_acknowledged_is_not_told_to_who_was_removed(signed_in, person, assessment):
    request = uuid.uuid4()
    save(signed_in, assessment, request=request)
    Membership.objects.filter(user=person).delete()

    assert save(signed_in, assessment, request=request).status_code == 404


def test_who_was_removed_finds_nothing_at_the_next_save(signed_in, person, assessment):
    before = save(signed_in, assessment).status_code
    Membership.objects.filter(user=person).delete()

    after = save(signed_in, assessment).status_code

    assert (before, after) == (200, 404)


def test_who_became_a_reader_saves_no_more(signed_in, person, assessment):
    save(signed_in, assessment)
    Membership.objects.filter(user=person).update(role=Membership.Role.READER)

    assert save(signed_in, assessment).status_code == 403


def test_nothing_is_stored_for_whom_has_no_right_and_the_page_is_as_for_nobodys(rf, assessment):
    request = rf.post("/")
    request.user = request.session = None

    with pytest.raises(NoRightError) as refusal:
        answer(assessment=assessment, by=make_user(), question="STR.VIS.1", value={"choices": ["2"]})

    assert AnswerChange.objects.count() == 0
    assert page_of(request, refusal.value).status_code == 404


def test_no_more_assessments_are_remembered_than_the_bound(signed_in, assessment, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 1)
    saving.known.clear()

    replies = [save(signed_in, each).status_code for each in [assessment, another_of(assessment), assessment]]

    assert replies == [200, 200, 200]
    assert list(saving.known) == [assessment.pk]


def another_of(assessment):
    campaign = Campaign.objects.create(
        title_fr="Campagne",
        title_en="Campaign",
        version=assessment.version,
        opens_on="2020-01-01",
        closes_on="2090-01-01",
    )
    return make_assessment(company=assessment.company, campaign=campaign)


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

"""Erasing, tried by canary: a word in every text of a person or a company, then looked for everywhere.

A new model with a text fails here until it is said whose it is; a new text of a model that is listed is filled by itself.
What is out of reach, because it has left the site: e-mails, exports that somebody took away, backups. E-mails to others
that speak of somebody and wait to be sent are sent, within three days at most; those that could not be sent are forgotten.
"""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment import models
from assessment.actions import people
from assessment.actions.pictures import delete_use_case
from assessment.forms.members import MEMBER_REASON
from mail.letters import as_stored
from mail.models import TASK, Letter
from tests.erasure.rows import fill, is_text, texts_of
from tests.erasure.search import places_of
from tests.factories import answer, make_company, make_membership, make_staff, make_user, make_version
from tests.moves.makers import make_second

pytestmark = pytest.mark.django_db
CANARY = "zyxomma"  # with two digits, as long as a SIREN

OF_PERSON = {
    models.User,
    models.Invitation,
    Authenticator,
    EmailAddress,
    EmailConfirmation,
    LogEntry,
    Session,
    SocialAccount,
    SocialToken,
    UserSession,
    Letter,
    DBTaskResult,
}
# In an order in which each finds the rows that it points to.
OF_COMPANY = [
    models.Company,
    models.Assessment,
    models.Answer,
    models.Result,
    models.ResultLink,
    models.NodeScore,
    models.StaffAccess,
    models.AccessedResult,
    models.AccessedCompany,
    models.Consultation,
    models.IndividualAnswer,
    models.Reopening,
    models.VersionMove,
    models.UseCase,
    models.Picture,
    models.Consent,
    models.UseCaseEvent,
    models.Publication,
    models.ViewCount,
    models.Bookmark,
    models.Interest,
    models.Invitation,
    models.Assignment,
    models.Place,
    models.Action,
    models.ActionChange,
    models.Target,
]
WRITTEN_BY_THE_DATABASE = {models.AnswerChange, models.Company.history.model}
# Of nobody, or kept on purpose: an erasure's own record has the identifier of the company and why it went.
KEPT = {
    "assessment": {
        *["Questionnaire", "Version", "Level", "Dimension", "Capability", "Question", "Choice", "Campaign", "Erasure"],
        "Export",  # codes and sums
        *["Trial", "TrialAnswer"],  # of nobody, for seven days
        "CalendarKey",  # a hash, gone with the membership
        *["HistoricalVersion", "HistoricalLevel", "HistoricalDimension", "HistoricalCapability"],
        *["HistoricalQuestion", "HistoricalChoice", "HistoricalBand"],
    },
    "auth": {"Permission", "Group"},
    "contenttypes": {"ContentType"},
    "socialaccount": {"SocialApp"},
}
NAMES_OF_TASKS = ["task_path", "queue_name", "backend_name", "exception_class_path", "worker_ids", "return_value"]
NOT_WORDS = {
    (models.User, "password"),
    (Session, "session_key"),
    (UserSession, "session_key"),
    (LogEntry, "object_id"),
    *((model, name) for model in [Letter, DBTaskResult] for name in NAMES_OF_TASKS),
    (models.StaffAccess, "format"),
    (models.Picture, "file"),  # a name of ours; what is in the file counts as "media"
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def is_kept(model):
    label = model._meta.app_label
    return label == "contract" or model.__name__ in KEPT.get(label, set())


def test_it_is_known_of_every_model_with_a_text_whose_it_is():
    with_texts = {model for model in apps.get_models(include_auto_created=True) if texts_of(model)}
    listed = {*OF_PERSON, *OF_COMPANY, *WRITTEN_BY_THE_DATABASE}

    assert {model.__name__ for model in with_texts if model not in listed and not is_kept(model)} == set()
    assert {model.__name__ for model in listed if is_kept(model)} == set()


def columns(rows):
    """Of every text that these models have, but for keys and hashes."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in rows
        for field in model._meta.concrete_fields
        if is_text(field) and (model, field.name) not in NOT_WORDS
    }


def log_about(row, by, *, named=CANARY, member=CANARY):
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=named,
        action_flag=2,
        change_message=f'[{{"changed": {{"name": "member", "object": "{member}"}}}}]',
    )


def write_letter(named, *, to, status):
    message = EmailMultiAlternatives(f"About {named}", f"Written of {named}.", None, [to])
    message.attach_alternative(f"<p>{named}</p>", "text/html")
    arguments = {"args": [], "kwargs": {"letter": as_stored(message, at=timezone.now())}}
    names = {"task_path": TASK, "queue_name": "mail", "backend_name": "default", "exception_class_path": ""}
    fill(Letter, named, args_kwargs=arguments, status=status, worker_ids=[], return_value=None, **names)


# --- A company --------------------------------------------------------------------------------------------------------
def make_full_company(*, by):
    """One row of each kind that a company has, in the administration's log too where it can be there."""
    version, newer = make_version(), make_second()
    now = timezone.now()
    others = make_company(name="Other")
    given = {
        models.Assessment: {"version": version, "campaign": None, "carried_from": None, "submitted_at": None},
        models.Result: {"version": version},
        models.StaffAccess: {"format": "csv"},
        models.Action: {"owner": None},
        models.Reopening: {"status": "granted", "decided_at": now},
        models.VersionMove: {"from_version": version, "to_version": newer},
        models.Consent: {"text": True, "ended_at": None, "ended": ""},
        models.Invitation: {"accepted_at": now, "withdrawn_at": None, "expires_at": now + timedelta(days=1)},
    }
    rows = [by]
    for model in OF_COMPANY:
        related = rows if model not in {models.Bookmark, models.Interest} else [others, *rows]
        rows.append(fill(model, CANARY, related=related, **given.get(model, {})))
    rows += [fill(model, CANARY, related=rows) for model in [models.Bookmark, models.Interest]]
    [company] = [row for row in rows if isinstance(row, models.Company) and row != others]
    company.history.update(history_change_reason=CANARY)
    staff = make_staff()
    for row in rows[1:]:
        if admin.site.is_registered(type(row)):
            log_about(row, staff)
    write_letter(company.name, to="others@company.example", status="FAILED")
    return company


def test_a_company_leaves_nothing_behind(media, django_capture_on_commit_callbacks):
    company = make_full_company(by=make_user())
    written = {*OF_COMPANY, *WRITTEN_BY_THE_DATABASE, LogEntry}
    before = places_of(CANARY, media=media)

    with django_capture_on_commit_callbacks(execute=True):
        people.erase_company(company=company, reason="asked for")

    assert columns(written) - set(before) == set()
    assert "media" in before
    assert places_of(CANARY, media=media) == []


def test_a_use_case_leaves_nothing_behind(media, django_capture_on_commit_callbacks):
    make_full_company(by=make_user())
    use_case = models.UseCase.objects.get()
    tables = [model._meta.db_table for model in OF_COMPANY if "use_case" in {f.name for f in model._meta.fields}]

    with django_capture_on_commit_callbacks(execute=True):
        delete_use_case(use_case=use_case)

    left = places_of(CANARY, media=media)
    about = ContentType.objects.get_for_models(models.UseCase, models.Interest).values()
    assert [place for place in left if place.split(".")[0] in {*tables, "assessment_usecase", "media"}] == []
    assert {entry.object_repr for entry in LogEntry.objects.filter(content_type__in=about)} == {""}


def test_readings_of_other_companies_too_keep_their_reason(media):
    company, other = make_company(name=CANARY), make_company(name="Other")
    version = make_version()
    access = models.StaffAccess.objects.create(kind="export", reason="Yearly report", filters={"q": "north"})
    for owner in [company, other]:
        assessment = models.Assessment.objects.create(company=owner, version=version)
        fields = {"assessment": assessment, "company": owner, "version": version}
        access.results.add(fill(models.Result, "x", **fields))

    people.erase_company(company=company, reason="asked for")

    access.refresh_from_db()
    assert (access.reason, access.filters, access.results.count()) == ("Yearly report", {"q": "north"}, 1)


# --- A person ---------------------------------------------------------------------------------------------------------
def make_full_person():
    """Somebody with one row of each kind that an account has, a member of a company where others remain."""
    person = fill(models.User, CANARY)
    company = make_company(member=make_user())
    make_membership(company=company, user=person)
    rows = [person, company, fill(SocialApp, "x")]
    now = timezone.now()
    for model in [EmailAddress, EmailConfirmation, Authenticator, SocialAccount, SocialToken]:
        rows.append(fill(model, CANARY, related=rows))
    session = SessionStore()
    session.update({"_auth_user_id": str(person.pk), "account_login": {"email": person.email}})
    session.create()
    fill(UserSession, CANARY, related=rows, session_key=session.session_key)
    dates = {"accepted_at": now, "withdrawn_at": None, "expires_at": now + timedelta(days=1)}
    fill(models.Invitation, CANARY, related=[person, company], **dates)  # to an earlier address
    write_letter(person.name, to=person.email, status="READY")
    write_letter(person.name, to="others@company.example", status="FAILED")
    log_about(person, make_staff())
    log_about(company, make_staff(), named="Acme", member=f"{person.name} \\u2013 Acme")
    access = models.StaffAccess.objects.create(kind="figures", by=make_staff(), reason=f"For {person.name}, urgent")
    fill(models.MemberChange, "x", related=[person, access], before="", after="reader")
    searched = {"q": person.email}
    models.StaffAccess.objects.create(kind="export", by=make_staff(), reason=f"By {person.email}", filters=searched)
    return person, company


def test_a_person_leaves_nothing_behind(media, django_capture_on_commit_callbacks):
    person, company = make_full_person()
    assessment = models.Assessment.objects.create(company=company, version=make_version(), started_by=person)
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    before = places_of(CANARY, media=media)

    with django_capture_on_commit_callbacks(execute=True):
        people.delete_account(user=person)

    assert columns(OF_PERSON) - set(before) == set()
    assert places_of(CANARY, media=media) == []
    assert [(kept.value, kept.saved_by) for kept in assessment.answers.all()] == [({"choices": ["2"]}, None)]
    assert [(kept.value, kept.saved_by) for kept in assessment.changes.all()] == [({"choices": ["2"]}, None)]


def test_a_code_that_waits_in_a_visitors_session_goes_with_its_address(media):
    person, _company = make_full_person()
    waiting, others = SessionStore(), SessionStore()
    waiting.update({"account_login_code": {"email": person.email.upper(), "code": "ABC"}})
    others["account_login_code"] = {"email": f"a{person.email}"}
    waiting.create()
    others.create()

    people.delete_account(user=person)

    held = [session.get_decoded() for session in Session.objects.all()]  # those that are ended leave an empty mark
    assert [each for each in held if each] == [dict(others.items())]


def test_the_log_of_a_company_that_stays_never_had_the_name_of_its_members(client, media):
    company = make_company(member=make_user(), name="Acme")
    person = make_user(name=CANARY)
    client.force_login(make_staff())

    client.post(
        reverse("admin:assessment_company_change", args=[company.pk]),
        {
            "name": "Acme",
            "siren": "",
            "sub_sector": "biotech",
            "size": "small",
            "region": "FR-IDF",
            "activities": ["research"],
            MEMBER_REASON: "A colleague asked",
            "memberships-TOTAL_FORMS": 2,
            "memberships-INITIAL_FORMS": 1,
            "memberships-0-id": company.memberships.get().pk,
            "memberships-0-company": str(company.pk),
            "memberships-0-user": company.memberships.get().user_id,
            "memberships-0-role": "manager",
            "memberships-1-company": str(company.pk),
            "memberships-1-user": person.pk,
            "memberships-1-role": "reader",
            "invitations-TOTAL_FORMS": 0,
            "invitations-INITIAL_FORMS": 0,
        },
    )
    pk, person.name = person.pk, "Ada"
    person.save()
    people.delete_account(user=person)

    assert LogEntry.objects.get().get_change_message() == f"Changed Why members are changed. Added member “{pk}”."
    assert places_of(CANARY, media=media) == []

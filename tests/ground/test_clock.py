"""Clocks that are set, nights that have an hour more or less, years that have a day more: nothing ends early or is lost."""

import uuid
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.accounts import time_left
from assessment.actions import team, usecases
from assessment.actions.answers import ConflictError, save_answer
from assessment.actions.results import submit
from assessment.models import Answer, AnswerChange, Campaign, Consent, Invitation
from assessment.rules.answers import Saving
from tests.factories import (
    COMPLETE,
    NOON,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_user,
    make_version,
)
from tests.people.makers import code_in, make_person
from tests.usecases.makers import make_published

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
PARIS = ZoneInfo("Europe/Paris")
NIGHTS = {
    "an hour less": datetime(2026, 3, 28, 18, tzinfo=PARIS),
    "an hour more": datetime(2026, 10, 24, 18, tzinfo=PARIS),
    "a leap day": datetime(2028, 2, 27, 18, tzinfo=PARIS),
    "a new year": datetime(2026, 12, 30, 18, tzinfo=PARIS),
}
each_night = pytest.mark.parametrize("evening", [at.astimezone(UTC) for at in NIGHTS.values()], ids=NIGHTS)
ADDRESS = "bob@company.example"


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def assessment(company):
    return make_assessment(company=company)


# --- Days are those of France ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "moment", "is_open"),
    [
        (date(2026, 7, 1), date(2026, 7, 31), datetime(2026, 6, 30, 23, 59, 59, tzinfo=PARIS), False),
        (date(2026, 7, 1), date(2026, 7, 31), datetime(2026, 7, 1, tzinfo=PARIS), True),
        (date(2026, 7, 1), date(2026, 7, 31), datetime(2026, 7, 31, 23, 59, 59, tzinfo=PARIS), True),
        (date(2026, 7, 1), date(2026, 7, 31), datetime(2026, 8, 1, tzinfo=PARIS), False),
        (date(2026, 3, 29), date(2026, 3, 29), datetime(2026, 3, 28, 23, 59, 59, tzinfo=PARIS), False),
        (date(2026, 3, 29), date(2026, 3, 29), datetime(2026, 3, 29, tzinfo=PARIS), True),
        (date(2026, 3, 29), date(2026, 3, 29), datetime(2026, 3, 29, 23, 59, 59, tzinfo=PARIS), True),
        (date(2026, 10, 25), date(2026, 10, 25), datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1), True),
        (date(2026, 10, 25), date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=PARIS), False),
        (date(2028, 2, 29), date(2028, 2, 29), datetime(2028, 2, 29, 23, 59, 59, tzinfo=PARIS), True),
        (date(2028, 2, 1), date(2028, 2, 28), datetime(2028, 2, 29, tzinfo=PARIS), False),
    ],
)
def test_a_campaign_opens_and_closes_at_midnight_in_france(opens_on, closes_on, moment, is_open):
    campaign = Campaign.objects.create(title="Spring", version=make_version(), opens_on=opens_on, closes_on=closes_on)

    assert (campaign.is_open(moment), Campaign.objects.open(moment).exists()) == (is_open, is_open)


# --- What ends, ends neither before its time nor because of the hour --------------------------------------------------------


@each_night
def test_an_invitation_lasts_a_hundred_and_sixty_eight_hours_whatever_the_night(company, person, evening):
    invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person, at=evening)
    last = evening + timedelta(hours=168) - SECOND

    opens = [Invitation.objects.open(moment).exists() for moment in [evening, last, last + SECOND]]

    assert opens == [True, True, False]
    assert invitation.expires_at - invitation.invited_at == timedelta(hours=168)


@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["set back", "put forward"])
def test_an_invitation_is_accepted_on_a_server_whose_clock_was_set(company, person, jump):
    invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON)

    is_new = team.accept(invitation=invitation, by=make_user(email=ADDRESS), at=NOON + jump)

    assert is_new is True


@pytest.mark.parametrize(
    ("is_staff", "minutes", "left"),
    [
        (False, -60, {"idle": 180, "age": 7 * 24 * 60 + 60}),
        (False, 60, {"idle": 60, "age": 7 * 24 * 60 - 60}),
        (True, -60, {"idle": 90, "age": 13 * 60}),
        (True, 29, {"idle": 1, "age": 12 * 60 - 29}),
    ],
)
def test_a_session_in_use_outlives_a_clock_that_is_set(rf, is_staff, minutes, left):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=True, is_staff=is_staff)
    request.session = {"seen_at": NOON.timestamp(), "signed_in_at": NOON.timestamp()}

    found = time_left(request, now=NOON.timestamp() + minutes * 60)

    assert found == {name: value * 60 for name, value in left.items()}


def test_a_code_sent_by_e_mail_is_good_on_a_server_whose_clock_was_set_back(client):
    make_person()
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] += HOUR.total_seconds()
    session.save()

    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert "_auth_user_id" in client.session


def test_a_consent_is_withdrawn_on_a_server_whose_clock_was_set_back(person):
    use_case = make_published(at=NOON)

    usecases.withdraw(use_case=use_case, by=use_case.created_by, at=NOON - HOUR)

    consent = Consent.objects.get()
    assert (consent.ended, consent.ended_at - consent.given_at) == ("withdrawn", timedelta(0))


# --- Answers follow one another by revision, not by clock -------------------------------------------------------------------


@each_night
def test_answers_stay_in_order_where_the_clock_goes_back_under_way(assessment, person, evening):
    moments = [evening, evening + HOUR, evening, evening + 12 * HOUR, evening - HOUR]

    for revision, (moment, choice) in enumerate(zip(moments, ["0", "1", "2", "3", "0"], strict=True)):
        save(assessment, person, choice, request=uuid.uuid4(), revision=revision, at=moment)

    changes = AnswerChange.objects.values_list("revision", "value")
    assert [(revision, *value["choices"]) for revision, value in changes] == [
        (1, "0"),
        (2, "1"),
        (3, "2"),
        (4, "3"),
        (5, "0"),
    ]
    assert Answer.objects.get().saved_at == evening - HOUR


def test_the_second_result_is_the_newest_even_where_the_clock_was_set_back(assessment, person):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    submit(assessment=assessment, by=person, at=NOON)
    assessment.status, assessment.submitted_at, assessment.submitted_by = "open", None, None
    assessment.save()

    submit(assessment=assessment, by=person, at=NOON - HOUR)

    assert submit(assessment=assessment, by=person, at=NOON + HOUR).number == 2


def save(assessment, person, choice, *, at=NOON, **fields):
    saving = Saving(question="STR.VIS.1", state="answered", value={"choices": [choice]}, **fields)
    return save_answer(assessment=assessment, saving=saving, by=person, at=at)


def numbered(moment):
    """The id that a page gives to a save at this time of its device: UUID version 7."""
    return uuid.UUID(f"{int(moment.timestamp() * 1000):012x}70008{0:015x}")


WRONG = {
    "the first an hour ahead": (NOON + HOUR, NOON + SECOND),
    "the second an hour behind": (NOON, NOON - HOUR),
    "the first an hour behind": (NOON - HOUR, NOON + SECOND),
    "the second an hour ahead": (NOON, NOON + HOUR),
}


@pytest.mark.parametrize("clocks", WRONG.values(), ids=WRONG)
def test_a_later_answer_from_another_device_is_stored_whatever_its_clock_says(assessment, person, clocks):
    first, second = map(numbered, clocks)
    save(assessment, person, "1", request=first, revision=0)

    revision = save(assessment, person, "2", request=second, revision=1)

    assert (revision, Answer.objects.get().value) == (2, {"choices": ["2"]})


@pytest.mark.parametrize("clocks", list(WRONG.values())[:2], ids=list(WRONG)[:2])
def test_from_a_page_opened_before_a_wrong_clock_makes_a_conflict_with_oneself_and_drops_nothing(
    assessment, person, clocks
):
    first, second = map(numbered, clocks)
    save(assessment, person, "1", request=first, revision=0)

    with pytest.raises(ConflictError) as conflict:
        save(assessment, person, "2", request=second, revision=0)
    kept = save(assessment, person, "2", request=numbered(clocks[1] + SECOND), revision=conflict.value.current.revision)

    assert (conflict.value.current.saved_by, kept, Answer.objects.get().value) == (person, 2, {"choices": ["2"]})


def test_a_conflict_with_oneself_is_said_to_be_one(signed_in, assessment, person):
    save(assessment, person, "1", request=numbered(NOON + HOUR), revision=0)
    url = reverse("assessment_answer", args=[assessment.pk, "STR.VIS.1"])
    posted = {"STR.VIS.1-pick": "choice.2", "STR.VIS.1-revision": 0, "STR.VIS.1-request": numbered(NOON)}

    response = signed_in.post(url, posted)

    assertContains(response, "Not saved: you answered this question yourself", status_code=409, count=1)
    assertContains(response, "Your other answer:", status_code=409, count=1)


def test_a_colleagues_answer_is_not_said_to_be_ones_own(signed_in, assessment):
    grace = make_user(name="Grace")
    make_membership(company=assessment.company, user=grace)
    save(assessment, grace, "1", request=uuid.uuid4(), revision=0)
    url = reverse("assessment_answer", args=[assessment.pk, "STR.VIS.1"])

    response = signed_in.post(url, {"STR.VIS.1-pick": "choice.2", "STR.VIS.1-revision": 0})

    assertContains(response, "Not saved: Grace answered this question", status_code=409, count=1)
    assertContains(response, "Their answer:", status_code=409, count=1)

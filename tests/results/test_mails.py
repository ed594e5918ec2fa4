"""E-mails about assessments: a receipt, one reminder after a week, one after a year, and the end of them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.nudges import hand_in, nudge, stop_address, write_nudges
from assessment.models import Answer, Assessment, Nudge, User
from tests.factories import (
    COMPLETE,
    NOON,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_user,
)

pytestmark = pytest.mark.django_db
WEEK, YEAR, HOUR = timedelta(days=7), timedelta(days=365), timedelta(hours=1)


@pytest.fixture
def ada():
    return make_user(email="ada@company.example", language="en")


@pytest.fixture
def begun(ada):
    assessment = make_assessment(company=make_company(member=ada), started_by=ada, started_at=NOON)
    answer(assessment=assessment, by=ada, question="STR.VIS.1", value=COMPLETE["STR.VIS.1"])
    Answer.objects.update(saved_at=NOON)
    return assessment


@pytest.fixture
def old(ada):
    return make_result(company=make_company(member=ada), by=ada, at=NOON)


def complete(assessment, by):
    for question in ["OPS.CYB.1", "OPS.CYB.2"]:
        answer(assessment=assessment, by=by, question=question, value=COMPLETE[question])


def sent():
    return [(message.to[0], message.subject) for message in mail.outbox]


# --- The receipt --------------------------------------------------------------------------------------------------------


def test_who_submits_gets_a_receipt_with_number_and_link_and_no_score(client, ada, begun):
    complete(begun, ada)
    client.force_login(ada)
    client.post(reverse("assessment_submit", args=[begun.pk]))

    assert sent() == [("ada@company.example", "Submitted: the assessment of Acme")]
    result = begun.results.get()
    body = mail.outbox[0].body
    assert f"http://localhost:8000{result.get_absolute_url()}" in body
    assert "submission 1" in body
    assert str(result.score) not in body


def test_submitted_twice_there_is_one_receipt(ada, begun):
    complete(begun, ada)

    first, second = [hand_in(assessment=begun, by=ada) for _ in range(2)]

    assert (first, len(mail.outbox)) == (second, 1)


# --- After a week -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "written"),
    [(WEEK - HOUR, 0), (WEEK, 1), (WEEK + timedelta(days=29), 1), (WEEK + timedelta(days=30), 0)],
)
def test_an_assessment_left_for_a_week_is_told_of(begun, after, written):
    assert write_nudges(at=NOON + after) == written


def test_it_is_told_once_whatever_happens_then(begun, ada):
    write_nudges(at=NOON + WEEK)

    again = write_nudges(at=NOON + WEEK + HOUR)

    assert (again, sent()) == (0, [("ada@company.example", "The assessment of Acme waits for you")])
    assert f"/en/assessments/{begun.pk}/resume/" in mail.outbox[0].body


def test_an_answer_saved_meanwhile_begins_the_week_again(begun):
    Answer.objects.update(saved_at=NOON + timedelta(days=5))

    assert [write_nudges(at=NOON + days) for days in [WEEK, timedelta(days=12)]] == [0, 1]


def test_a_submitted_assessment_is_not_unfinished(old):
    assert write_nudges(at=NOON + WEEK) == 0


@pytest.mark.parametrize("why", ["left", "reader", "inactive"])
def test_who_can_no_longer_answer_is_replaced_by_the_managers(begun, ada, why):
    make_membership(company=begun.company, user=make_user(email="boss@company.example"), role="manager")
    if why == "left":
        begun.company.memberships.filter(user=ada).delete()
    if why == "reader":
        begun.company.memberships.filter(user=ada).update(role="reader")
    if why == "inactive":
        User.objects.filter(pk=ada.pk).update(is_active=False)

    write_nudges(at=NOON + WEEK)

    assert [address for address, _subject in sent()] == ["boss@company.example"]


# --- After a year -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "written"), [(YEAR - HOUR, 0), (YEAR, 1), (YEAR + timedelta(days=29), 1), (YEAR + timedelta(days=30), 0)]
)
def test_a_result_a_year_old_is_told_of(old, after, written):
    assert write_nudges(at=NOON + after) == written


def test_the_year_is_told_once_with_the_way_to_begin(old):
    write_nudges(at=NOON + YEAR)

    again = write_nudges(at=NOON + YEAR + HOUR)

    assert (again, sent()) == (0, [("ada@company.example", "A year later: assess Acme again")])
    assert f"/en/companies/{old.company_id}/assessments/start/" in mail.outbox[0].body


def test_a_company_that_has_begun_again_is_not_told(old, ada):
    make_assessment(company=old.company, started_by=ada, started_at=NOON + YEAR)

    assert write_nudges(at=NOON + YEAR) == 0


def test_only_the_newest_result_counts(old, ada):
    make_result(company=old.company, by=ada, at=NOON + timedelta(days=200))

    assert write_nudges(at=NOON + YEAR) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_due_is_found_by_two_queries(ada, django_assert_num_queries, count):
    for number in range(count):
        make_assessment(company=make_company(name=f"Company {number}"), started_at=NOON)

    with django_assert_num_queries(2):
        write_nudges(at=NOON + timedelta(days=1))


def test_the_daily_command_writes_them(begun, capsys):
    now = timezone.now()
    Assessment.objects.update(started_at=now - WEEK)
    Answer.objects.update(saved_at=now - WEEK)

    call_command("write_reminders")

    assert (capsys.readouterr().out, len(mail.outbox)) == ("1 written\n", 1)


# --- No more ------------------------------------------------------------------------------------------------------------


def stop_page(ada):
    with translation.override("en"):
        return stop_address(ada).removeprefix("http://localhost:8000")


def test_the_link_in_the_e_mail_asks_then_stops_without_signing_in(client, ada, begun):
    write_nudges(at=NOON + WEEK)
    page = stop_page(ada)
    assert page in mail.outbox[0].body
    assertContains(client.get(page), "No more reminders")
    still = User.objects.get().reminders

    done = client.post(page)

    assertContains(done, "You get no more reminders about assessments.")
    assert (still, User.objects.get().reminders) == (True, False)


def test_who_stopped_them_gets_none(begun, ada):
    User.objects.update(reminders=False)

    assert (write_nudges(at=NOON + WEEK), mail.outbox) == (0, [])


def test_a_receipt_is_no_reminder(begun, ada):
    User.objects.update(reminders=False)
    complete(begun, ada)

    hand_in(assessment=begun, by=ada)

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_altered_stops_nothing(client, ada, method):
    response = getattr(client, method)(stop_page(ada)[:-2] + "x/")

    assert (response.status_code, User.objects.get().reminders) == (404, True)


def test_reminders_are_asked_for_again_on_the_page_of_the_account(client, ada):
    User.objects.update(reminders=False)
    client.force_login(ada)

    answered = client.post(reverse("account"), {"name": "", "language": "en", "reminders": "on"})

    assertRedirects(answered, reverse("account"))
    assert User.objects.get().reminders is True


def test_a_reminder_is_written_down_once(begun):
    Nudge.objects.create(assessment=begun, kind=Nudge.Kind.UNFINISHED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Nudge.objects.create(assessment=begun, kind=Nudge.Kind.UNFINISHED)


def test_a_public_page_lists_them(client):
    page = client.get(reverse("mails"))

    assertContains(page, "An assessment has not moved for seven days: once")
    assertContains(client.get(reverse("privacy")), f'href="{reverse("mails")}"')


def test_two_who_write_the_same_reminder_at_once_write_one(begun):
    written = [nudge(begun, Nudge.Kind.UNFINISHED, NOON + WEEK) for _ in range(2)]

    assert (written, len(mail.outbox)) == ([1, 0], 1)

"""The worker sends once what can be sent, tries again what may be, and gives up what can't, with the reason."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import OperationalError
from django.utils import timezone

from mail import keeping, outcomes, worker
from mail.letters import expiring
from mail.models import Letter
from mail.worker import Worker
from tests.load.servers import free_port
from tests.mail.sink import BUSY, DIES, HANGS, REFUSES, SHUT, WORKS

pytestmark = pytest.mark.django_db
ADDRESS = "ada@company.example"


def write(address=ADDRESS, *, until=None):
    headers = {} if until is None else expiring(until)
    EmailMessage("A subject", "A body", None, [address], headers=headers).send()
    return Letter.objects.latest("enqueued_at")


def later():
    """As if the time to wait had passed."""
    Letter.objects.filter(status="READY").update(run_after=timezone.now())


def told(letter):
    letter.refresh_from_db()
    return letter.status, letter.attempts, letter.traceback


def test_a_letter_reaches_the_mail_server_once(sink, work):
    write()

    work()
    work()

    assert (sink.recipients, Letter.objects.count()) == ([ADDRESS], 0)


@pytest.mark.parametrize("mood", [HANGS, DIES, BUSY, SHUT])
def test_a_mail_server_that_fails_is_tried_again_and_then_sent_once(sink, work, mood):
    sink.mood = mood
    letter = write()
    work()
    waiting = told(letter)

    sink.mood = WORKS
    later()
    work()

    assert waiting == ("READY", 1, "")
    assert (sink.recipients, Letter.objects.count()) == ([ADDRESS], 0)


def test_a_mail_server_that_is_down_is_tried_again(settings, sink, work):
    settings.EMAIL_PORT = free_port()
    letter = write()

    work()

    assert told(letter) == ("READY", 1, "")


def test_each_wait_is_longer_and_after_the_last_the_letter_is_dead(settings, sink, work):
    sink.mood, settings.MAIL_RETRY_SECONDS = BUSY, [10, 60, 300]
    letter = write()
    waits = []

    for _try in settings.MAIL_RETRY_SECONDS:
        work()
        letter.refresh_from_db()
        waits.append(round((letter.run_after - letter.started_at).total_seconds()))
        later()
    work()

    assert waits == [10, 60, 300]
    assert told(letter) == ("FAILED", 4, "451 4.3.0 come back later")


def test_a_recipient_who_is_refused_is_not_tried_again(sink, work):
    sink.mood = REFUSES
    letter = write()

    work()

    assert told(letter) == ("FAILED", 1, "550 5.1.1 no such person")


def test_one_who_is_refused_keeps_nobody_else_waiting(sink, work):
    write("ada@company.example")
    refused = write("a\nb@company.example")

    work()

    assert (sink.recipients, told(refused)[0]) == (["ada@company.example"], "FAILED")


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), True),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"")}), False),
        (smtplib.SMTPRecipientsRefused({"a": (550, b""), "b": (451, b"")}), False),
        (smtplib.SMTPDataError(554, b""), True),
        (smtplib.SMTPDataError(452, b""), False),
        (smtplib.SMTPSenderRefused(550, b"", "a"), False),  # our own settings, which somebody puts right
        (smtplib.SMTPAuthenticationError(535, b""), False),
        (smtplib.SMTPConnectError(554, b""), False),
        (smtplib.SMTPServerDisconnected(), False),
        (smtplib.SMTPNotSupportedError(), True),
        (TimeoutError(), False),
        (ConnectionRefusedError(), False),
        (ValueError(), True),
        (UnicodeEncodeError("ascii", "é", 0, 1, ""), True),
    ],
)
def test_what_would_end_in_the_same_way_is_not_tried_again(error, permanent):
    assert outcomes.is_permanent(error) is permanent


def test_a_code_that_opens_nothing_any_more_is_not_sent(sink, work):
    letter = write(until=timezone.now() - timedelta(seconds=1))

    work()

    assert (sink.recipients, told(letter)) == ([], ("FAILED", 1, "ExpiredError: Too late."))
    assert (letter.content["body"], letter.content["subject"], letter.recipients) == (None, "", [ADDRESS])


def test_a_code_that_could_not_be_sent_in_time_is_not_waited_for(settings, sink, work):
    sink.mood, settings.MAIL_RETRY_SECONDS = BUSY, [60]
    letter = write(until=timezone.now() + timedelta(seconds=30))

    work()

    assert (told(letter)[0], letter.content["body"]) == ("FAILED", None)


def test_a_dead_letter_that_is_sent_again_starts_anew(sink, work):
    sink.mood = REFUSES
    letter = write()
    work()
    letter.refresh_from_db()

    outcomes.revive(letter, at=timezone.now())
    revived = told(letter)
    sink.mood = WORKS
    work()

    assert revived == ("READY", 0, "")
    assert (sink.recipients, Letter.objects.count()) == ([ADDRESS], 0)


# --- A worker that dies -----------------------------------------------------------------------------------------------
def test_a_worker_that_comes_back_takes_up_what_it_held():
    letter = write()
    Worker("first").claim()
    Worker("second").step()
    held = told(letter)

    Worker("first").step()

    assert held == ("RUNNING", 1, "")
    assert ([message.to for message in mail.outbox], Letter.objects.count()) == ([[ADDRESS]], 0)


def test_what_one_that_never_comes_back_held_is_taken_up_later():
    letter = write()
    Worker("first").claim()
    letter.refresh_from_db()

    keeping.take_back(at=letter.started_at + keeping.LEASE)
    before = told(letter)
    keeping.take_back(at=letter.started_at + keeping.LEASE + timedelta(seconds=1))

    assert (before, told(letter)) == (("RUNNING", 1, ""), ("READY", 0, ""))


def test_who_was_taken_for_dead_changes_nothing_any_more():
    write()
    late = Worker("first").claim()
    keeping.take_back(at=timezone.now() + keeping.LEASE + timedelta(seconds=1))
    held = Worker("second").claim()

    outcomes.not_sent(late, TimeoutError(), at=timezone.now())
    outcomes.sent(late)

    assert (held.pk, told(held)) == (late.pk, ("RUNNING", 1, ""))


@pytest.mark.django_db(
    transaction=True
)  # its connection is closed and opened anew, which a test's own transaction forbids
def test_a_database_that_is_away_when_a_letter_was_taken_does_not_send_it_twice(sink, work, monkeypatch):
    sent, failures = outcomes.sent, [OperationalError("away"), OperationalError("away")]

    def away(letter):
        if failures:
            raise failures.pop()
        sent(letter)

    monkeypatch.setattr(outcomes, "sent", away)
    monkeypatch.setattr(worker, "EVERY", 0.01)
    write()

    work()

    assert (failures, sink.recipients, Letter.objects.count()) == ([], [ADDRESS], 0)


# --- What is kept -----------------------------------------------------------------------------------------------------
def test_dead_letters_are_forgotten_after_a_while(settings, sink, work):
    sink.mood = REFUSES
    letter = write()
    work()
    letter.refresh_from_db()
    days = timedelta(days=settings.MAIL_DEAD_DAYS)

    keeping.purge(at=letter.finished_at + days)
    kept = Letter.objects.count()
    keeping.purge(at=letter.finished_at + days + timedelta(seconds=1))

    assert (kept, Letter.objects.count()) == (1, 0)


def test_the_oldest_that_waits_is_told_and_a_dead_one_waits_no_more(sink, work):
    sink.mood = REFUSES
    write()
    work()
    letter = write()

    assert keeping.oldest_wait(at=letter.enqueued_at + timedelta(seconds=90)) == 90


def test_where_nothing_waits_nothing_is_old():
    assert keeping.oldest_wait(at=timezone.now()) == 0

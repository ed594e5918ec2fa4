"""Outcomes of a letter that was tried: gone once it is sent, tried again, or dead with the reason why."""

import smtplib
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django_tasks.base import TaskResultStatus

from mail.letters import emptied, is_over, renewed
from mail.models import Letter, LetterQuerySet, at_once

log = structlog.get_logger("mail")
WHY = 500  # characters


def held(letter: Letter) -> LetterQuerySet:
    # The row as long as nobody else took it: a worker that was taken for dead changes nothing any more.
    return Letter.objects.filter(pk=letter.pk, status=TaskResultStatus.RUNNING, started_at=letter.started_at)


def sent(letter: Letter) -> None:
    held(letter).delete()


def not_sent(letter: Letter, error: Exception, *, at: datetime) -> None:
    # Wait longer each time; what would come too late isn't waited for.
    again = next_try(letter, at)
    if again is None or is_permanent(error) or is_over(letter.content, again):
        return bury(letter, why(error), at=at)
    held(letter).update(status=TaskResultStatus.READY, run_after=again)
    log.warning("mail_waits", letter=str(letter.pk), attempt=letter.attempts, why=type(error).__name__)
    return None


def next_try(letter: Letter, at: datetime) -> datetime | None:
    """None where it was tried often enough."""
    waits = settings.MAIL_RETRY_SECONDS
    return at + timedelta(seconds=waits[letter.attempts - 1]) if letter.attempts <= len(waits) else None


def bury(letter: Letter, reason: str, *, at: datetime) -> None:
    # Keep the text where it can be sent by hand: not a code, nor what is of no worth any more.
    is_useless = letter.content["is_brief"] or is_over(letter.content, at)
    held(letter).update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        traceback=reason[:WHY],
        args_kwargs=arguments(emptied(letter.content) if is_useless else letter.content),
    )
    log.error("mail_dead", letter=str(letter.pk), attempts=letter.attempts)


def revive(letter: Letter, *, at: datetime) -> None:
    # Send a dead letter again, from the first attempt on.
    Letter.objects.dead().filter(pk=letter.pk).update(
        status=TaskResultStatus.READY,
        run_after=at_once(),
        finished_at=None,
        traceback="",
        worker_ids=[],
        args_kwargs=arguments(renewed(letter.content, at=at)),
    )


def arguments(content: dict[str, Any]) -> dict[str, Any]:
    return {"args": [], "kwargs": {"letter": content}}


def is_permanent(error: Exception) -> bool:
    # Whether another try would end in the same way: this recipient or this text is refused, or can't be written.
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, smtplib.SMTPNotSupportedError) or not isinstance(error, OSError)


def why(error: Exception) -> str:
    # The mail server's own words where it gave any.
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"{code} {in_words(answer)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {in_words(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def in_words(answer: object) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)

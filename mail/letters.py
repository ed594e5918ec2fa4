"""A message as it is stored, in the words it was written in, and back again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

EXPIRES = "Expires"  # RFC 4021: when the message has lost its worth; our worker keeps to it, mail programs may


class AttachmentError(ValueError):
    """The queue carries texts: a file would stay in the database until it is sent."""


def as_stored(message: EmailMessage, *, at: datetime) -> dict[str, Any]:
    """Return what the worker needs; the message's number and date are given now, so that sending twice shows."""
    if message.attachments:
        raise AttachmentError(
            "An e-mail with an attachment can't be queued: send a link to the page that has the file."
        )
    given = {name: str(value) for name, value in message.extra_headers.items()}
    names = {name.lower() for name in given}
    headers = {name: value for name, value in own_headers(at).items() if name.lower() not in names}
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", [])],
        "from_email": str(message.from_email),
        **{field: [str(address) for address in getattr(message, field)] for field in ["to", "cc", "bcc", "reply_to"]},
        "headers": headers | given,
        "until": latest(given, at).isoformat(),
        "is_brief": expiry(given) is not None,
    }


def own_headers(at: datetime) -> dict[str, str]:
    domain = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return {"Message-ID": f"<{uuid4()}@{domain}>", "Date": formatdate(at.timestamp(), localtime=True)}


def latest(headers: Mapping[str, str], at: datetime) -> datetime:
    return expiry(headers) or at + timedelta(days=settings.MAIL_DAYS)


def expiry(headers: Mapping[str, str]) -> datetime | None:
    """None where the message doesn't say when it has lost its worth."""
    said = [value for name, value in headers.items() if name.lower() == EXPIRES.lower()]
    return parsedate_to_datetime(said[0]) if said else None


def expiring(at: datetime) -> dict[str, str]:
    # The header of a message that is worth nothing after this moment.
    return {EXPIRES: format_datetime(at)}


def is_over(letter: Mapping[str, Any], at: datetime) -> bool:
    return datetime.fromisoformat(letter["until"]) <= at


def as_message(letter: Mapping[str, Any]) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter["subject"],
        letter["body"],
        letter["from_email"],
        alternatives=letter["alternatives"],
        headers=letter["headers"],
        **{field: letter[field] for field in ["to", "cc", "bcc", "reply_to"]},
    )
    message.content_subtype = letter["subtype"]
    return message


def renewed(letter: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    # The same letter, to be sent from now on by somebody's decision.
    return letter | {"until": (at + timedelta(days=settings.MAIL_DAYS)).isoformat()}


def emptied(letter: dict[str, Any]) -> dict[str, Any]:
    # What is kept of a letter that must not be sent any more: to whom it would have gone.
    return letter | {"subject": "", "body": None, "alternatives": [], "headers": {}}

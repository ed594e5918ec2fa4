"""Typed words, shown again by a page that doesn't take them: to be copied, or sent once more."""

import re
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest

TOKEN, MADE_FOR = "csrfmiddlewaretoken", "made_for"
OURS = {TOKEN, MADE_FOR, "read_at", "request", "sealed"}
# Never shown, never sent again: what proves who one is.
SECRET = re.compile("password|passphrase|credential|secret|token|(^|_)otp", re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]{2,}")


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every (name, value) of the form that was sent, nothing where it can't be read."""
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, BadRequest, OSError):
        return []


def holds_secret(request: HttpRequest) -> bool:
    return any(SECRET.search(name) for name, _value in sent_fields(request) if name != TOKEN)


def typed_texts(request: HttpRequest) -> list[str]:
    # What of the form somebody wrote, rather than chose; nothing of a form that our own page did not send.
    if request.method != "POST" or not is_of_our_page(request):
        return []
    shown = [(name, value) for name, value in sent_fields(request) if name.rpartition("-")[2] not in OURS]
    return [value for name, value in shown if is_written(value) and not SECRET.search(name)]


def is_written(value: str) -> bool:
    return " " in value.strip() and WORDS.search(value) is not None


def is_of_our_page(request: HttpRequest) -> bool:
    # Another site can make a browser send a form here, never with our token or from our address.
    if getattr(request, "csrf_processing_done", False):
        return True
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def mark_of(user: Any) -> str:
    """What the forms of a person's pages carry: only a page that was made for them has it."""
    return f"{user.pk}.{user.browser_id}"


def is_made_for(request: HttpRequest, user: Any) -> bool:
    # Whether the page was made for this person, not for somebody who was signed in here before.
    return user.is_authenticated and request.POST.get(MADE_FOR) == mark_of(user)

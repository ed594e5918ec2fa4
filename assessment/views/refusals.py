"""Refusals as pages: one place for what is said the same wherever it happens."""

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assessment.actions.answers import NoRightError
from assessment.actions.errors import ClosedError
from assessment.throttling import TooOftenError
from assessment.views.errors import bad_request, not_found, too_many_requests

log = structlog.get_logger("request")


def closed(request: HttpRequest, error: ClosedError) -> HttpResponse:
    messages.error(request, _("This assessment was submitted meanwhile: its answers can no longer be changed."))
    return redirect(error.assessment)


def too_often(request: HttpRequest, error: TooOftenError) -> HttpResponse:
    vars(request)["refused_for"] = error.seconds
    return too_many_requests(request)


def too_big(request: HttpRequest, error: Exception) -> HttpResponse:
    # It passed every form and is too big or too deep to be read or stored; nothing of it was kept.
    log.warning("request_too_big", path=request.path, error=type(error).__name__)
    return bad_request(request, error)


def not_theirs(request: HttpRequest, error: NoRightError) -> HttpResponse:
    # Theirs no longer, between the moment that was read and the one it was needed: as it is from then on.
    return not_found(request, error)


PAGES: dict[type, Callable[[HttpRequest, Any], HttpResponse]] = {
    ClosedError: closed,
    NoRightError: not_theirs,
    TooOftenError: too_often,
    DataError: too_big,
    OverflowError: too_big,
    RecursionError: too_big,
}


def page_of(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the page that says it, None for an error that no page is for."""
    if "for integer string conversion" in str(error):  # Python's own limit, a mere ValueError
        return too_big(request, error)
    kind = next((kind for kind in type(error).__mro__ if kind in PAGES), None)
    return PAGES[kind](request, error) if kind else None

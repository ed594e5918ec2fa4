"""While the database is away: an honest 503 at once, and the public pages for as long as they may be shown."""

import sqlite3
import sys
import time
from functools import cache
from threading import Lock
from typing import cast

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

import marks
from assessment.views import errors
from web.handlers import GetResponse

RETRY_AFTER = 5  # seconds
RECENT = 1.0
log = structlog.get_logger("database")


class Memory:
    """Pages as they were served to visitors who brought no cookie, the latest ``size`` of them, by each process."""

    def __init__(self, *, seconds: int, size: int = 64) -> None:
        self.seconds, self.size = seconds, size
        self.lock = Lock()
        self.pages: dict[tuple[str, str], tuple[bytes, dict[str, str], float]] = {}

    def keep(self, key: tuple[str, str], response: HttpResponse, *, asked: float) -> None:
        page = (response.content, dict(response.headers), asked + self.seconds)
        with self.lock:
            self.pages.pop(key, None)
            self.pages[key] = page
            if len(self.pages) > self.size:
                del self.pages[next(iter(self.pages))]

    def find(self, key: tuple[str, str], *, now: float) -> HttpResponse | None:
        content, headers, until = self.pages.get(key, (b"", {}, now))
        if now >= until:
            return None
        response = HttpResponse(content, headers=headers)
        response["Cache-Control"] = "no-store"
        return response


@cache
def memory_of(seconds: int) -> Memory:
    # One for each lifetime: many pages that are soon forgotten push out none that last.
    return Memory(seconds=seconds)


class Failures:
    """When this process last failed to reach the database."""

    def __init__(self) -> None:
        self.last = -RECENT

    def note(self) -> None:
        self.last = time.monotonic()

    @property
    def recent(self) -> bool:
        return time.monotonic() - self.last < RECENT


failures = Failures()


def is_outage(error: BaseException) -> bool:
    # Whether the database couldn't be reached or couldn't serve, by no fault of what it was asked.
    if isinstance(error, OperationalError):
        # SQLite has one class for "locked", "disk full" and "no such table"; only the last is our fault
        return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    # A server that became a standby while we were connected takes no writes
    return isinstance(error, InterfaceError) or getattr(error.__cause__, "sqlstate", None) == "25006"


def is_away(error: BaseException) -> bool:
    # Whether the server itself is gone, or going; one that gives another reason is there.
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return not hasattr(error.__cause__, "sqlite_errorcode") and (not state or state.startswith("57P"))


def server_error(request: HttpRequest) -> HttpResponse:
    # What Django calls for an exception that nobody caught, wherever it was raised: in a view, in a middleware.
    error = cast(BaseException, sys.exc_info()[1])
    if not is_outage(error):
        return errors.server_error(request)
    if is_away(error):
        failures.note()
    log.error("database away", path=request.path, reason=str(error).partition("\n")[0])
    forget_person(request)
    return unavailable(request)


def forget_person(request: HttpRequest) -> None:
    # The rest of the middleware would ask the database again, and wait again: who is it, has the session changed?
    request.user = AnonymousUser()
    vars(request)["time_left"] = None  # so that nothing prolongs the session either
    if hasattr(request, "session"):
        request.session.modified = False


def unavailable(request: HttpRequest) -> HttpResponse:
    response = errors.unavailable(request, retry_after=RETRY_AFTER)
    vars(response)["database_away"] = True
    return response


class PublicPagesMiddleware:
    """While the database is away, whoever reads public pages reads on, as a visitor; their session stays untouched."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = time.monotonic()
        kept = remembered(request, now=asked) if failures.recent else None
        if kept:
            return kept
        response = self.get_response(request)
        if getattr(response, "database_away", False):
            return remembered(request, now=asked) or self.for_a_visitor(request) or response
        if is_for_everybody(request, response):
            memory_of(marks.of(request).public).keep(key(request), response, asked=asked)
        return response

    def for_a_visitor(self, request: HttpRequest) -> HttpResponse | None:
        # The page again, without the session that couldn't be read, where nothing else of it is in the database.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not needs_no_data(request):
            return None
        del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)


def remembered(request: HttpRequest, *, now: float) -> HttpResponse | None:
    if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
        return None
    return memory_of(marks.of(request).public).find(key(request), now=now)


def key(request: HttpRequest) -> tuple[str, str]:
    return request.get_host(), request.path


def needs_no_data(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"} and not marks.of(request).needs_data


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    # No cookie came and none goes: nothing of a person is on the page, no form's token either.
    # A search, which is somebody's, and a part of a page, which htmx asks for, are left out.
    if (
        request.method != "GET"
        or request.COOKIES
        or request.META.get("QUERY_STRING")
        or "HX-Request" in request.headers
    ):
        return False
    shown = response.status_code == 200 and not response.streaming
    return shown and not response.cookies and marks.of(request).public > 0

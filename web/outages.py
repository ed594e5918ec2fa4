"""While the database is away: an honest 503 at once, and the public pages for as long as they may be shown."""

import sqlite3
import sys
import time
from threading import Lock

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from assessment.views import errors

RETRY_AFTER = 5  # seconds
RECENT = 1.0
log = structlog.get_logger("database")


class Memory:
    """Pages as they were served to visitors who brought no cookie, the latest ``size`` of them, by each process."""

    def __init__(self, *, seconds, size=64):
        self.seconds, self.size = seconds, size
        self.pages, self.lock = {}, Lock()

    def keep(self, key, response, *, asked):
        page = (response.content, dict(response.headers), asked + self.seconds)
        with self.lock:
            self.pages.pop(key, None)
            self.pages[key] = page
            if len(self.pages) > self.size:
                del self.pages[next(iter(self.pages))]

    def find(self, key, *, now):
        content, headers, until = self.pages.get(key, (None, None, now))
        if now >= until:
            return None
        response = HttpResponse(content, headers=headers)
        response["Cache-Control"] = "no-store"
        return response


WITHOUT_DATA = ["legal", "privacy", "accessibility", "glossary"]
# Nobody's consent is needed for what these show, and they change when a questionnaire is published: rarely
LASTING = Memory(seconds=24 * 3600)
# A company that withdraws its consent must be gone within a minute, counted from when the page was asked for
PASSING = Memory(seconds=60)
PUBLIC = {
    **dict.fromkeys(["home", "questionnaire", "questionnaire_dimension"], LASTING),
    **dict.fromkeys(["method", "method_versions", *WITHOUT_DATA], LASTING),
    **dict.fromkeys(["contract:contract", "contract:project", "use_cases", "use_case"], PASSING),
}


class Failures:
    """When this process last failed to reach the database."""

    def __init__(self):
        self.last = -RECENT

    def note(self):
        self.last = time.monotonic()

    @property
    def recent(self):
        return time.monotonic() - self.last < RECENT


failures = Failures()


def is_outage(error):
    """Whether the database couldn't be reached or couldn't serve, by no fault of what it was asked."""
    if isinstance(error, OperationalError):
        # SQLite has one class for "locked", "disk full" and "no such table"; only the last is our fault
        return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    # A server that became a standby while we were connected takes no writes
    return isinstance(error, InterfaceError) or getattr(error.__cause__, "sqlstate", None) == "25006"


def is_away(error):
    """Whether the server itself is gone, or going; one that gives another reason is there."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return not hasattr(error.__cause__, "sqlite_errorcode") and (not state or state.startswith("57P"))


def server_error(request):
    """What Django calls for an exception that nobody caught, wherever it was raised: in a view, in a middleware."""
    error = sys.exc_info()[1]
    if not is_outage(error):
        return errors.server_error(request)
    if is_away(error):
        failures.note()
    log.error("database away", path=request.path, reason=str(error).partition("\n")[0])
    forget_person(request)
    return unavailable(request)


def forget_person(request):
    """The rest of the middleware would ask the database again, and wait again: who is it, has the session changed?"""
    request.user = AnonymousUser()
    request.is_activity = False
    if hasattr(request, "session"):
        request.session.modified = False


def unavailable(request):
    response = errors.unavailable(request, retry_after=RETRY_AFTER)
    response.database_away = True
    return response


class PublicPagesMiddleware:
    """While the database is away, whoever reads public pages reads on, as a visitor; their session stays untouched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = time.monotonic()
        kept = remembered(request, now=asked) if failures.recent else None
        if kept:
            return kept
        response = self.get_response(request)
        if getattr(response, "database_away", False):
            return remembered(request, now=asked) or self.for_a_visitor(request) or response
        if is_for_everybody(request, response):
            PUBLIC[request.resolver_match.view_name].keep(key(request), response, asked=asked)
        return response

    def for_a_visitor(self, request):
        """The page again, without the session that couldn't be read, where nothing else of it is in the database."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not needs_no_data(request):
            return None
        del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)


def remembered(request, *, now):
    if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
        return None
    return LASTING.find(key(request), now=now) or PASSING.find(key(request), now=now)


def key(request):
    return request.get_host(), request.path


def needs_no_data(request):
    try:
        return request.method in {"GET", "HEAD"} and resolve(request.path_info).view_name in WITHOUT_DATA
    except Resolver404:
        return False


def is_for_everybody(request, response):
    """No cookie came and none goes: nothing of a person is on the page, no form's token either.

    A search, which is somebody's, and a part of a page, which htmx asks for, are left out.
    """
    if (
        request.method != "GET"
        or request.COOKIES
        or request.META.get("QUERY_STRING")
        or "HX-Request" in request.headers
    ):
        return False
    match = request.resolver_match
    found = match is not None and match.view_name in PUBLIC
    return found and response.status_code == 200 and not response.streaming and not response.cookies

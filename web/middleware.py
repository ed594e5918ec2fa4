"""Headers, compression, log line, session age, second factor and refusals of every request."""

import time
import uuid

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

import marks
from assessment.accounts import time_left
from assessment.models import User
from assessment.views import refusals
from web.handlers import GetResponse, OurRequest

SEEN_AGAIN_AFTER = 300
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ["accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb"]
)
HEADERS = {
    "Content-Security-Policy": build_policy(),  # no page has its own
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    # Django's own middleware sets these too, but not on a host that it refuses before it answers
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
log = structlog.get_logger("request")


class SecurityHeadersMiddleware:
    """Headers that Django's own middleware lacks, on every response, errors and static files included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        user = getattr(request, "user", None)
        if getattr(request, "_signed_in", False) or (user is not None and user.is_authenticated):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class CompressedPagesMiddleware(GZipMiddleware):
    """Pages travel at a fifth of their size; Django pads them at random, against guesses from the size (BREACH).

    Static files are compressed once, ahead of time; exports stream as they are, since speed is their point.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if page else response


class RequestLogMiddleware:
    """One line a request: method, path, status and milliseconds; never the query string, which may hold a token.

    Nor the path, where that is one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: OurRequest) -> HttpResponse:
        request.id, request.refused = uuid.uuid4().hex[:12], {}  # the second by the logs' filter
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request.id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                path="(secret)" if marks.of(request).is_secret else request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                **request.refused,
            )
        return response


class SessionAgeMiddleware:
    """End a session left alone or grown old, both sooner for staff; costs a write once in five minutes of activity.

    A session that somebody ended, here or elsewhere, leaves nothing in the browser; one that ran out does, for who
    signs in again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: OurRequest) -> HttpResponse:
        now = time.time()
        signed_in = SESSION_KEY in request.session
        request.time_left = time_left(request, now=now)
        if request.time_left and min(request.time_left.values()) < 0:
            request.time_left, signed_in = None, False
            logout(request)
            messages.info(request, _("You were signed out after a while, for your safety. Sign in again to go on."))
        response = self.get_response(request)
        if request.time_left and marks.of(request).is_activity:
            self.note(request.session, now=now)
        if request.session.was_ended or (signed_in and not request.user.is_authenticated):
            response["Clear-Site-Data"] = '"storage"'
        return response

    def note(self, session: SessionBase, *, now: float) -> None:
        if now - session.get("seen_at", now) > SEEN_AGAIN_AFTER:
            session["seen_at"] = int(now)


class StaffSecondFactorMiddleware:
    """Where STAFF_SECOND_FACTOR is on, staff reach the admin only in a session where they used a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not settings.STAFF_SECOND_FACTOR or not marks.on(view).asks_second_factor:
            return None
        if not request.user.is_staff:
            return None  # the admin itself turns them away
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            messages.warning(request, _("The administration asks for a second factor. Add one here, then return."))
            return redirect("mfa_index")
        if not any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
            messages.info(request, _("Confirm that it is you, to enter the administration."))
            return redirect(second_factor_page(request.user) + "?" + urlencode({"next": request.get_full_path()}))
        return None


def second_factor_page(user: User) -> str:
    ways = get_adapter().get_reauthentication_methods(user)
    return next(way["url"] for way in ways if way["id"].startswith("mfa_reauthenticate"))


class RefusalsMiddleware:
    """What an action refuses and no view says itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusals.page_of(request, exception)

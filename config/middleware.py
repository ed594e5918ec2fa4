"""What happens to every request, whatever the page."""

import time
import uuid

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

SEEN_AGAIN_AFTER = 300
SECOND_FACTORS = {"mfa_reauthenticate", "mfa_reauthenticate:webauthn"}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ["accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb"]
)
log = structlog.get_logger("request")


class SecurityHeadersMiddleware:
    """Headers that Django's own middleware lacks, on every response, errors and static files included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if getattr(request, "_signed_in", False) or (user is not None and user.is_authenticated):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RequestLogMiddleware:
    """One line a request: method, path, status and milliseconds; never the query string, which may hold a token."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex[:12]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request.id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


class SessionAgeMiddleware:
    """End a session left alone or grown old, both sooner for staff; costs a write once in five minutes of activity."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "seen_at" in request.session and request.user.is_authenticated:
            self.check(request, now=time.time())
        return self.get_response(request)

    def check(self, request, *, now):
        session = request.session
        idle, age = settings.SESSION_LIMITS["staff" if request.user.is_staff else "member"]
        if now - session["seen_at"] > idle or now - session["signed_in_at"] > age:
            logout(request)
            messages.info(request, _("You were signed out after a while, for your safety. Sign in again to go on."))
        elif now - session["seen_at"] > SEEN_AGAIN_AFTER:
            session["seen_at"] = int(now)


class StaffSecondFactorMiddleware:
    """Where STAFF_SECOND_FACTOR is on, staff reach the admin only in a session where they used a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        concerned = settings.STAFF_SECOND_FACTOR and "admin" in request.resolver_match.app_names
        if not concerned or not request.user.is_staff or second_factor_used(request):
            return None
        ways = [way for way in get_adapter().get_reauthentication_methods(request.user) if way["id"] in SECOND_FACTORS]
        if ways:
            messages.info(request, _("Confirm that it is you, to enter the administration."))
            return redirect(ways[0]["url"] + "?" + urlencode({"next": request.get_full_path()}))
        messages.warning(
            request,
            _("The administration asks for a second factor. Add an authenticator app or a passkey here, then return."),
        )
        return redirect("mfa_index")


def second_factor_used(request):
    """In this session, and not taken away since."""
    used = any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
    return used and is_mfa_enabled(request.user)

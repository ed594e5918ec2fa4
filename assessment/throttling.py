"""Known devices, and how often a person may be tried, asked for and written to."""

import ipaddress
import secrets
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import filter_users_by_email
from allauth.core import context
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from assessment.models import User
from assessment.rates import Rate, count

# How often, by what it is counted. Who is known has limits of their own, which no stranger can use up. For strangers
# the limit by person lies above what one network may do: it stops guesses from many networks, and only many reach it.
STRANGERS = {
    "sign-in": [("network", "30/m")],
    "password": [("both", "5/5m"), ("both", "20/h"), ("network", "10/m"), ("person", "50/h")],
    "second factor": [("both", "5/5m"), ("both", "10/d"), ("network", "10/m"), ("person", "30/d")],
    "request": [("network", "20/m")],
    "message": [("both", "5/h"), ("person", "10/h")],
    "wrong link": [("network", "10/m")],
    "trial": [("network", "60/h")],
    "check": [("network", "20/m")],
}
KNOWN = {
    "sign-in": ["30/m"],
    "password": ["5/5m", "30/d"],
    "second factor": ["5/5m", "30/d"],
    "request": ["20/m"],
    "message": ["5/h"],
}
# Whoever sends them: what the service itself writes to one address
WRITTEN = "30/h"
TOLD = "1/d"
DEVICES_KEPT = 3
log = structlog.get_logger("security")


class TooOftenError(Exception):
    """A limit is reached; ``seconds`` is the time over which it counts."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


# --- Counting ---------------------------------------------------------------------------------------------------------


@dataclass
class Try:
    """Counts as failed until it is taken back."""

    usages: list = field(default_factory=list)

    def take_back(self) -> None:
        for usage in self.usages:
            usage.take_back()


def begin(request: HttpRequest, what: str, whom: Any, *, known: str | None = None) -> Try:
    """Count one try, or raise TooOftenError and count nothing. ``known``: how ``whom`` is known here, None if not."""
    one = Try()
    for key, rate in counters(request, what, whom, known):
        usage = count(key, rate)
        if usage is None:
            one.take_back()
            raise TooOftenError(Rate.of(rate).seconds)
        one.usages.append(usage)
    return one


def counters(request: HttpRequest, what: str, whom: Any, known: str | None) -> list[tuple[str, str]]:
    if known:
        return [(f"{what}, {whom}, {known}", rate) for rate in KNOWN[what]]
    network = network_of(request)
    keys = {"network": f"{what}, {network}", "person": f"{what}, {whom}", "both": f"{what}, {whom}, {network}"}
    return [(keys[by], rate) for by, rate in STRANGERS[what]]


def network_of(request: HttpRequest) -> str:
    # The address or, of IPv6, the network that one household or company has.
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False).network_address)


def may_write_to(address: str) -> bool:
    return count(f"written, {mailbox(address)}", WRITTEN) is not None


def mailbox(address: str) -> str:
    # Where the message arrives, for counting alone: most servers deliver ada+anything@ to ada@.
    local, _at, domain = unicodedata.normalize("NFKC", address).strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


# --- Knowing ----------------------------------------------------------------------------------------------------------


def how_known(request: HttpRequest, user: User) -> str | None:
    """Return what tells the person from a stranger here: their session, device or mailbox; None if nothing does."""
    if request.user.is_authenticated and request.user.pk == user.pk:
        return f"session {request.session.session_key}"
    if device := device_of(request, user):
        return f"device {device}"
    if any(record["method"] == "code" for record in get_authentication_records(request, user)):
        return "mailbox"
    return None


def how_owner_is_known(request: HttpRequest, address: str) -> str | None:
    """No query for somebody who shows nothing by which they could be known."""
    if not request.user.is_authenticated and settings.DEVICE_COOKIE_NAME not in request.COOKIES:
        return None
    ways = (how_known(request, user) for user in filter_users_by_email(address, is_active=True))
    return next(filter(None, ways), None)


def devices_in(request: HttpRequest) -> list[Any]:
    """Return (name, second of issue, mark) of each device in the cookie; none where we did not sign it."""
    try:
        return signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt="devices")
    except signing.BadSignature:
        return []


def device_of(request: HttpRequest, user: User) -> str | None:
    oldest = time.time() - settings.DEVICE_COOKIE_AGE
    for name, issued, mark in devices_in(request):
        if issued > oldest and constant_time_compare(mark, mark_of(user, name, issued)):
            return name
    return None


def mark_of(user: User, name: str, issued: float) -> str:
    # Another one as soon as the password is changed or the person's sessions are ended.
    parts = [user.pk, name, issued, user.devices_since.timestamp(), user.get_session_auth_hash()]
    return salted_hmac("known device", "|".join(map(str, parts)), algorithm="sha256").hexdigest()[:32]


def set_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    name, issued = device_of(request, user) or secrets.token_urlsafe(12), int(time.time())
    others = [kept for kept in devices_in(request) if kept[0] != name]
    devices = [*others, (name, issued, mark_of(user, name, issued))][-DEVICES_KEPT:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(devices, salt="devices"),
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def forget_devices(user: User) -> None:
    user.devices_since = timezone.now()
    user.save(update_fields=["devices_since"])


def forget_devices_of(sessions: Iterable[UserSession]) -> None:
    # Devices go with the sessions, but for the one of who ends their others.
    request = context.request
    for user in {session.user for session in sessions}:
        forget_devices(user)
        if request and request.user == user and not any(session.is_current() for session in sessions):
            vars(request)["device_of"] = user


class ThrottlingMiddleware:
    """Give a device that proved itself its cookie, and a page that refuses a try its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if user := getattr(request, "device_of", None):
            set_device(request, response, user)
        if hasattr(request, "refused_for") and response.status_code == 200:
            response.status_code = 429
            response["Retry-After"] = request.refused_for
        return response


# --- In allauth's places ----------------------------------------------------------------------------------------------


class ThrottledAdapter(DefaultAccountAdapter):
    tells_what_was_done = False

    def get_client_ip(self, request: HttpRequest) -> str:
        # An IPv4 address is one, however the server's socket writes it: as IPv6 all of them would be one network.
        address = ipaddress.ip_address(super().get_client_ip(request))
        return str(getattr(address, "ipv4_mapped", None) or address)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        vars(request)["device_of"] = user

    def set_password(self, user: User, password: str) -> None:
        # Chosen with a proof: the device that gave it stays known, all others become unknown.
        super().set_password(user, password)
        context.request.device_of = user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        address = credentials.get("email", "")
        whom, known = mailbox(address), how_owner_is_known(request, address)
        try:
            begin(request, "sign-in", whom, known=known)
            self.one = begin(request, "password", whom, known=known)
        except TooOftenError as error:
            raise self.refusal(request, error) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user:
            self.one.take_back()
        return user

    def refusal(self, request: HttpRequest, error: TooOftenError) -> ValidationError:
        log.warning("refused_after_failures")
        vars(request)["refused_for"] = error.seconds
        return self.validation_error("too_many_login_attempts")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        # What was done to an account is always told: it takes a proof first, so no stranger can repeat it.
        self.tells_what_was_done = True
        super().send_notification_mail(*args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # Beyond the limit nothing is sent, the page says what it always says, and the person is told once.
        if self.tells_what_was_done or may_be_asked_for(self.request, email):
            return super().send_mail(template_prefix, email, context)
        log.warning("message_held_back")
        if "code" in context:
            self.request.session["code_not_sent"] = context["code"]
        if count(f"told, {mailbox(email)}", TOLD):
            super().send_mail("account/email/no_more_messages", email, {})


def may_be_asked_for(request: HttpRequest, address: str) -> bool:
    try:
        begin(request, "message", mailbox(address), known=how_owner_is_known(request, address))
    except TooOftenError:
        return False
    return True


class AsksForCode:
    """A form with which anybody has a code sent: so many a minute and network, whoever the addresses belong to."""

    def clean_email(self) -> str:
        email: str = super().clean_email()  # type: ignore[misc]  # of the form beside it
        request = context.request
        begin(request, "request", mailbox(email), known=how_owner_is_known(request, email))
        return email


class TakesSentCode:
    """A form that compares with a code in the session: one that was never sent can't be guessed either."""

    def __init__(self, *args: Any, code: str | None = None, **kwargs: Any) -> None:
        sent = code != context.request.session.get("code_not_sent")
        super().__init__(*args, code=code if sent else "", **kwargs)  # type: ignore[call-arg]  # of the form beside it


class TakesSecondFactor:
    user: User

    def clean_code(self) -> str:
        request = context.request
        try:
            one = begin(request, "second factor", self.user.pk, known=how_known(request, self.user))
        except TooOftenError as error:
            raise get_adapter().refusal(request, error) from error
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside it
        one.take_back()
        return code

"""How allauth is made ours: where people arrive, when they came, how the authenticator's picture is drawn."""

import time

import qrcode
import structlog
from allauth.account import auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from assessment.models import User
from assessment.models.prepared import Given, Prepared

log = structlog.get_logger("security")
COLUMNS = [field.attname for field in User._meta.concrete_fields]


@Prepared
def person():
    return User.objects.filter(pk=Given("pk", User._meta.pk)).order_by().values_list(*COLUMNS)


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's; who is signed in is read on every request, by a query whose SQL is kept."""

    def get_user(self, user_id):
        row = person.first(pk=user_id)
        user = row and User.from_db(connection.alias, COLUMNS, row)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    def login(self, request, user):
        super().login(request, user)
        request.session["signed_in_at"] = request.session["seen_at"] = int(time.time())
        log.info("signed_in", user=user.pk)

    def authentication_failed(self, request, **credentials):
        log.warning("sign_in_failed")  # nothing of what was typed: it may be another's address, or a password

    def get_login_redirect_url(self, request):
        return first_page_of(request)

    def get_signup_redirect_url(self, request):
        return first_page_of(request)

    def get_password_change_redirect_url(self, request):
        return reverse("account")


def time_left(request, *, now):
    """Seconds until the session ends by being left alone, and by its age; None where nobody signed in by the pages."""
    session = request.session
    if "seen_at" not in session or not request.user.is_authenticated:
        return None
    idle, age = settings.SESSION_LIMITS["staff" if request.user.is_staff else "member"]
    return {"idle": int(session["seen_at"] + idle - now), "age": int(session["signed_in_at"] + age - now)}


def first_page_of(request):
    """Somebody without a company has one thing to do here: create it, unless invited; staff have the administration."""
    if request.session.get("invitation"):
        return reverse("invitation")
    if request.user.memberships.exists():
        return reverse("start")
    return reverse("admin:index") if request.user.is_staff else reverse("company_create")


class MFAAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self):
        """Named after the service: a telephone shows this name when it asks which passkey to use."""
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}

    def build_totp_svg(self, url):
        """Drawn in the page itself: the content security policy loads no picture from a data: address."""
        code = qrcode.QRCode()
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="240" height="240"'
            ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
            gettext("QR code for your authenticator app"),
            *[len(rows)] * 4,
            squares,
        )

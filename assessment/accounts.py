"""allauth made ours: arrival after sign-in, session age, the authenticator's QR code."""

import time
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

import qrcode
import structlog
from allauth.account import auth_backends
from allauth.account.models import EmailAddress, Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from assessment import proof
from assessment.actions.people import free_address
from assessment.actions.team import keep_former_address
from assessment.models import Invitation, User
from assessment.models.addresses import canonical
from assessment.rules.requests import SignedInRequest, signed_in
from assessment.throttling import ThrottledAdapter
from mail.letters import expiring

log = structlog.get_logger("security")
reading: ContextVar[Any] = ContextVar("session", default=None)  # the one whose person is asked for
COLUMNS = ", ".join(str(field.column) for field in User._meta.concrete_fields)
PERSON = f"SELECT {COLUMNS} FROM {User._meta.db_table} WHERE id = %s"  # noqa: S608


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's; who is signed in comes with the session, or is read by plain SQL, in half the time of a queryset."""

    def get_user(self, user_id: Any) -> User | None:
        user = getattr(reading.get(), "person", None)
        if user is None or user.pk != user_id:
            user = next(iter(User.objects.raw(PERSON, [user_id])), None)
        return user if user and self.user_can_authenticate(user) else None

    def _mitigate_timing_attack(self, password: str) -> None:
        """Hashed as often as for an account that is there."""
        User(password=UNUSABLE_PASSWORD_PREFIX).check_password(password)


class AccountAdapter(ThrottledAdapter):
    def clean_email(self, email: str) -> str:
        return canonical(email)

    def get_login_stages(self) -> list[str]:
        return [proof.STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def is_login_by_code_required(self, login: Login) -> bool:
        """Staff without a second factor prove their address each time: a password alone, stolen, must not enrol one."""
        if proof.is_asked_for(login) or super().is_login_by_code_required(login):
            return True
        return settings.STAFF_SECOND_FACTOR and proof.is_missing_second_factor(self.request, login.user)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Two who prove one address at the same moment: the second is told, not shown an error."""
        try:
            with transaction.atomic():
                free_address(email=email_address.email, to=email_address.user)
                former = email_address.user.email
                confirmed = super().confirm_email(request, email_address)
                if former != email_address.user.email:
                    keep_former_address(user=email_address.user, email=former)
                return confirmed
        except IntegrityError:
            context = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", context)
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(proof.template(self.request, template_prefix, email), email, context)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """In the language of who gets it, or of the page where none is known. A code that opens nothing isn't sent."""
        if "code" in context:
            until = timezone.now() + timedelta(seconds=settings.CODE_SECONDS)
            headers = (headers or {}) | expiring(until)
        with translation.override(language_of(email) or get_language()):
            return super().render_mail(template_prefix, email, context, headers)

    def login(self, request: HttpRequest, user: User) -> None:
        proof.keep_password(request, user)
        super().login(request, user)
        read_in(user, get_language())
        request.session["signed_in_at"] = request.session["seen_at"] = int(time.time())
        log.info("signed_in", user=user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.warning("sign_in_failed")  # nothing of what was typed: it may be another's address, or a password

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_page_of(signed_in(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return first_page_of(signed_in(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")


def time_left(request: HttpRequest, *, now: float) -> dict[str, int] | None:
    """Seconds until the session ends by being left alone, and by its age; None where nobody signed in by the pages."""
    session = request.session
    if "seen_at" not in session or not request.user.is_authenticated:
        return None
    idle, age = settings.SESSION_LIMITS["staff" if request.user.is_staff else "member"]
    return {"idle": int(session["seen_at"] + idle - now), "age": int(session["signed_in_at"] + age - now)}


def language_of(address: str) -> str | None:
    return User.objects.filter(email=address).values_list("language", flat=True).first()


def read_in(user: User, language: str | None) -> None:
    """Until the person chooses: the language in which they first signed in."""
    if not user.language and language in dict(settings.LANGUAGES):
        user.language = language
        user.save(update_fields=["language"])


def first_page_of(request: SignedInRequest) -> str:
    """Somebody without a company has one thing to do here: create it, unless invited; staff have the administration."""
    if request.session.get("invitation"):
        return reverse("invitation")
    if request.session.get("trial"):
        return reverse("trial_keep")
    if request.user.memberships.exists():
        return reverse("start")
    if request.user.is_staff:
        return reverse("admin:index")
    return reverse("invitation") if find_invitation(request) else reverse("company_create")


def find_invitation(request: SignedInRequest) -> UUID | None:
    """One sent to the address that signing in has proved: its link is then no longer needed."""
    key = Invitation.objects.open().filter(email=request.user.email).values_list("pk", flat=True).first()
    if key:
        request.session["invitation"] = str(key)
    return key


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whose address has an account here enters it by the code sent there, and may then connect the other one."""
        addresses = [address.email for address in sociallogin.email_addresses][:1]
        is_new = not sociallogin.is_existing and not request.user.is_authenticated
        if is_new and addresses and User.objects.with_address(addresses[0]).exists():
            raise ImmediateHttpResponse(proof.ask_for_code(request, email=canonical(addresses[0])))


class MFAAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Named after the service: a telephone shows this name when it asks which passkey to use."""
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}

    def build_totp_svg(self, url: str) -> str:
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

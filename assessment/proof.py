"""Proving an address: whoever does it owns the account, and nobody has anything of it before."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress, Login
from allauth.account.signals import email_confirmed
from allauth.account.stages import EmailVerificationStage, LoginByCodeStage, LoginStageController
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from assessment.actions.people import forget_credentials, reserve_account
from assessment.models import User

SIGN_UP = "sign_up"  # in the session: whose code it waits for, and the password to keep once it came


class OpenCodeStage(LoginByCodeStage):
    """A code is waited for; meanwhile one can start again, with the address as it should have been typed."""

    def is_resumable(self, request: HttpRequest) -> bool:
        return False

    def handle(self) -> None:
        # Once the code came, what begins is a sign-in like any other: it asks whether the account may still enter.
        answer = super().handle()
        if is_asked_for(self.login):
            self.state["initiated_by_user"] = True
        return answer


class OpenVerificationStage(EmailVerificationStage):
    def is_resumable(self, request: HttpRequest) -> bool:
        return False


STAGES = {
    "allauth.account.stages.LoginByCodeStage": f"{__name__}.OpenCodeStage",
    "allauth.account.stages.EmailVerificationStage": f"{__name__}.OpenVerificationStage",
}


def ask_for_code(request: HttpRequest, *, email: str, password: str = "") -> HttpResponse:
    """Send a code that opens the address's account, a new one or not; ``password``, hashed, is kept with the proof."""
    user = reserve_account(email=email)
    known = EmailAddress.objects.filter(user=user, verified=True).exists()
    request.session[SIGN_UP] = {"user": user.pk, "email": email, "known": known, "password": password}
    login = Login(user=user, email=email, state={SIGN_UP: True})
    LoginStageController(request, login).handle()
    page = reverse("account_email_verification_sent")
    return redirect(passthrough_next_redirect_url(request, page, REDIRECT_FIELD_NAME))


def is_asked_for(login: Login) -> bool:
    # Whether this is no sign-in yet, but somebody who is to prove an address first.
    return SIGN_UP in login.state


def template(request: HttpRequest, prefix: str, email: str) -> str:
    # The message says what the page must not: whether the address has an account.
    asked = request.session.get(SIGN_UP)
    if prefix != "account/email/login_code" or not asked or asked["email"] != email:
        return prefix
    return f"account/email/{'account_already_exists' if asked['known'] else 'email_confirmation_signup'}"


def keep_password(request: HttpRequest, user: User) -> None:
    # The password of a sign-up counts once its own session has proved the address, if the account had none.
    asked = request.session.pop(SIGN_UP, None)
    if not asked or not asked["password"] or asked["user"] != user.pk:
        return
    if asked["known"] or user.has_usable_password():
        messages.info(request, gettext("You had an account already: the password that you just chose was not kept."))
        return
    user.password = asked["password"]
    user.save(update_fields=["password"])


@receiver(email_confirmed)
def forget_what_others_set(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    # At the first proof of an address, nothing stays but what this very session signed in with.
    user = email_address.user
    if user.emailaddress_set.filter(verified=True).exclude(pk=email_address.pk).exists():
        return
    records = get_authentication_records(request, user)
    forget_credentials(
        user=user,
        keep_password=any(record["method"] == "password" for record in records),
        keep_social=[(record["provider"], record["uid"]) for record in records if record["method"] == "socialaccount"],
    )


def is_missing_second_factor(request: HttpRequest, user: User) -> bool:
    # For staff who have not given the code of an e-mail in this session.
    if (
        user is None
        or not user.is_staff
        or is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
    ):
        return False
    return not any(record["method"] == "code" for record in get_authentication_records(request, user))

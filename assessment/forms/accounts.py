"""allauth's forms in our words: one spelling of an address, codes that serve once, no placeholder for a label."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.core import context
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount import forms as social
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from assessment import proof
from assessment.forms.addresses import AddressField
from assessment.models import Invitation, User
from assessment.throttling import AsksForCode, TakesSecondFactor, TakesSentCode
from language.texts import Text

LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "name": _("Name of the passkey"),
}


class Worded(forms.BaseForm):
    labels: dict[str, Text] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, EmailField):
                field = self.fields[name] = AddressField(required=field.required, widget=field.widget)
            field.widget.attrs.pop("placeholder", None)
            field.label = (LABELS | self.labels).get(name, field.label)


class Digits(Worded):
    user: User
    labels = {"code": _("Six digits, or a recovery code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        # A code serves once, that of the enrolment too, for as long as the clock's tolerance would take it.
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside it
        seconds = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
        written = "".join(filter(str.isalnum, code)).lower()  # blanks and hyphens make no other code of it
        if not cache.add(f"second-factor:{self.user.pk}:{written}", True, timeout=seconds):
            raise forms.ValidationError(_("This code was used already: wait for the next one."), code="used")
        return code


class Invited(forms.BaseForm):
    """Whoever opened the link of an invitation finds its address typed already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = context.request.session.get("invitation")
        address = opened and Invitation.objects.open().filter(pk=opened).values_list("email", flat=True).first()
        if address:
            name = "login" if "login" in self.fields else "email"
            self.initial.setdefault(name, address)
            self.fields[name].help_text = _("Your invitation is for this address.")


class Who(Invited, Worded, forms.Form):
    """Whose account is to be entered: the same next page for an address that has one and for one that has none."""

    login = EmailField(widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": ""}))


class Login(Invited, Worded, account.LoginForm):
    pass


class Signup(Invited, Worded, account.SignupForm):
    labels = {"password1": _("Password (optional)")}

    def clean_email(self) -> str:
        return self.cleaned_data["email"]  # one that has an account goes the same way as one that has none

    def try_save(self, request: HttpRequest) -> tuple[None, HttpResponse]:
        # No account is told from another, by its page or by a clock: the password is hashed for each.
        user, password = User(), self.cleaned_data.get("password1")
        if password:
            user.set_password(password)
        return None, proof.ask_for_code(request, email=self.cleaned_data["email"], password=user.password)


class RequestLoginCode(Invited, AsksForCode, Worded, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCode(TakesSentCode, Worded, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCode(TakesSentCode, Worded, account.ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        # Nobody proves an address for an account that is gone, nor one that is somebody else's.
        code = account.BaseConfirmCodeForm.clean_code(self)
        if self.user is None:
            raise get_adapter().validation_error("incorrect_code")
        others = User.objects.with_address(self.email).exclude(pk=self.user.pk)
        if others.exclude(pk__in=User.objects.abandoned().values("pk")).exists():
            raise get_adapter().validation_error("email_taken")
        return code


class ConfirmPasswordResetCode(TakesSentCode, Worded, account.ConfirmPasswordResetCodeForm):
    pass


class ResetPassword(AsksForCode, Worded, account.ResetPasswordForm):
    pass


class ResetPasswordFromKey(Worded, account.ResetPasswordKeyForm):
    pass


class ChangePassword(Worded, account.ChangePasswordForm):
    pass


class SetPassword(Worded, account.SetPasswordForm):
    pass


class AddEmail(Worded, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class Reauthenticate(Worded, account.ReauthenticateForm):
    pass


class Authenticate(TakesSecondFactor, Digits, mfa.AuthenticateForm):
    pass


class ReauthenticateByDigits(TakesSecondFactor, Digits, mfa.ReauthenticateForm):
    pass


class ActivateApp(TakesSecondFactor, Digits, ActivateTOTPForm):
    labels = {"code": _("The six digits")}


class AddPasskey(Worded, AddWebAuthnForm):
    labels = {"passwordless": _("Sign in with it alone, without password or code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _("The device then asks for your fingerprint, your face or its PIN.")


class EditPasskey(Worded, EditWebAuthnForm):
    pass


class SocialSignup(Worded, social.SignupForm):
    """Where the other organisation names no address."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            return None, proof.ask_for_code(request, email=self.cleaned_data["email"])
        return super().try_save(request)

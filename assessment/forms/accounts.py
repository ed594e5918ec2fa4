"""allauth's forms in our words: one spelling of e-mail, and no placeholder that repeats a label."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "name": _("Name of the passkey"),
}


class Worded:
    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = (LABELS | self.labels).get(name, field.label)


class Digits(Worded):
    labels = {"code": _("Six digits, or a recovery code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class Login(Worded, account.LoginForm):
    pass


class Signup(Worded, account.SignupForm):
    labels = {"password1": _("Password (optional)")}

    def try_save(self, request):
        """A taken address takes as long as a free one: else a clock would tell who has an account."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class RequestLoginCode(Worded, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCode(Worded, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCode(Worded, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCode(Worded, account.ConfirmPasswordResetCodeForm):
    pass


class ResetPassword(Worded, account.ResetPasswordForm):
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


class Authenticate(Digits, mfa.AuthenticateForm):
    pass


class ReauthenticateByDigits(Digits, mfa.ReauthenticateForm):
    pass


class ActivateApp(Digits, ActivateTOTPForm):
    labels = {"code": _("The six digits")}


class AddPasskey(Worded, AddWebAuthnForm):
    labels = {"passwordless": _("Sign in with it alone, without password or code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _("The device then asks for your fingerprint, your face or its PIN.")


class EditPasskey(Worded, EditWebAuthnForm):
    pass

"""Second factors of a person's account, as administrators take them away: with a reason, which the person reads."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.forms.names import NameField
from assessment.models import StaffAccess

FACTOR_REASON = "factor_reason"


def reason_field() -> NameField:
    return NameField(
        label=_("Why a second factor is removed"),
        required=False,
        max_length=StaffAccess._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Needed to remove one below. Kept with your name; the person gets it by e-mail."),
    )


class SecondFactorFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if self.deleted_forms and not self.data.get(FACTOR_REASON, "").strip():
            raise ValidationError(_("Say above why a second factor is removed: the person is told."), code="no_reason")

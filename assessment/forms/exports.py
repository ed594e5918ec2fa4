"""Reasons asked before figures of named companies are shown, or leave."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.exchange.formats import Format
from assessment.models import StaffAccess


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=StaffAccess._meta.get_field("reason").max_length,
        help_text=_("Kept with your name; the companies concerned can read it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class ExportForm(ReasonForm):
    format = forms.ChoiceField(
        label=_("Format"),
        choices=Format.choices,
        initial=Format.CSV,
        widget=forms.RadioSelect(attrs={"class": "plain"}),
    )
    field_order = ["format", "reason"]

"""What an export of results asks for before anything leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.exchange.formats import Format
from assessment.models import StaffAccess


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Format"),
        choices=Format.choices,
        initial=Format.CSV,
        widget=forms.RadioSelect(attrs={"class": "plain"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=StaffAccess._meta.get_field("reason").max_length,
        help_text=_("Kept with your name; the companies concerned can read it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

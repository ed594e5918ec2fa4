"""What a company is looked for by in the public register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import register
from assessment.forms.activities import usual
from assessment.forms.names import NameField


class FindForm(forms.Form):
    find = NameField(
        label=_("SIREN or name"),
        max_length=100,
        help_text=_("Asked of the public register of French companies (State, INSEE). Everything can be corrected."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    @property
    def words(self) -> str:
        # A SIREN as on paper, with spaces, is one number.
        typed: str = self.cleaned_data["find"]
        compact = typed.replace(" ", "")
        return compact if compact.isdigit() else typed


def initial_of(entry: register.Entry) -> dict[str, Any]:
    """What the company's form proposes: what the register knows, and what is usual for it."""
    known: dict[str, Any] = dict(entry.known)
    if entry.sub_sector and entry.size:
        known["activities"] = usual(entry.sub_sector, entry.size)
    return known

"""As which company somebody wants to read the questionnaire."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.maturity.conditions import Profile
from assessment.models import Activity, Size, SubSector
from assessment.reports.questionnaire.typical import typical_activities
from language.leftout import pairs_left_out
from language.texts import Text


class PreviewForm(forms.Form):
    """Reads the address; what makes no sense there is left out and said, never an error.

    Activities follow the trade and the size until somebody changes them: ``shown_for`` is the trade and size whose
    activities the posted boxes were shown for.
    """

    fields: dict[str, Any]

    sub_sector = forms.ChoiceField(label=_("Sub-sector"), required=False)
    size = forms.ChoiceField(label=_("Size"), required=False)
    activities = forms.MultipleChoiceField(
        label=_("Activities"), choices=Activity.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    express = forms.BooleanField(label=_("Only the questions of the express path"), required=False)
    shown_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.left_out = []
        self.fields["sub_sector"].choices = [("", _("All"))] + SubSector.choices
        self.fields["size"].choices = [("", _("All"))] + Size.choices
        for name in ["sub_sector", "size"]:
            # Not "form-select": before our styles arrive, Bootstrap’s would ask for a picture that the policy forbids
            self.fields[name].widget.attrs["class"] = "form-control"
        if isinstance(data, QueryDict):
            self.left_out = pairs_left_out(data, self.fields)
            self.data = self._understood(data)
        self.is_valid()

    def _understood(self, data: QueryDict) -> QueryDict:
        # Of each field the values that are its own, the last one where it takes one; the others are left out.
        understood = data.copy()
        for name in set(self.fields) & set(data):
            given, own = data.getlist(name), self._values(name)
            kept = [value for value in given if value in own]
            kept = kept if name == "activities" else kept[-1:]
            self.left_out += [f"{name}={value}" for value in given if value not in kept]
            understood.setlist(name, kept)
        return understood

    def _values(self, name: str) -> set[str]:
        if name == "express":
            return {"on", "true", "false"}
        if name == "shown_for":
            return {"", *(f"{trade}-{size}" for trade in SubSector.values for size in Size.values)}
        return {value for value, _label in self.fields[name].choices}

    def _given(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def trade(self) -> str:
        # The trade and size that typical activities depend on, "" where one of them is not said.
        sub_sector, size = self._given("sub_sector"), self._given("size")
        return f"{sub_sector}-{size}" if sub_sector and size else ""

    @property
    def activities_read(self) -> frozenset[str]:
        ticked = frozenset(self._given("activities"))
        shown_for = self._given("shown_for")
        if not self.trade or shown_for == self.trade or ticked != _typical(shown_for):
            return ticked
        return _typical(self.trade)

    @property
    def express_only(self) -> bool:
        return bool(self._given("express"))

    @property
    def half_said(self) -> bool:
        # Whether one of trade and size is missing.
        return not self.trade and bool(self._given("sub_sector") or self._given("size"))

    @property
    def profile(self) -> Profile | None:
        """The profile to read with; None unless trade and size are both said."""
        if not self.trade:
            return None
        return Profile(self._given("sub_sector"), self._given("size"), self.activities_read)

    @property
    def labels(self) -> list[Text]:
        # The profile in words: trade, size, and what it does.
        profile = self.profile
        if profile is None:
            return []
        done = [Activity(code).label for code in Activity.values if code in profile.activities]
        return [SubSector(cast(str, profile.sub_sector)).label, Size(cast(str, profile.size)).label, *done]

    @property
    def address(self) -> str:
        # What follows the "?" of the other pages of the same reading.
        profile = self.profile
        pairs: list[tuple[str, str | None]] = [("express", "on")] if self.express_only else []
        if profile:
            pairs += [("sub_sector", profile.sub_sector), ("size", profile.size)]
            pairs += [("activities", code) for code in Activity.values if code in profile.activities]
            pairs += [("shown_for", self.trade)]
        return urlencode(pairs)


def _typical(trade: str) -> frozenset[str]:
    """An address without ``shown_for`` showed no box: nothing ticked is then nobody’s choice."""
    sub_sector, _hyphen, size = trade.partition("-")
    if sub_sector not in SubSector.values or size not in Size.values:
        return frozenset()
    return typical_activities(sub_sector, size)

"""Activities of a company, asked as a choice: they decide which questions are put, so nothing ticked is no answer."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.models import Activity, Size, SubSector
from assessment.reports.questionnaire.typical import typical_activities

NONE = "none"


class ActivitiesField(forms.MultipleChoiceField):
    """Activities, or "none of these": an empty list."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Tick what the company does, or “None of these”."),
        "usual": _("Check what is ticked now, what is usual for such a company, then save."),
        "none_and_others": _("“None of these” goes with no activity: untick one or the other."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[*Activity.choices, (NONE, _("None of these"))], label=_("Activities"), **options)

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(self.error_messages["none_and_others"], code="none_and_others")
        return [code for code in chosen if code != NONE]


class ActivitiesMixin(forms.BaseModelForm):
    """A form of a company: where nothing is ticked, it asks again with the usual ticked for the trade and size."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["activities"] = self.instance.activities or [NONE]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        sub_sector, size = self.cleaned_data.get("sub_sector"), self.cleaned_data.get("size")
        if self.has_error("activities", "required") and sub_sector and size:
            self.errors.pop("activities")
            self.add_error("activities", self.fields["activities"].error_messages["usual"])
            data = cast(QueryDict, self.data).copy()
            data.setlist(self.add_prefix("activities"), usual(sub_sector, size))
            self.data = data
        return cleaned


def usual(sub_sector: str, size: str) -> list[str]:
    """Return the boxes that are ticked before anybody has chosen, in their order on the page."""
    typical = typical_activities(sub_sector, size)
    return [code for code in Activity.values if code in typical] or [NONE]


def usual_everywhere() -> dict[str, list[str]]:
    # The same by "trade-size", for the page's script.
    return {f"{trade}-{size}": usual(trade, size) for trade in SubSector.values for size in Size.values}

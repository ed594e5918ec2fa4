"""What a plan is asked for: an effort to spend, or a level to reach."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.maturity.definition import Level
from assessment.rules.words import in_language

MOST_EFFORT = 100_000


class GoalForm(forms.Form):
    """At most one of the two; neither: where half of the way is."""

    fields: dict[str, Any]

    effort = forms.IntegerField(
        label=_("Effort you can spend"),
        help_text=_("Each step has an effort from 1 to 5; a plan’s is their sum."),
        min_value=0,
        max_value=MOST_EFFORT,
        required=False,
    )
    level = forms.TypedChoiceField(label=_("or a level to reach"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: QueryDict | None, *, levels: Iterable[Level], now: int | None) -> None:
        super().__init__(data)
        ahead = [level for level in levels if level.number > (now or 0)]
        names = [(str(level.number), f"{level.number} {in_language(level.title)}") for level in ahead]
        self.fields["level"].choices = [("", "–"), *names]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("effort") is not None and self.cleaned_data.get("level") is not None:
            self.add_error("level", _("Choose an effort or a level, not both."))
        return cleaned

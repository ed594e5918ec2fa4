"""Which earlier result to compare with."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from assessment.models import Result
from assessment.rules.words import points


class SinceForm(forms.Form):
    fields: dict[str, Any]

    since = forms.TypedChoiceField(label=_("Compare with the result of"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: QueryDict | None, *, earlier: Iterable[Result]) -> None:
        super().__init__(data)
        self.earlier = {result.pk: result for result in earlier}
        self.fields["since"].choices = [(str(pk), _name(result)) for pk, result in self.earlier.items()]

    def chosen(self) -> Result:
        """The newest where none is chosen, or none that there is."""
        newest = next(iter(self.earlier.values()))
        return self.earlier[self.cleaned_data["since"] or newest.pk] if self.is_valid() else newest


def _name(result: Result) -> str:
    return f"{date_format(localtime(result.submitted_at))} – {points(result.score)}"

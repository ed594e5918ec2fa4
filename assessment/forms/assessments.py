"""Start of an assessment."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.maturity.definition import Questionnaire
from assessment.models import Assessment, Campaign, Result


class OriginForm(forms.Form):
    """Whether a new assessment begins with the answers of the company's last result."""

    origin = forms.ChoiceField(required=False, choices=[("last", "last"), ("empty", "empty")])

    def __init__(self, data: QueryDict | None = None, *, last: Result | None) -> None:
        super().__init__(data)
        self.last = last

    @property
    def carries(self) -> bool:
        return self.last is not None and self.cleaned_data["origin"] == "last"


class StartForm(OriginForm):
    fields: dict[str, Any]

    path = forms.ChoiceField(label=_("Path"), choices=Assessment.Path.choices, widget=forms.RadioSelect, required=False)
    campaign: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label=_("No campaign")
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        questionnaire: Questionnaire,
        campaigns: QuerySet[Campaign],
        last: Result | None = None,
    ) -> None:
        super().__init__(data, last=last)
        self.offers_paths = any(not question.express for question in questionnaire.questions)
        self.campaigns = list(campaigns)
        self.fields["campaign"].queryset = campaigns
        self.fields["campaign"].widget.attrs["class"] = "form-select"

    def clean_path(self) -> str:
        return self.cleaned_data["path"] or Assessment.Path.FULL

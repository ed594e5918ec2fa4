"""What decides which questions a visitor is asked, and where a trial is kept."""

import json
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.forms.activities import NONE, ActivitiesField, ActivitiesMixin, usual_everywhere
from assessment.forms.people import helper
from assessment.models import Company, Trial


class TrialForm(ActivitiesMixin, forms.ModelForm):
    fields: dict[str, Any]

    activities = ActivitiesField()

    class Meta:
        model = Trial
        fields = ["sub_sector", "size", "activities"]
        help_texts = {
            "sub_sector": _("Your main one. Decides which questions concern you."),
            "size": _("Headcount of what you assess. Decides which questions concern you."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ["sub_sector", "size"]:
            self.fields[name].choices = [("", _("Choose")), *self.fields[name].choices[1:]]
        self.fields["activities"].help_text = _(
            "Questions about an activity that you do not have are left out. What is usual is ticked first."
        )
        self.helper = helper(_("Go to the questions"))
        self.helper.attrs["data-usual"] = json.dumps(usual_everywhere())

    @staticmethod
    def known_of(trial: Trial) -> dict[str, Any]:
        # What a company's form need not ask again.
        return {"sub_sector": trial.sub_sector, "size": trial.size, "activities": trial.activities or [NONE]}

    @property
    def profile(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class KeepForm(forms.Form):
    """Which of the person's companies the trial is kept for."""

    company: forms.ModelChoiceField = forms.ModelChoiceField(Company.objects.none())

    def __init__(self, data: QueryDict | None = None, *, companies: Any) -> None:
        super().__init__(data)
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]  # a field of models

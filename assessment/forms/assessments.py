"""How an assessment is started."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, Campaign


class StartForm(forms.Form):
    path = forms.ChoiceField(label=_("Path"), choices=Assessment.Path.choices, widget=forms.RadioSelect, required=False)
    origin = forms.ChoiceField(required=False, choices=[("last", "last"), ("empty", "empty")])
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label=_("No campaign")
    )

    def __init__(self, data=None, *, questionnaire, campaigns, last=None):
        """``last``: the company's last result, whose answers a new assessment may begin with."""
        super().__init__(data)
        self.last = last
        self.offers_paths = any(not question.express for question in questionnaire.questions)
        self.campaigns = list(campaigns)
        self.fields["campaign"].queryset = campaigns
        self.fields["campaign"].widget.attrs["class"] = "form-select"

    @property
    def carries(self):
        return self.last is not None and self.cleaned_data["origin"] == "last"

    def clean_path(self):
        return self.cleaned_data["path"] or Assessment.Path.FULL

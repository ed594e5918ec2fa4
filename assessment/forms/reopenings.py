"""Requests to open a submitted assessment again, and staff's decisions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.forms.people import helper
from assessment.forms.usecases import WordsField
from assessment.models import Reopening
from assessment.rules.reopenings import open_beside

OTHER_OPEN = _(
    "The company has started another assessment meanwhile: this one can’t be opened beside it. "
    "Refuse, and tell the company to correct its answers there."
)
DECIDED = _("A colleague decided meanwhile: nothing was changed.")


class ReopeningForm(forms.Form):
    helper = helper(_("Send the request"))
    reason = WordsField(
        label=_("Why should it be opened again?"),
        error_messages={"required": _("Say why it should be opened again.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Which answers are wrong, and why. The reviewers of the strategic committee (CSF) read it."),
    )


class DecisionForm(forms.ModelForm):
    """A decision is taken once; the model’s constraint asks for its reason and date."""

    GRANTED, REFUSED = Reopening.Status.GRANTED, Reopening.Status.REFUSED
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[(GRANTED, _("Grant: the assessment is open again")), (REFUSED, _("Refuse: it stays as submitted"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Reopening
        fields = ["decision"]
        field_classes = {"decision": WordsField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "decision" in self.fields:  # a decided request is only read
            self.fields["decision"].required = True

    def clean_verdict(self) -> str:
        verdict = self.cleaned_data["verdict"]
        if not self.instance.is_waiting:
            raise ValidationError(DECIDED, code="decided")
        if verdict == self.GRANTED and open_beside(self.instance.assessment):
            raise ValidationError(OTHER_OPEN, code="other_open")
        return verdict

    def _post_clean(self) -> None:
        """The action writes the decision whole; half of it would break the model’s constraint here."""

"""A reviewer's decisions on use cases and on requests for contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms.usecases import WordsField
from assessment.models import Interest, UseCase, User
from edits.numbers import WholeNumberField
from edits.values import digest

Status = UseCase.Status


class ReviewForm(forms.Form):
    """Only what the use case’s state and the reviewer’s rights allow is offered."""

    fields: dict[str, Any]

    NEEDS_WORDS = {"return", "comment", "unpublish", "label"}
    LABELS = {
        "publish": _("Publish"),
        "return": _("Return to the company, with the reason"),
        "comment": _("Send a comment to the company"),
        "unpublish": _("Take down, with the reason"),
        "label": _("Select it (“selected by the sector’s committee”), with the reason shown to visitors"),
        "unlabel": _("No longer select it"),
        "place": _("Set its place in the front row"),
    }
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    words = WordsField(
        label=_("Words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "cols": 80})
    )
    position = WholeNumberField(
        label=_("Place in the front row"), required=False, min_value=1, max_value=999, help_text=_("Empty: none.")
    )

    read_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, use_case: UseCase, user: User, eligible: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = digest([use_case.status, use_case.updated_at.isoformat()])
        self.initial["read_at"] = self.state
        offered = offers(use_case, user, eligible)
        self.fields["decision"].choices = [(name, label) for name, label in self.LABELS.items() if name in offered]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("read_at") not in {"", self.state}:
            raise forms.ValidationError(
                _("The use case was changed since you read it: read it again here, then decide."), code="overtaken"
            )
        if (
            self.cleaned_data.get("decision") in self.NEEDS_WORDS
            and not self.cleaned_data.get("words")
            and "words" not in self.errors
        ):
            self.add_error("words", _("Say why, in words."))
        if self.cleaned_data.get("decision") == "label" and len(self.cleaned_data.get("words", "")) > 400:
            self.add_error("words", _("Visitors read this: 400 characters at most."))
        return cleaned


def offers(use_case: UseCase, user: User, eligible: bool) -> set[str]:
    """The decisions that fit now."""
    if not user.has_perm("assessment.change_usecase"):
        return set()
    publishes, labels = user.has_perm("assessment.publish_usecase"), user.has_perm("assessment.label_usecase")
    of_company = use_case.company_id is not None
    fits = {
        "publish": of_company and publishes and use_case.status in {Status.SUBMITTED, Status.UNPUBLISHED},
        "return": use_case.status == Status.SUBMITTED,
        "comment": of_company,
        "unpublish": of_company and publishes and use_case.status == Status.PUBLISHED,
        "label": labels and eligible and use_case.labelled_at is None,
        "unlabel": labels and use_case.labelled_at is not None,
        "place": labels,
    }
    return {name for name, fit in fits.items() if fit}


class TextsForm(forms.ModelForm):
    """A correction by staff: the company consented to other words, so that it takes them offline, knowingly."""

    takes_down = forms.BooleanField(
        label=_("Change the text, and end the company’s consent"),
        required=False,
        help_text=_(
            "The company consented to exactly the present text. With any change nothing of the case is public or "
            "waits for review until the company has consented again; its managers are told by e-mail."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.consents.filter(ended_at=None).exists():
            del self.fields["takes_down"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        changes = set(self.changed_data) - {"takes_down"}
        if changes and "takes_down" in self.fields and not self.cleaned_data.get("takes_down"):
            self.add_error(
                "takes_down", _("Not saved yet: this change takes the case offline. Tick this if it is meant.")
            )
        return cleaned


class InterestForm(forms.ModelForm):
    class Meta:
        model = Interest
        fields = ["state", "answer"]
        field_classes = {"answer": WordsField}
        help_texts = {"answer": _("Sent to the company that asked, and kept for both to read.")}

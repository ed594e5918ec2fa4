"""Moves to another version, and values given again from the history."""

import uuid

from django import forms

from assessment.forms.numbers import KeyField, RevisionField
from assessment.models import AnswerChange
from assessment.rules.answers import Saving


class MoveForm(forms.Form):
    """``version`` is the one that the page showed: nobody moves to one they have not seen."""

    version = KeyField()


class UseAgainForm(forms.Form):
    """``again`` is the revision to bring back, ``revision`` the one it was chosen over."""

    again = RevisionField(min_value=1)
    revision = RevisionField()
    request = forms.UUIDField(required=False)

    def saving(self, change: AnswerChange) -> Saving:
        return Saving(
            question=change.question,
            state=change.state,
            value=change.value,
            comment=change.comment,
            evidence=change.evidence,
            revision=self.cleaned_data["revision"],
            request=self.cleaned_data["request"] or uuid.uuid4(),
        )

"""Recording what the company answers: one of its members' individual answers, with a comment."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms.numbers import RevisionField
from assessment.rules.answers import Saving
from assessment.rules.typed import LONGEST


class ConsensusForm(forms.Form):
    """``answer`` is the stamp of the individual answer taken over, ``revision`` that of the company's on the page."""

    answer = forms.ChoiceField(
        error_messages={
            "required": _("Choose the answer that counts."),
            "invalid_choice": _("This answer was changed meanwhile: look at it again, then choose."),
        }
    )
    comment = forms.CharField(required=False, max_length=LONGEST, strip=False)
    revision = RevisionField()

    def __init__(self, data=None, *, line):
        super().__init__(data, prefix=line.question.code)
        self.line = line
        self.fields["answer"].choices = [(row.stamp, row.stamp) for row in line.rows]

    @property
    def shown_answer(self):
        # The answer just chosen; none before.
        return self.data.get(self.add_prefix("answer"), "")

    @property
    def shown_comment(self):
        # What was just typed, or what stands with the company's answer.
        if self.is_bound:
            return self.data.get(self.add_prefix("comment"), "")
        return self.line.answer.comment if self.line.answer else ""

    @property
    def problems(self):
        return [error for errors in self.errors.values() for error in errors]

    @property
    def changed(self):
        # Whether the company's answer isn't this one already: pressing twice records once.
        return not (self.line.is_counted(self.taken) and self.line.answer.comment == self.cleaned_data["comment"])

    @property
    def taken(self):
        return next(row for row in self.line.rows if row.stamp == self.cleaned_data["answer"])

    def saving(self):
        """Return the individual answer as the company's; the evidence that the company gave stays."""
        return Saving(
            question=self.taken.question,
            state=self.taken.state,
            value=self.taken.value,
            comment=self.cleaned_data["comment"],
            evidence=self.line.answer.evidence if self.line.answer else "",
            revision=self.cleaned_data["revision"],
            request=uuid.uuid4(),
        )

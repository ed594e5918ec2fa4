"""Recording what the company answers: one of its members' individual answers, with a comment."""

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.forms.numbers import RevisionField
from assessment.models import IndividualAnswer
from assessment.reports.assessments.individual_answers import Line
from assessment.rules.answers import Saving
from assessment.rules.typed import LONGEST
from language.texts import Text


class ConsensusForm(forms.Form):
    """``answer`` is the stamp of the individual answer taken over, ``revision`` that of the company's on the page."""

    fields: dict[str, Any]

    answer = forms.ChoiceField(
        error_messages={
            "required": _("Choose the answer that counts."),
            "invalid_choice": _("This answer was changed meanwhile: look at it again, then choose."),
        }
    )
    comment = forms.CharField(required=False, max_length=LONGEST, strip=False)
    revision = RevisionField()

    def __init__(self, data: QueryDict | None = None, *, line: Line) -> None:
        super().__init__(data, prefix=line.question.code)
        self.line = line
        self.fields["answer"].choices = [(row.stamp, row.stamp) for row in line.rows]

    @property
    def shown_answer(self) -> str:
        # The answer just chosen; none before.
        return self.data.get(self.add_prefix("answer"), "")

    @property
    def shown_comment(self) -> str:
        # What was just typed, or what stands with the company's answer.
        if self.is_bound:
            return self.data.get(self.add_prefix("comment"), "")
        return self.line.answer.comment if self.line.answer else ""

    @property
    def problems(self) -> list[Text]:
        return [cast(Text, error) for errors in self.errors.values() for error in errors]

    @property
    def changed(self) -> bool:
        # Whether the company's answer isn't this one already: pressing twice records once.
        comment = self.line.answer.comment if self.line.answer else None
        return not (self.line.is_counted(self.taken) and comment == self.cleaned_data["comment"])

    @property
    def taken(self) -> IndividualAnswer:
        return next(row for row in self.line.rows if row.stamp == self.cleaned_data["answer"])

    def saving(self) -> Saving:
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

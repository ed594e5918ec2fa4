"""One question's form: what a person may type, tick and leave half-done, read into one value to save."""

import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment.forms.numbers import RevisionField
from assessment.maturity.definition import Question
from assessment.models import Answer
from assessment.rules.answers import Saving
from assessment.rules.ordinary import doubt
from assessment.rules.typed import LONGEST, Typed, picks, read, shown_value
from language.texts import Text


class PickField(forms.MultipleChoiceField):
    def valid_value(self, value: Any) -> bool:
        return True  # the form knows the question, and checks it


class AnswerForm(forms.Form):
    """Fields are named ``<question code>-<field>``, so that a page may hold any number of questions."""

    pick = PickField(required=False)
    typed = forms.CharField(required=False, max_length=LONGEST, strip=False)
    reason = forms.CharField(required=False, max_length=LONGEST, strip=False)
    comment = forms.CharField(required=False, max_length=LONGEST, strip=False)
    evidence = forms.CharField(required=False, max_length=LONGEST, strip=False)
    revision = RevisionField(required=False)
    request = forms.UUIDField(required=False)

    def __init__(self, data: QueryDict | None = None, *, question: Question, row: Any = None) -> None:
        super().__init__(data, prefix=question.code)
        self.question, self.row = question, row

    @cached_property
    def shown(self) -> dict[str, Any]:
        if self.is_bound:
            return {
                "pick": cast(QueryDict, self.data).getlist(self.add_prefix("pick")),
                **{
                    name: self.data.get(self.add_prefix(name), "")
                    for name in ["typed", "reason", "comment", "evidence"]
                },
            }
        stored = shown_value(self.row.value) if self.row else {"pick": [], "typed": "", "reason": ""}
        return {
            **stored,
            "comment": self.row.comment if self.row else "",
            "evidence": self.row.evidence if self.row else "",
        }

    @property
    def picked(self) -> tuple[str, ...]:
        # What is ticked, of what can be: the same whatever was typed beside it.
        return tuple(pick for pick in picks(self.question) if pick in self.shown["pick"])

    @property
    def is_stored(self) -> bool:
        return self.row is not None

    @property
    def to_confirm(self) -> bool:
        return self.row is not None and self.row.to_confirm

    @property
    def base_revision(self) -> int:
        # The revision that the page's values are based on; 0 where nothing is stored.
        return self.row.revision if self.row else 0

    @cached_property
    def read(self) -> Typed:
        given = self.cleaned_data if self.is_bound else self.shown
        return read(self.question, given["pick"], given["typed"], given["reason"])

    @property
    def problems(self) -> list[Text]:
        if self.is_bound and not self.is_valid():
            return [cast(Text, error) for errors in self.errors.values() for error in errors]
        return self.read.problems

    @property
    def doubt(self) -> Text | None:
        # What to ask about a figure out of the ordinary.
        return None if self.problems else doubt(self.question, self.read.value)

    @property
    def changed(self) -> bool:
        # Whether the posted values differ from the stored ones; a page posts all its questions at once.
        row = self.row or Answer(state=Answer.State.EMPTY, value={})
        posted = (self.read.state, self.read.value, self.cleaned_data["comment"], self.cleaned_data["evidence"])
        return posted != (row.state, row.value, row.comment, row.evidence)

    def saving(self) -> Saving:
        cleaned = self.cleaned_data
        return Saving(
            question=self.question.code,
            state=self.read.state,
            value=self.read.value,
            comment=cleaned["comment"],
            evidence=cleaned["evidence"],
            revision=cleaned["revision"] or 0,
            request=cleaned["request"] or uuid.uuid4(),
        )

    def clean_pick(self) -> list[str]:
        if not set(self.cleaned_data["pick"]) <= set(picks(self.question)):
            raise ValidationError(_("This choice does not exist here. Reload the page."))
        return self.cleaned_data["pick"]

    def clean(self) -> None:
        for name in ["typed", "reason", "comment", "evidence"]:
            if any("\ud800" <= char <= "\udfff" for char in self.cleaned_data.get(name, "")):
                raise ValidationError(_("Remove the characters that are not text."))


def cleared(data: QueryDict) -> QueryDict:
    """Return what was posted, without the answer whose "clear" button was pressed; its comment stays."""
    code = data.get("clear")
    if code is None:
        return data
    data = data.copy()
    for name in ["pick", "typed", "reason"]:
        data.pop(f"{code}-{name}", None)
    return data

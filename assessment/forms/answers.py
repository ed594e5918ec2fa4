"""One question's form: what a person may type, tick and leave half-done, read into one value to save."""

import re
import uuid
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment.actions.answers import Saving
from assessment.forms.problems import message_for
from assessment.maturity.answers import MOST_DIGITS, check_answer
from assessment.models import Answer
from assessment.reports.answers import engine_answer

UNKNOWN, NOT_APPLICABLE, CHOICE = "unknown", "not_applicable", "choice."
LONGEST = 5000
SPACES = re.compile(r"[\s\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one question: its state and stored value, and what is wrong with it, in words."""

    state: str
    value: dict
    problems: list = field(default_factory=list)


class SharedFields(dict):
    """Fields that no form changes: Django copies a form's fields, which takes longer than reading what was posted."""

    def __deepcopy__(self, memo):
        return self


class PickField(forms.MultipleChoiceField):
    def valid_value(self, value):
        return True  # the form knows the question, and checks it


class AnswerForm(forms.Form):
    """Fields are named ``<question code>-<field>``, so that a page may hold any number of questions."""

    pick = PickField(required=False)
    typed = forms.CharField(required=False, max_length=LONGEST, strip=False)
    reason = forms.CharField(required=False, max_length=LONGEST, strip=False)
    comment = forms.CharField(required=False, max_length=LONGEST, strip=False)
    evidence = forms.CharField(required=False, max_length=LONGEST, strip=False)
    revision = forms.IntegerField(required=False, min_value=0)
    request = forms.UUIDField(required=False)

    def __init__(self, data=None, *, question, row=None):
        super().__init__(data, prefix=question.code)
        self.question, self.row = question, row

    @cached_property
    def shown(self):
        """What the page shows: what was just posted, or what is stored."""
        if self.is_bound:
            return {
                "pick": self.data.getlist(self.add_prefix("pick")),
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
    def base_revision(self):
        """The revision that the page's values are based on; 0 where nothing is stored."""
        return self.row.revision if self.row else 0

    @cached_property
    def read(self):
        """The posted values, or the stored ones, with what is wrong with them."""
        given = self.cleaned_data if self.is_bound else self.shown
        return read(self.question, given["pick"], given["typed"], given["reason"])

    @property
    def problems(self):
        if self.is_bound and not self.is_valid():
            return [error for errors in self.errors.values() for error in errors]
        return self.read.problems

    @property
    def changed(self):
        """Whether the posted values differ from the stored ones; a page posts all its questions at once."""
        row = self.row or Answer(state=Answer.State.EMPTY, value={})
        posted = (self.read.state, self.read.value, self.cleaned_data["comment"], self.cleaned_data["evidence"])
        return posted != (row.state, row.value, row.comment, row.evidence)

    def saving(self):
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

    def clean_pick(self):
        if not set(self.cleaned_data["pick"]) <= set(picks(self.question)):
            raise ValidationError(_("This choice does not exist here. Reload the page."))
        return self.cleaned_data["pick"]

    def clean(self):
        for name in ["typed", "reason", "comment", "evidence"]:
            if any("\ud800" <= char <= "\udfff" for char in self.cleaned_data.get(name, "")):
                raise ValidationError(_("Remove the characters that are not text."))


AnswerForm.base_fields = SharedFields(AnswerForm.base_fields)


def cleared(data):
    """Return what was posted, without the answer whose "clear" button was pressed; its comment stays."""
    code = data.get("clear")
    if code is None:
        return data
    data = data.copy()
    for name in ["pick", "typed", "reason"]:
        data.pop(f"{code}-{name}", None)
    return data


def picks(question):
    """Return every value that radio buttons and tick boxes of this question may post."""
    values = [CHOICE + choice.code for choice in question.choices]
    if question.allow_unknown:
        values.append(UNKNOWN)
    if question.allow_not_applicable:
        values.append(NOT_APPLICABLE)
    return values


def read(question, pick, typed, reason):
    """Return what was typed as a state and a value; incomplete or contradictory input is a draft that keeps it all."""
    if not pick and not typed.strip():
        return Typed(Answer.State.EMPTY, {})
    value, problems = _value(question, pick, typed, reason)
    if not problems:
        problems = [message_for(problem, question) for problem in check_answer(question, engine_answer(value))]
    if problems:
        return Typed(Answer.State.DRAFT, {"draft": {"pick": pick, "typed": typed, "reason": reason}}, problems)
    return Typed(_state(value), value)


def _value(question, pick, typed, reason):
    special = [value for value in pick if value in (UNKNOWN, NOT_APPLICABLE)]
    if len(special) > 1 or special and (len(pick) > 1 or typed.strip()):
        return {}, [_("Give an answer, or say that you don’t know or that it is not applicable: one of them only.")]
    if special == [UNKNOWN]:
        return {"unknown": True}, []
    if special == [NOT_APPLICABLE]:
        return {"not_applicable": reason}, []
    if question.kind == "number":
        return _number(typed)
    if question.kind == "text":
        return {"text": typed}, []
    return {"choices": [value.removeprefix(CHOICE) for value in pick]}, []


def _number(typed):
    """Read 1 234,5 as well as 1234.5; other signs are not guessed at."""
    digits = SPACES.sub("", typed).replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?", digits, re.ASCII):
        return {}, [_("Write a number in digits, such as 12 or 12.5.")]
    try:
        number = Decimal(digits).normalize()
    except InvalidOperation:
        return {}, [_("Write a number in digits, such as 12 or 12.5.")]
    if number.adjusted() >= MOST_DIGITS or number.as_tuple().exponent < -MOST_DIGITS:
        return {}, [_("Write a shorter number: at most 15 digits before and after the point.")]
    return {"number": f"{number:f}"}, []


def _state(value):
    if "unknown" in value:
        return Answer.State.UNKNOWN
    return Answer.State.NOT_APPLICABLE if "not_applicable" in value else Answer.State.ANSWERED


def shown_value(value):
    """Return the stored value as the page's fields show it."""
    if "draft" in value:
        return dict(value["draft"])
    shown = {"pick": [], "typed": "", "reason": ""}
    if "choices" in value:
        shown["pick"] = [CHOICE + code for code in value["choices"]]
    elif "unknown" in value:
        shown["pick"] = [UNKNOWN]
    elif "not_applicable" in value:
        shown |= {"pick": [NOT_APPLICABLE], "reason": value["not_applicable"]}
    else:
        shown["typed"] = value.get("number", value.get("text", ""))
    return shown

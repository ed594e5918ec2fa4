"""Typed or ticked input for one question as a state and a value, and back."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from assessment.maturity.answers import MOST_DIGITS, check_answer
from assessment.models import Answer
from assessment.rules.answers import engine_answer
from assessment.rules.problems import message_for

UNKNOWN, NOT_APPLICABLE, CHOICE = "unknown", "not_applicable", "choice."


LONGEST = 5000


SPACES = re.compile(r"[\s\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one question: its state and stored value, and what is wrong with it, in words."""

    state: str
    value: dict
    problems: list = field(default_factory=list)


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


def read_stored(question, row):
    """Return a stored answer as if it were typed again; an empty one where ``row`` is None."""
    shown = shown_value(row.value) if row else {"pick": [], "typed": "", "reason": ""}
    return read(question, shown["pick"], shown["typed"], shown["reason"])


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

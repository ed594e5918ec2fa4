"""Typed or ticked input for one question as a state and a value, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from assessment.maturity.answers import MOST_DIGITS, check_answer
from assessment.maturity.definition import Question
from assessment.models import Answer, IndividualAnswer
from assessment.rules.answers import engine_answer
from assessment.rules.problems import message_for
from assessment.rules.units import is_of
from assessment.rules.words import decimal_mark, in_language, points
from language.texts import Text
from spreadsheets.numbers import NotANumberError, TwoReadingsError, written_number

UNKNOWN, NOT_APPLICABLE, CHOICE = "unknown", "not_applicable", "choice."


LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one question: its state and stored value, and what is wrong with it, in words."""

    state: str
    value: dict
    problems: list = field(default_factory=list)


def picks(question: Question) -> list[str]:
    """Return every value that radio buttons and tick boxes of this question may post."""
    values = [CHOICE + choice.code for choice in question.choices]
    if question.allow_unknown:
        values.append(UNKNOWN)
    if question.allow_not_applicable:
        values.append(NOT_APPLICABLE)
    return values


def read(question: Question, pick: Sequence[str], typed: str, reason: str, *, mark: str | None = None) -> Typed:
    """Return what was typed as a state and a value; incomplete or contradictory input is a draft that keeps it all.

    ``mark`` is what stands before decimals: by default that of the page's language, "" where nobody knows.
    """
    if not pick and not typed.strip():
        return Typed(Answer.State.EMPTY, {})
    value, problems = _value(question, pick, typed, reason, decimal_mark() if mark is None else mark)
    if not problems:
        problems = [message_for(problem, question) for problem in check_answer(question, engine_answer(value))]
    if problems:
        return Typed(Answer.State.DRAFT, {"draft": {"pick": pick, "typed": typed, "reason": reason}}, problems)
    return Typed(_state(value), value)


def read_stored(question: Question, row: Answer | IndividualAnswer | None) -> Typed:
    """Return a stored answer as if it were typed again; an empty one where ``row`` is None."""
    shown: dict[str, Any] = shown_value(row.value) if row else {"pick": [], "typed": "", "reason": ""}
    return read(question, shown["pick"], shown["typed"], shown["reason"])


def _value(
    question: Question, pick: Sequence[str], typed: str, reason: str, mark: str
) -> tuple[dict[str, Any], list[Text]]:
    special = [value for value in pick if value in (UNKNOWN, NOT_APPLICABLE)]
    if len(special) > 1 or special and (len(pick) > 1 or typed.strip()):
        return {}, [_("Give an answer, or say that you don’t know or that it is not applicable: one of them only.")]
    if special == [UNKNOWN]:
        return {"unknown": True}, []
    if special == [NOT_APPLICABLE]:
        return {"not_applicable": reason}, []
    if question.kind == "number":
        return _number(question, typed, mark)
    if question.kind == "text":
        return {"text": typed}, []
    return {"choices": [value.removeprefix(CHOICE) for value in pick]}, []


def _number(question: Question, typed: str, mark: str) -> tuple[dict[str, Any], list[Text]]:
    # Read 1 234,5 as well as 1234.5, and the unit after it; other signs are not guessed at.
    try:
        written = written_number(typed, mark=mark)
    except TwoReadingsError:
        return {}, [
            _("“%(typed)s” can be read in two ways: write nothing between thousands, as in 1000.")
            % {"typed": typed.strip()}
        ]
    except NotANumberError:
        return {}, [_("Write a number in digits, such as 12 or 12.5.")]
    if not is_of(question.unit, written.unit):
        return {}, [_number_alone(question)]
    if written.number.adjusted() >= MOST_DIGITS or cast(int, written.number.as_tuple().exponent) < -MOST_DIGITS:
        return {}, [_("Write a shorter number: at most 15 digits before and after the point.")]
    return {"number": f"{written.number:f}"}, []


def _number_alone(question: Question) -> Text:
    if not question.unit:
        return _("Write a number in digits, such as 12 or 12.5.")
    return _("Write the number alone, or with its unit: %(unit)s.") % {"unit": in_language(question.unit)}


def _state(value: Mapping[str, Any]) -> str:
    if "unknown" in value:
        return Answer.State.UNKNOWN
    return Answer.State.NOT_APPLICABLE if "not_applicable" in value else Answer.State.ANSWERED


def shown_value(value: Mapping[str, Any]) -> dict[str, Any]:
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
        shown["typed"] = points(value["number"]) if "number" in value else value.get("text", "")
    return shown

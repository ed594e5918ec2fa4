"""An answer: what it may say, what is wrong with it, what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessment.maturity.definition import Question
from assessment.maturity.figures import decimal_text

Problem = tuple[str, str]  # a stable code, for translators, and what to do in English

FORMS = ("choices", "number", "text", "unknown", "not_applicable")
MOST_DIGITS = 15  # before the point, and after it where a person types: what every JSON reader keeps exactly
MOST_DECIMALS = 60  # in a file: programs write 1/30 of a percent with 17 digits or more


@dataclass(frozen=True, slots=True)
class Answer:
    """Exactly one of these says something."""

    choices: tuple[str, ...] | None = None
    number: Fraction | None = None
    text: str | None = None
    unknown: bool = False
    not_applicable: str | None = None  # the reason

    @classmethod
    def from_json(cls, data: object) -> "Answer":
        """Read one answer of an answers file; ValueError says what to do where it can't be read."""
        if not isinstance(data, Mapping) or len(data) != 1 or next(iter(data)) not in FORMS:
            raise ValueError("give exactly one of choices, number, text, unknown or not_applicable")
        ((form, value),) = data.items()
        given: dict[str, Any] = {form: _READ[form](value)}
        return cls(**given)

    def to_json(self) -> dict[str, Any]:
        if self.choices is not None:
            return {"choices": list(self.choices)}
        if self.number is not None:
            whole = self.number.denominator == 1
            return {"number": int(self.number) if whole else float(self.number)}
        if self.text is not None:
            return {"text": self.text}
        return {"unknown": True} if self.unknown else {"not_applicable": self.not_applicable}

    @property
    def forms(self) -> int:
        """How many things it says at once."""
        given = (self.choices, self.number, self.text, self.not_applicable)
        return sum(value is not None for value in given) + self.unknown


def _choices(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(code, str) for code in value):
        return tuple(value)
    raise ValueError('choices is a list of codes in quotes, such as ["a", "c"]')


def _number(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("number is a number without quotes, such as 12.5")
    decimal = value if isinstance(value, Decimal) else Decimal(str(value))
    if (
        not decimal.is_finite()
        or decimal.adjusted() >= MOST_DIGITS
        or int(decimal.as_tuple().exponent) < -MOST_DECIMALS
    ):
        raise ValueError(f"number has at most {MOST_DIGITS} digits before the point, {MOST_DECIMALS} after it")
    return Fraction(decimal)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("write a text in quotes")
    return value


def _unknown(value: object) -> bool:
    if value is not True:
        raise ValueError("unknown can only be true: leave the question out to leave it unanswered")
    return True


_READ = {
    "choices": _choices,
    "number": _number,
    "text": _text,
    "unknown": _unknown,
    "not_applicable": _text,
}


def check_answer(question: Question, answer: Answer) -> list[Problem]:
    """Return what keeps the answer from counting as a valid one; nothing where it is valid."""
    if answer.forms != 1:
        return [("not_one_form", "Give one answer: a value, or “I don't know”, or “not applicable”.")]
    if answer.unknown:
        allowed = question.allow_unknown
        return [] if allowed else [("unknown_not_allowed", "“I don't know” is not possible here: give an answer.")]
    if answer.not_applicable is not None:
        return _check_reason(question, answer.not_applicable)
    if question.kind == "number":
        return _check_number(question, answer.number)
    if question.kind == "text":
        return _check_text(answer.text)
    return _check_choices(question, answer.choices)


def _check_reason(question: Question, reason: str) -> list[Problem]:
    if not question.allow_not_applicable:
        return [("not_applicable_not_allowed", "“Not applicable” is not possible here: give an answer.")]
    if not reason.strip():
        return [("reason_missing", "Say why this is not applicable.")]
    return _check_characters(reason)


def _check_number(question: Question, number: Fraction | None) -> list[Problem]:
    if number is None:
        return [("number_expected", "Give a number.")]
    low, high = question.minimum, question.maximum
    assert low is not None  # the format gives both to every number question
    assert high is not None
    if not low <= number <= high:
        return [("out_of_range", f"Give a number from {decimal_text(low)} to {decimal_text(high)}.")]
    return []


def _check_text(text: str | None) -> list[Problem]:
    if text is None or not text.strip():
        return [("text_expected", "Write a few words.")]
    return _check_characters(text)


def _check_characters(text: str) -> list[Problem]:
    # No database and no XML keeps a NUL, and no UTF-8 half a surrogate pair.
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        return [("bad_character", "Remove the characters that are not text.")]
    return []


def _check_choices(question: Question, codes: tuple[str, ...] | None) -> list[Problem]:
    if codes is None:
        return [("choice_expected", "Choose an answer.")]
    strange = [code for code in codes if not question.has_choice(code)]
    if strange:
        known = ", ".join(choice.code for choice in question.choices)
        return [("unknown_choice", f"“{code}” is not a choice here: choose among {known}.") for code in strange]
    if len(set(codes)) < len(codes):
        return [("repeated_choice", "Choose each answer once.")]
    if question.kind == "choice":
        return [] if len(codes) == 1 else [("one_choice", "Choose one answer, one only.")]
    return _check_selection(question, codes)


def _check_selection(question: Question, codes: tuple[str, ...]) -> list[Problem]:
    exclusive = [choice.code for choice in question.choices if choice.exclusive]
    if not codes and exclusive:
        # Where "none of these" can be chosen, choosing nothing says nothing.
        return [("nothing_chosen", "Choose at least one answer.")]
    if len(codes) > 1 and not set(exclusive).isdisjoint(codes):
        return [
            ("exclusive_choice", "One of these answers can't be chosen with another: choose it alone, or not at all.")
        ]
    return []


def points(question: Question, answer: Answer) -> int:
    """Return the points of a valid answer that gives choices or a number."""
    if answer.number is not None:
        return [band.points for band in question.bands if band.start <= answer.number][-1]
    total = sum(question.choice(code).points for code in answer.choices or ())
    return total if question.cap is None else min(question.cap, total)

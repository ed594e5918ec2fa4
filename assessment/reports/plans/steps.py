"""Steps in words: what an answer is, what it would become, what that takes and brings."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.maturity.answers import Answer
from assessment.maturity.definition import Question
from assessment.maturity.figures import decimal_text
from assessment.rules.words import in_language, points


@dataclass(frozen=True, slots=True)
class StepLine:
    """One planned step; ``gain`` None: alone it would open a question. ``lost`` is what the plan loses without it."""

    question: Question
    before: str
    after: str
    effort: int
    gain: str | None
    lost: str | None
    holds_level: bool  # without it the plan's level is not reached


def words(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.unknown:
        return _("I don’t know")
    if answer.number is not None:
        unit = in_language(question.unit)
        return f"{points(decimal_text(answer.number))} {unit}".strip()
    return " · ".join(in_language(question.choice(code).text) for code in answer.choices or ())


def added_words(question: Question, before: Answer | None, after: Answer) -> str:
    """Of several options the new ones, of a number the threshold."""
    if after.number is not None:
        return _("at least %(value)s") % {"value": words(question, after)}
    if question.kind != "multiple":
        return words(question, after)
    had = before.choices or () if before else ()
    return words(question, Answer(choices=tuple(code for code in after.choices or () if code not in had)))

"""Answers carried to a newer questionnaire or a new assessment: the fate of each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from assessment.maturity.answers import Answer, check_answer
from assessment.maturity.definition import Question, Questionnaire


class Outcome(StrEnum):
    KEPT = "kept"
    TO_CONFIRM = "to_confirm"  # it can still be given, but words it was given to have changed
    REMOVED = "removed"  # the question is gone
    OTHER_KIND = "other_kind"  # the question asks for another kind of answer
    NOT_OFFERED = "not_offered"  # the question stays, this answer to it does not

    @property
    def is_set_aside(self) -> bool:
        """Whether the answer no longer counts; its history keeps it."""
        return self in (Outcome.REMOVED, Outcome.OTHER_KIND, Outcome.NOT_OFFERED)


def outcomes(old: Questionnaire, new: Questionnaire, answers: Mapping[str, Answer | None]) -> dict[str, Outcome]:
    """Decide for each answer, by question code; None is a draft, which nobody can have meant yet."""
    return {code: outcome(_question(old, code), _question(new, code), answer) for code, answer in answers.items()}


def outcome(old: Question | None, new: Question | None, answer: Answer | None) -> Outcome:
    """A weight, points or a condition may change: they are not what the person answered to."""
    if new is None:
        return Outcome.REMOVED
    if old is not None and old.kind != new.kind:
        return Outcome.OTHER_KIND
    if answer is None:
        return Outcome.KEPT
    if check_answer(new, answer):
        return Outcome.NOT_OFFERED
    return Outcome.KEPT if old is not None and _words(old) == _words(new) else Outcome.TO_CONFIRM


def _question(questionnaire: Questionnaire, code: str) -> Question | None:
    return questionnaire.question(code) if questionnaire.has_question(code) else None


def _words(question: Question) -> Any:
    # All that a person reads before answering, in every language; the order of the choices says nothing.
    return question.text, question.help, question.unit, {choice.code: choice.text for choice in question.choices}

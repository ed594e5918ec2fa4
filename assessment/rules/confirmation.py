"""Answers carried over from an earlier assessment or version that wait to be confirmed."""

import uuid
from collections.abc import Iterable, Mapping

from assessment.maturity.definition import Questionnaire
from assessment.maturity.states import State
from assessment.models import Answer, IndividualAnswer, TrialAnswer


def waiting(rows: Iterable[Answer | IndividualAnswer | TrialAnswer]) -> frozenset[str]:
    """Return their questions' codes, whether these are put to the company or not."""
    return frozenset(row.question for row in rows if row.to_confirm and row.state != Answer.State.EMPTY)


def to_confirm(questionnaire: Questionnaire, states: Mapping[str, State], rows: Iterable[Answer]) -> list[str]:
    """Return their questions' codes, in order; ``states`` by question code.

    Only what is put to the company now is asked about. An optional question's answer is too: submitted, it would
    speak for this year, and nobody would have read it again.
    """
    codes = waiting(rows)
    return [
        question.code
        for question in questionnaire.questions
        if question.code in codes and states[question.code] is not State.HIDDEN
    ]


def request_of(batch: uuid.UUID, question: str, revision: int) -> uuid.UUID:
    """Return the id of the save that a confirmation is: the same for the same one, so that it can be found again."""
    return uuid.uuid5(batch, f"{question} {revision}")


def confirmed_by(rows: Iterable[Answer], batch: uuid.UUID | None) -> list[Answer]:
    """Return the answers that stand as this confirmation left them: it can be taken back for these."""
    if batch is None:
        return []
    return [row for row in rows if row.request == request_of(batch, row.question, row.revision) and not row.to_confirm]

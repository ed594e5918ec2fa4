"""Preview of a move to a newer version: the questionnaire's changes, each answer's fate."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.maturity.definition import Question, Questionnaire, Text
from assessment.maturity.moving import Outcome
from assessment.models import Answer, Assessment, Version, VersionMove
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.versions import Changes, changes
from assessment.rules.moves import outcomes_of, said


@dataclass(frozen=True, slots=True)
class Line:
    """A stored answer beside its question as it was answered, and as it would be put; None where it is gone."""

    outcome: Outcome
    row: Answer
    before: Question
    after: Question | None
    reason: Text | None  # why the question went or is asked otherwise


@dataclass(frozen=True, slots=True)
class Move:
    version: Version
    questionnaire: Questionnaire
    changes: Changes
    lines: list[Line]

    @property
    def kept(self) -> list[Line]:
        return [line for line in self.lines if line.outcome is Outcome.KEPT]

    @property
    def to_confirm(self) -> list[Line]:
        return [line for line in self.lines if line.outcome is Outcome.TO_CONFIRM]

    @property
    def set_aside(self) -> list[Line]:
        return [line for line in self.lines if line.outcome.is_set_aside]


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made, with the questions whose answers were set aside or had to be confirmed."""

    move: VersionMove
    set_aside: list[Question]
    to_confirm: list[Question]


def moves_made(assessment: Assessment) -> list[Made]:
    """Newest first. One query."""
    made = assessment.moves.select_related("from_version__questionnaire", "to_version", "moved_by")
    return [_made(move) for move in made.order_by("-moved_at", "-pk")]


def _made(move: VersionMove) -> Made:
    before = compiled(move.from_version)
    fates = [
        (question, Outcome(move.outcome[question.code]))
        for question in before.questions
        if question.code in move.outcome
    ]
    return Made(
        move,
        set_aside=[question for question, outcome in fates if outcome.is_set_aside],
        to_confirm=[question for question, outcome in fates if outcome is Outcome.TO_CONFIRM],
    )


def preview(*, assessment: Assessment, rows: Iterable[Answer], version: Version) -> Move:
    old, new = compiled(assessment.version), compiled(version)
    stored = said(rows)
    outcomes = outcomes_of(stored, old, new)
    by_code = {row.question: row for row in stored}
    compared = changes(old, new)
    lines = [
        Line(
            outcomes[question.code],
            by_code[question.code],
            before=question,
            after=_in(new, question.code),
            reason=compared.reasons.questions.get(question.code),
        )
        for question in old.questions
        if question.code in by_code
    ]
    return Move(version, new, compared, lines)


def _in(questionnaire: Questionnaire, code: str) -> Question | None:
    return questionnaire.question(code) if questionnaire.has_question(code) else None

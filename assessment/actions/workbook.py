"""A filled-in workbook meets the stored answers: what it would change, and changing it, whole or not at all."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from assessment.actions.answers import save_answers
from assessment.exchange.answer_cells import Entry, entry_of_row, kept
from assessment.exchange.filled_workbook import Filled
from assessment.maturity.definition import Dimension, Question
from assessment.maturity.states import State, states
from assessment.models import Answer, AnswerChange, Assessment, User
from assessment.models.compiled import compiled
from assessment.rules.answers import Saving, profile_of


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would change. ``row`` is what is stored now, None for nothing."""

    dimension: Dimension
    question: Question
    entry: Entry
    row: Answer | None
    conflicts: bool  # answered on the site since the workbook was made, or without its knowing
    mine: bool  # the stored answer is of the person who brings the workbook

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0


@dataclass(frozen=True, slots=True)
class Foreseen:
    changes: list[Change]
    same: int  # answers of the workbook that are stored already
    left_out: list[Question]  # answered there, but of no concern to this company

    @property
    def safe(self) -> list[Change]:
        return [change for change in self.changes if not change.conflicts]

    @property
    def conflicts(self) -> list[Change]:
        return [change for change in self.changes if change.conflicts]

    @property
    def seen(self) -> dict[str, int]:
        # The revisions that the changes would replace: what a person agrees to.
        return {change.question.code: change.revision for change in self.changes}


def foresee(*, assessment: Assessment, filled: Filled, by: User) -> Foreseen:
    """Write nothing. Two queries at most: the answers, and what the workbook showed of those that moved since."""
    questionnaire = compiled(assessment.version)
    rows = {row.question: row for row in assessment.answers.select_related("saved_by")}
    shown = _shown(assessment, filled, rows)
    unseen = states(questionnaire, profile_of(assessment.company), {})
    dimension_of = {question.code: each for each in questionnaire.dimensions for question in each.questions}
    changes, left_out, same = [], [], 0
    for code, entry in filled.entries.items():
        question, row = questionnaire.question(code), rows.get(code)
        base = shown.get(code)
        stored = entry_of_row(question, row)
        if kept(entry) == kept(stored):
            same += entry != Entry()
        elif kept(entry) == kept(entry_of_row(question, base)):
            continue  # untouched in the workbook: what was changed on the site meanwhile stays
        elif unseen[code] is State.HIDDEN:
            left_out.append(question)
        else:
            moved = stored != Entry() and (row.revision if row else 0) != (base.revision if base else 0)
            mine = bool(row and row.saved_by_id == by.pk)
            changes.append(Change(dimension_of[code], question, entry, row, moved, mine))
    return Foreseen(changes, same, left_out)


def _shown(assessment: Assessment, filled: Filled, rows: Mapping[str, Answer]) -> dict[str, Answer | AnswerChange]:
    """Return the answers as the workbook showed them, by question; none where it was made for no or another one."""
    if filled.assessment != str(assessment.pk):
        return {}
    current: dict[str, Answer | AnswerChange] = {
        code: row for code, row in rows.items() if filled.revisions.get(code) == row.revision
    }
    past = {code: number for code, number in filled.revisions.items() if code in rows and code not in current}
    if not past:
        return current
    pairs = Q(*[Q(question=code, revision=number) for code, number in past.items()], _connector=Q.OR)
    return current | {change.question: change for change in AnswerChange.objects.filter(pairs, assessment=assessment)}


def apply_workbook(
    *, assessment: Assessment, foreseen: Foreseen, taken: Collection[str], batch: uuid.UUID, by: User
) -> int:
    """Store the safe changes and the ``taken`` conflicts in one transaction; return how many.

    The same batch again changes nothing twice. Raises ConflictError or ClosedError, as saving an answer does; then
    nothing is stored.
    """
    changes = [*foreseen.safe, *(change for change in foreseen.conflicts if change.question.code in taken)]
    save_answers(assessment=assessment, savings=[_saving(change, batch) for change in changes], by=by)
    return len(changes)


def _saving(change: Change, batch: uuid.UUID) -> Saving:
    return Saving(
        question=change.question.code,
        state=change.entry.state,
        value=dict(change.entry.value),
        comment=change.entry.comment,
        evidence=change.entry.evidence,
        revision=change.revision,
        request=uuid.uuid5(batch, change.question.code),
    )

"""Every value an answer ever had, in the words of the questionnaire it was given to."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db.models import QuerySet

from assessment.maturity.answers import check_answer
from assessment.maturity.definition import Choice, Question, Questionnaire
from assessment.models import Answer, AnswerChange, Assessment
from assessment.models.compiled import compiled
from assessment.rules.answers import COUNTED, engine_answer
from assessment.rules.typed import CHOICE, NOT_APPLICABLE, UNKNOWN


@dataclass(frozen=True, slots=True)
class Entry:
    """One saved value. ``again``: whether it may still be given, and differs from the one that stands."""

    change: AnswerChange
    question: Question  # as it was then
    moved_to: str  # the version whose move wrote it, "" for none
    carried: bool  # written when the assessment was started from an earlier one
    again: bool
    request: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def picked(self) -> list[Choice]:
        return [choice for choice in self.question.choices if CHOICE + choice.code in self._draft["pick"]]

    @property
    def typed(self) -> str:
        return self._draft["typed"]

    @property
    def says_unknown(self) -> bool:
        return UNKNOWN in self._draft["pick"]

    @property
    def says_not_applicable(self) -> bool:
        return NOT_APPLICABLE in self._draft["pick"]

    @property
    def reason(self) -> str:
        return self._draft["reason"]

    @property
    def _draft(self) -> dict[str, Any]:
        return {"pick": [], "typed": "", "reason": ""} | self.change.value.get("draft", {})


class AnswerHistory:
    """What was said to one question of an assessment, whatever versions it went through. One query."""

    def __init__(self, assessment: Assessment, code: str) -> None:
        self.assessment, self.code = assessment, code
        moves = assessment.moves.select_related("from_version__questionnaire", "to_version__questionnaire")
        self.moves = list(moves.order_by("moved_at", "pk"))
        self.now = compiled(assessment.version)

    @property
    def question(self) -> Question | None:
        """As it is put now or, where it is gone, as it was last; None where it never was."""
        earlier = (compiled(move.from_version) for move in reversed(self.moves))
        having = (questionnaire for questionnaire in [self.now, *earlier] if questionnaire.has_question(self.code))
        questionnaire = next(having, None)
        return questionnaire.question(self.code) if questionnaire else None

    @property
    def is_put(self) -> bool:
        return self.now.has_question(self.code)

    def changes(self) -> QuerySet[AnswerChange]:
        # Newest first.
        changes = AnswerChange.objects.filter(assessment=self.assessment, question=self.code)
        return changes.select_related("saved_by").order_by("-revision")

    def entry(self, change: AnswerChange, current: Answer | None) -> Entry:
        carried = change.revision == 1 and self.assessment.carried_from_id is not None
        written_by = next((move for move in self.moves if move.moved_at == change.saved_at), None)
        return Entry(
            change=change,
            question=self._question_at(change),
            moved_to=written_by.to_version.number if written_by else "",
            carried=carried and change.saved_at == self.assessment.started_at,
            again=self.may_be_given(change) and (current is None or not _same(change, current)),
        )

    def may_be_given(self, change: AnswerChange) -> bool:
        # Whether the value still answers the question as it is put now; a draft needs only its kind.
        if not self.is_put or change.state == Answer.State.EMPTY:
            return False
        question = self.now.question(self.code)
        if question.kind != self._question_at(change).kind:
            return False
        return change.state not in COUNTED or not check_answer(question, engine_answer(change.value))

    def _question_at(self, change: AnswerChange) -> Question:
        questionnaire = self._questionnaire_at(change.saved_at)
        return (
            questionnaire.question(self.code)
            if questionnaire.has_question(self.code)
            else cast(Question, self.question)
        )

    def _questionnaire_at(self, saved_at: datetime) -> Questionnaire:
        after = next((move for move in self.moves if move.moved_at > saved_at), None)
        return compiled(after.from_version) if after else self.now


def _same(change: AnswerChange, current: Answer | None) -> bool:
    return all(getattr(change, name) == getattr(current, name) for name in ["state", "value", "comment", "evidence"])

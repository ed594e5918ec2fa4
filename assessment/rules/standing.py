"""Progress of an open assessment: states, counts, the interval of its score."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.maturity.definition import Dimension, Question, Questionnaire
from assessment.maturity.figures import published, tenths
from assessment.maturity.states import State, missing
from assessment.maturity.tree import Tree, build_tree
from assessment.models import Answer, Assessment, IndividualAnswer, Trial, TrialAnswer
from assessment.models.compiled import compiled
from assessment.rules.answers import engine_answers, profile_of
from assessment.rules.confirmation import waiting

WIDEST_TOLD = 500  # tenths of a point


@dataclass(frozen=True, slots=True)
class Count:
    """How far a dimension, or the whole, is answered; hidden questions and optional ones are left out.

    An answer that waits to be confirmed is no answer yet; ``to_confirm`` counts those to optional questions too.
    """

    answered: int
    applicable: int
    left: int  # without any answer
    to_confirm: int

    @property
    def percent(self) -> int:
        return 100 if not self.applicable else 100 * self.answered // self.applicable

    @property
    def done(self) -> bool:
        return not self.left and not self.to_confirm


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an open assessment stands: the state of each question, what is left, and the interval of the score."""

    questionnaire: Questionnaire
    tree: Tree
    express: bool
    waiting: frozenset[str]  # codes of the questions whose answers wait to be confirmed

    def asks(self, question: Question) -> bool:
        # Whether the question is put to this company now, on the path it chose.
        return self.tree.states[question.code] is not State.HIDDEN and (question.express or not self.express)

    def count(self, questions: Iterable[Question]) -> Count:
        asked = [question for question in questions if self.asks(question)]
        required = [question for question in asked if question.required]
        left = sum(map(self._is_open, required))
        unsettled = sum(self._is_open(question) or question.code in self.waiting for question in required)
        to_confirm = sum(question.code in self.waiting for question in asked)
        return Count(answered=len(required) - unsettled, applicable=len(required), left=left, to_confirm=to_confirm)

    @property
    def whole(self) -> Count:
        return self.count(self.questionnaire.questions)

    @property
    def dimensions(self) -> list[tuple[Dimension, Count]]:
        return [(dimension, self.count(dimension.questions)) for dimension in self.questionnaire.dimensions]

    @property
    def missing(self) -> list[str]:
        # Codes of the questions that keep it from being submitted, in order.
        return missing(self.questionnaire, self.tree.states)

    @property
    def low(self) -> str | None:
        return published(self.tree.overall.low)

    @property
    def high(self) -> str | None:
        return published(self.tree.overall.high)

    @property
    def width(self) -> int:
        """Of the interval, in tenths of a point."""
        low, high = self.tree.overall.low, self.tree.overall.high
        return 0 if low is None or high is None else tenths(high) - tenths(low)

    @property
    def tells_its_score(self) -> bool:
        # Whether the interval says more than that the score is one: half of the scale at most.
        return self.tree.overall.low is not None and self.width <= WIDEST_TOLD

    @property
    def places(self) -> dict[str, int]:
        # Where each question put to the company stands among them, from 1, by code.
        asked = [question.code for question in self.questionnaire.questions if self.asks(question)]
        return {code: place for place, code in enumerate(asked, start=1)}

    @property
    def open_questions(self) -> list[str]:
        # Codes of the questions on the chosen path that still need an answer, in order.
        return [q.code for q in self.questionnaire.questions if q.required and self.asks(q) and self._is_open(q)]

    @property
    def unconfirmed(self) -> list[str]:
        # Codes of the questions on the chosen path whose answers wait to be confirmed, in order.
        return [q.code for q in self.questionnaire.questions if q.code in self.waiting and self.asks(q)]

    @property
    def to_confirm(self) -> list[str]:
        # The same on the full path: what keeps it from being submitted.
        hidden = {code for code, state in self.tree.states.items() if state is State.HIDDEN}
        return [q.code for q in self.questionnaire.questions if q.code in self.waiting - hidden]

    def _is_open(self, question: Question) -> bool:
        return self.tree.states[question.code] is State.UNANSWERED


def standing_of(assessment: Assessment | Trial, rows: Iterable[Answer | IndividualAnswer | TrialAnswer]) -> Standing:
    """Return where the assessment stands with these answers; no query where its company and version came with it."""
    rows, questionnaire = list(rows), compiled(assessment.version)
    tree = build_tree(questionnaire, profile_of(assessment.company), engine_answers(rows))
    return Standing(questionnaire, tree, assessment.path == Assessment.Path.EXPRESS, waiting(rows))


def numbers(questionnaire: Questionnaire) -> dict[str, int]:
    return {question.code: number for number, question in enumerate(questionnaire.questions, start=1)}

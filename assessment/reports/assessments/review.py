"""Review before submission, answered and missing: one line a question."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.maturity.definition import Dimension, Question
from assessment.maturity.states import State
from assessment.models import Answer
from assessment.rules.ordinary import doubt
from assessment.rules.standing import Standing, numbers
from assessment.rules.typed import read_stored
from language.texts import Text

GIVEN = {State.ANSWERED, State.UNKNOWN, State.NOT_APPLICABLE}
MOST = 8  # lines of what is seen first


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    dimension: Dimension
    question: Question
    state: State
    row: Answer | None

    @property
    def problems(self) -> list[Text]:
        # What is wrong with the stored answer, where it is a draft.
        return read_stored(self.question, self.row).problems

    @property
    def missing(self) -> bool:
        return self.state is State.UNANSWERED and self.question.required

    @property
    def unknown(self) -> bool:
        return self.state is State.UNKNOWN

    @property
    def doubt(self) -> Text | None:
        # What to ask about a figure out of the ordinary.
        return doubt(self.question, self.row.value) if self.row else None


@dataclass(frozen=True, slots=True)
class Part:
    dimension: Dimension
    lines: list[Line]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.missing]

    @property
    def answered(self) -> int:
        return sum(line.state in GIVEN for line in self.lines)


@dataclass(frozen=True, slots=True)
class First:
    """What to look at before anything is sent; ``more``: how many are left out, so that the list stays a list."""

    lines: list[Line]
    more: int


def first_to_see(parts: Iterable[Part]) -> First:
    """Return what has no answer, then what nobody knows, then figures out of the ordinary."""
    lines = [line for part in parts for line in part.lines]
    missing = [line for line in lines if line.missing]
    unsure = [line for line in lines if line.unknown]
    odd = [line for line in lines if line.doubt and not line.missing]
    ordered = [*missing, *unsure, *odd]
    return First(ordered[:MOST], max(0, len(ordered) - MOST))


def review(*, standing: Standing, rows: Iterable[Answer]) -> list[Part]:
    """Return the dimensions with the questions put to the company."""
    stored, number = {row.question: row for row in rows}, numbers(standing.questionnaire)

    def line(dimension: Dimension, question: Question) -> Line:
        state = standing.tree.states[question.code]
        return Line(number[question.code], dimension, question, state, stored.get(question.code))

    return [
        Part(dimension, [line(dimension, question) for question in dimension.questions if standing.asks(question)])
        for dimension in standing.questionnaire.dimensions
    ]

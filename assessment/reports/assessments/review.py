"""Review before submission, answered and missing: one line a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.maturity.definition import Dimension, Question
from assessment.maturity.states import State
from assessment.models import Answer
from assessment.rules.standing import Standing, numbers
from assessment.rules.typed import read_stored
from language.texts import Text


@dataclass(frozen=True, slots=True)
class Line:
    number: int
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
    def chosen(self) -> list[Mapping[str, str]]:
        codes = self.row.value.get("choices", []) if self.row else []
        return [choice.text for choice in self.question.choices if choice.code in codes]


@dataclass(frozen=True, slots=True)
class Part:
    dimension: Dimension
    lines: list[Line]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.missing]


def review(*, standing: Standing, rows: Iterable[Answer]) -> list[Part]:
    """Return the dimensions with the questions put to the company."""
    stored, number = {row.question: row for row in rows}, numbers(standing.questionnaire)

    def line(question: Question) -> Line:
        state = standing.tree.states[question.code]
        return Line(number[question.code], question, state, stored.get(question.code))

    return [
        Part(dimension, [line(question) for question in dimension.questions if standing.asks(question)])
        for dimension in standing.questionnaire.dimensions
    ]

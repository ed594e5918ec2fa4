"""What was answered and what is missing, before submission: one line a question."""

from dataclasses import dataclass

from assessment.forms.answers import AnswerForm
from assessment.forms.pages import numbers
from assessment.maturity.definition import Dimension, Question
from assessment.maturity.states import State


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    question: Question
    state: State
    form: AnswerForm  # of the stored answer: its problems, where it is a draft

    @property
    def row(self):
        return self.form.row

    @property
    def missing(self):
        return self.state is State.UNANSWERED and self.question.required

    @property
    def chosen(self):
        """The texts of the choices taken."""
        codes = self.row.value.get("choices", []) if self.row else []
        return [choice.text for choice in self.question.choices if choice.code in codes]


@dataclass(frozen=True, slots=True)
class Part:
    dimension: Dimension
    lines: list[Line]

    @property
    def missing(self):
        return [line for line in self.lines if line.missing]


def review(*, standing, rows):
    """Return the dimensions with the questions put to the company."""
    stored, number = {row.question: row for row in rows}, numbers(standing.questionnaire)

    def line(question):
        form = AnswerForm(question=question, row=stored.get(question.code))
        return Line(number[question.code], question, standing.tree.states[question.code], form)

    return [
        Part(dimension, [line(question) for question in dimension.questions if standing.asks(question)])
        for dimension in standing.questionnaire.dimensions
    ]

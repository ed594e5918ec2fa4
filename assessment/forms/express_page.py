"""The express questions on one page, by dimension, each with its form and state."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from assessment.forms.answers import AnswerForm
from assessment.forms.dimension_page import Asked, Section, sections
from assessment.maturity.definition import Dimension
from assessment.models import Answer, TrialAnswer
from assessment.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Part:
    dimension: Dimension
    sections: list[Section]

    @property
    def items(self) -> list[Asked]:
        return [item for section in self.sections for item in section.asked]

    @property
    def hidden(self) -> bool:
        return all(section.hidden for section in self.sections)


def parts(*, standing: Standing, rows: Iterable[Answer | TrialAnswer], data: QueryDict | None = None) -> list[Part]:
    rows = list(rows)
    each = [
        Part(dimension, sections(standing=standing, dimension=dimension, rows=rows, data=data))
        for dimension in standing.questionnaire.dimensions
    ]
    return [part for part in each if part.sections]


def asked(parts: Iterable[Part]) -> list[Asked]:
    return [item for part in parts for section in part.sections for item in section.asked]


def posted_forms(*, standing: Standing, rows: Iterable[Answer | TrialAnswer], data: QueryDict) -> list[AnswerForm]:
    """Return the forms of the questions that the posted page had."""
    stored = {row.question: row for row in rows}
    return [
        AnswerForm(data, question=question, row=stored.get(question.code))
        for question in standing.questionnaire.questions
        if question.express and f"{question.code}-revision" in data
    ]

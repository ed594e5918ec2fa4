"""Some questions of an assessment on one page, by dimension, each with its form and state."""

from collections.abc import Collection, Sequence

from django.http import QueryDict

from assessment.forms.answers import AnswerForm
from assessment.forms.dimension_page import Section
from assessment.forms.express_page import Part, parts
from assessment.models import Answer
from assessment.rules.standing import Standing


def parts_with(
    codes: Collection[str], *, standing: Standing, rows: Sequence[Answer], data: QueryDict | None = None
) -> list[Part]:
    """Return the dimensions with those of the questions that are put to the company now."""
    each = [
        Part(part.dimension, [_with(codes, section) for section in part.sections])
        for part in parts(standing=standing, rows=rows, data=data)
    ]
    return [part for part in each if any(section.asked for section in part.sections)]


def _with(codes: Collection[str], section: Section) -> Section:
    asked = [item for item in section.asked if item.question.code in codes and not item.hidden]
    return Section(section.capability, asked)


def posted(codes: Collection[str], *, standing: Standing, rows: Sequence[Answer], data: QueryDict) -> list[AnswerForm]:
    stored = {row.question: row for row in rows}
    return [
        AnswerForm(data, question=question, row=stored.get(question.code))
        for question in standing.questionnaire.questions
        if question.code in codes and f"{question.code}-revision" in data
    ]

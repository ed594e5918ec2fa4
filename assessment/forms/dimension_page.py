"""Pages of an open assessment: questions with their forms and states."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from assessment.forms.answers import AnswerForm
from assessment.maturity.conditions import depends_on
from assessment.maturity.definition import Capability, Dimension, Question, Questionnaire
from assessment.maturity.states import State
from assessment.models import Answer, IndividualAnswer, TrialAnswer
from assessment.rules.standing import Standing, numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a page. ``number`` counts from 1 through the questionnaire: its anchor, the same in every page.

    ``place`` counts through the questions put to the company now, None where this one isn't.
    """

    number: int
    place: int | None
    question: Question
    form: AnswerForm
    state: State

    @property
    def anchor(self) -> str:
        return f"q{self.number}"

    @property
    def hidden(self) -> bool:
        return self.state is State.HIDDEN

    @property
    def can_appear(self) -> bool:
        # Whether answers on the way may show or hide it: only then is a hidden question put in the page.
        return bool(depends_on(self.question.applies_when))


@dataclass(frozen=True, slots=True)
class Section:
    capability: Capability
    asked: list[Asked]

    @property
    def hidden(self) -> bool:
        return all(asked.hidden for asked in self.asked)


def sections(
    *,
    standing: Standing,
    dimension: Dimension,
    rows: Iterable[Answer | IndividualAnswer | TrialAnswer],
    data: QueryDict | None = None,
) -> list[Section]:
    """Return the dimension's capabilities with the questions put to the company, each with its form."""
    stored, number = {row.question: row for row in rows}, numbers(standing.questionnaire)
    place = standing.places
    shown_sections = []
    for capability in dimension.capabilities:
        asked = [
            Asked(
                number[question.code],
                place.get(question.code),
                question,
                AnswerForm(data, question=question, row=stored.get(question.code)),
                standing.tree.states[question.code],
            )
            for question in capability.questions
            if question.express or not standing.express
        ]
        shown = [item for item in asked if not item.hidden or item.can_appear]
        if shown:
            shown_sections.append(Section(capability, shown))
    return shown_sections


def shown_now(standing: Standing, questions: Iterable[Question]) -> dict[str, int]:
    """By anchor, the place of each question among those put to the company, 0 where it isn't put."""
    number, place = numbers(standing.questionnaire), standing.places
    return {f"q{number[question.code]}": place.get(question.code, 0) for question in questions}


def neighbours(questionnaire: Questionnaire, dimension: Dimension) -> tuple[Dimension | None, Dimension | None]:
    """Return the dimensions before and after, None at the ends."""
    ordered = list(questionnaire.dimensions)
    place = ordered.index(dimension)
    return (ordered[place - 1] if place else None, ordered[place + 1] if place + 1 < len(ordered) else None)

"""Pages of an open assessment: questions with their forms and states."""

from dataclasses import dataclass

from assessment.forms.answers import AnswerForm
from assessment.maturity.conditions import depends_on
from assessment.maturity.definition import Capability, Dimension, Question
from assessment.maturity.states import State
from assessment.rules.standing import numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a page. ``number`` counts from 1 through the questionnaire: its anchor, the same in every page."""

    number: int
    question: Question
    form: AnswerForm
    state: State

    @property
    def anchor(self):
        return f"q{self.number}"

    @property
    def hidden(self):
        return self.state is State.HIDDEN

    @property
    def can_appear(self):
        # Whether answers on the way may show or hide it: only then is a hidden question put in the page.
        return bool(depends_on(self.question.applies_when))


@dataclass(frozen=True, slots=True)
class Section:
    capability: Capability
    asked: list[Asked]

    @property
    def hidden(self):
        return all(asked.hidden for asked in self.asked)


def sections(*, standing, dimension: Dimension, rows, data=None):
    """Return the dimension's capabilities with the questions put to the company, each with its form."""
    stored, number = {row.question: row for row in rows}, numbers(standing.questionnaire)
    shown_sections = []
    for capability in dimension.capabilities:
        asked = [
            Asked(
                number[question.code],
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


def neighbours(questionnaire, dimension):
    """Return the dimensions before and after, None at the ends."""
    ordered = list(questionnaire.dimensions)
    place = ordered.index(dimension)
    return (ordered[place - 1] if place else None, ordered[place + 1] if place + 1 < len(ordered) else None)

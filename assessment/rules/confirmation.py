"""Answers carried over from an earlier assessment or version that wait to be confirmed."""

from assessment.maturity.states import State
from assessment.models import Answer


def to_confirm(questionnaire, states, rows):
    """Return their questions' codes, in order; ``states`` by question code.

    Only what is put to the company now is asked about. An optional question's answer is too: submitted, it would
    speak for this year, and nobody would have read it again.
    """
    waiting = {row.question for row in rows if row.to_confirm and row.state != Answer.State.EMPTY}
    return [
        question.code
        for question in questionnaire.questions
        if question.code in waiting and states[question.code] is not State.HIDDEN
    ]


def to_confirm_of(standing, rows):
    """The same for an open assessment: on the express path, its questions alone."""
    codes = to_confirm(standing.questionnaire, standing.tree.states, rows)
    return [code for code in codes if standing.asks(standing.questionnaire.question(code))]

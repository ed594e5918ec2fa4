"""The state of each question: answered, unknown, not applicable, hidden or unanswered."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from assessment.maturity.answers import Answer, check_answer
from assessment.maturity.conditions import Chosen, Profile, evaluate
from assessment.maturity.definition import Question, Questionnaire

Answers = Mapping[str, Answer]  # question code → answer


class State(StrEnum):
    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    HIDDEN = "hidden"
    UNANSWERED = "unanswered"


def states(questionnaire: Questionnaire, profile: Profile, answers: Answers) -> dict[str, State]:
    """Decide every question's state; an answer that is not valid leaves its question unanswered."""
    found: dict[str, State] = {}
    chosen: dict[str, Collection[str] | None] = {}
    for question in questionnaire.questions:
        answer = answers.get(question.code)
        state = state_of(question, profile, answer, chosen)
        found[question.code] = state
        chosen[question.code] = codes_chosen(state, answer)
    return found


def state_of(question: Question, profile: Profile, answer: Answer | None, chosen: Chosen) -> State:
    shown = question.applies_when is None or evaluate(question.applies_when, profile, chosen)
    if shown is False:
        return State.HIDDEN
    # Open: the condition rests on an unanswered question. Until that has an answer, an old one here counts for nothing.
    return State.UNANSWERED if shown is None else state_when_asked(question, answer)


def state_when_asked(question: Question, answer: Answer | None) -> State:
    """Return the state that a question has where its condition holds."""
    if answer is None or check_answer(question, answer):
        return State.UNANSWERED
    if answer.unknown:
        return State.UNKNOWN
    return State.ANSWERED if answer.not_applicable is None else State.NOT_APPLICABLE


def codes_chosen(state: State, answer: Answer | None) -> Collection[str] | None:
    """Return what conditions on this question read; see ``conditions.Chosen``."""
    if state is State.UNANSWERED:
        return None
    return answer.choices or () if state is State.ANSWERED and answer else ()


def is_complete(questionnaire: Questionnaire, found: Mapping[str, State]) -> bool:
    """Whether no question that must be answered is unanswered."""
    return not missing(questionnaire, found)


def missing(questionnaire: Questionnaire, found: Mapping[str, State]) -> list[str]:
    """Return the codes of the questions that must still be answered, in order."""
    return [
        question.code
        for question in questionnaire.questions
        if question.required and found[question.code] is State.UNANSWERED
    ]

"""Scores of the nodes from the answers up, and the interval each lies in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.answers import Answer, points
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Aggregation, Capability, Dimension, Question, Questionnaire, UnknownPolicy
from assessment.maturity.states import Answers, State, states

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a node stands, each bound 0–1. All None: nothing under it counts. Score None while open: not yet known."""

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    is_open: bool = False  # a scored question under it is unanswered


NOT_COUNTED = Interval(None, None, None)
OPEN = Interval(None, ZERO, ONE, is_open=True)
UNKNOWN: dict[UnknownPolicy, Interval] = {"zero": Interval(ZERO, ZERO, ONE), "exclude": Interval(None, ZERO, ONE)}

Weighted = tuple[int, Interval]


@dataclass(frozen=True, slots=True)
class Tree:
    overall: Interval
    dimensions: dict[str, Interval]
    capabilities: dict[str, Interval]
    questions: dict[str, Interval]
    states: dict[str, State]


def aggregate(how: Aggregation, children: Iterable[tuple[int, Fraction | None]]) -> Fraction | None:
    """Return the weighted mean, or the weakest, of the children that have a value; None where none has."""
    counted = [(weight, value) for weight, value in children if value is not None]
    if not counted:
        return None
    if how == "minimum":
        return min(value for _, value in counted)
    return sum((weight * value for weight, value in counted), ZERO) / sum(weight for weight, _ in counted)


def join(how: Aggregation, children: Sequence[Weighted]) -> Interval:
    is_open = any(child.is_open for _, child in children)
    score = None if is_open else aggregate(how, ((weight, child.score) for weight, child in children))
    if score is not None and all(child.low is child.high for _, child in children):
        return Interval(score, score, score)  # nothing unknown either: spare the two other sums
    low = aggregate(how, ((weight, child.low) for weight, child in children))
    high = aggregate(how, ((weight, child.high) for weight, child in children))
    return Interval(score, low, high, is_open)


def question_interval(question: Question, state: State, answer: Answer | None, policy: UnknownPolicy) -> Interval:
    if not question.scored or state in (State.HIDDEN, State.NOT_APPLICABLE):
        return NOT_COUNTED
    if state is State.UNANSWERED or answer is None:
        return OPEN
    if state is State.UNKNOWN:
        return UNKNOWN[policy]
    assert question.max_points  # the format refuses a scored question without points to win
    score = Fraction(points(question, answer), question.max_points)
    return Interval(score, score, score)


def build_tree(questionnaire: Questionnaire, profile: Profile, answers: Answers) -> Tree:
    """Work out every node, once, from the questions up."""
    question_states = states(questionnaire, profile, answers)
    questions = {
        question.code: question_interval(
            question, question_states[question.code], answers.get(question.code), questionnaire.unknown_policy
        )
        for question in questionnaire.questions
    }
    capabilities = {
        capability.code: _capability(capability, questions)
        for dimension in questionnaire.dimensions
        for capability in dimension.capabilities
    }
    dimensions = {dimension.code: _dimension(dimension, capabilities) for dimension in questionnaire.dimensions}
    overall = join(
        questionnaire.aggregation,
        [(dimension.weight, dimensions[dimension.code]) for dimension in questionnaire.dimensions],
    )
    return Tree(overall, dimensions, capabilities, questions, question_states)


def _capability(capability: Capability, questions: dict[str, Interval]) -> Interval:
    return join(
        capability.aggregation, [(question.weight, questions[question.code]) for question in capability.questions]
    )


def _dimension(dimension: Dimension, capabilities: dict[str, Interval]) -> Interval:
    return join(dimension.aggregation, [(child.weight, capabilities[child.code]) for child in dimension.capabilities])


def interval(questionnaire: Questionnaire, profile: Profile, answers: Answers) -> Interval:
    """Return where the whole stands so far. Cheap: no gains, no shares."""
    return build_tree(questionnaire, profile, answers).overall

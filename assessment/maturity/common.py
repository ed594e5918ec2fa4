"""The common part of two answer sets, on which both can be scored again."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assessment.maturity.conditions import Profile, depends_on
from assessment.maturity.definition import Capability, Dimension, Question, Questionnaire
from assessment.maturity.states import Answers, State, states


def reduced_to(questionnaire: Questionnaire, codes: Collection[str]) -> Questionnaire:
    """Return the questionnaire with these questions alone; a node that keeps none is left out.

    A question whose condition reads an answer to one that isn't kept is left out as well.
    """
    dimensions = (_dimension(dimension, set(codes)) for dimension in questionnaire.dimensions)
    return replace(questionnaire, dimensions=tuple(node for node in dimensions if node.capabilities))


def _dimension(dimension: Dimension, kept: set[str]) -> Dimension:
    capabilities = (_capability(capability, kept) for capability in dimension.capabilities)
    return replace(dimension, capabilities=tuple(node for node in capabilities if node.questions))


def _capability(capability: Capability, kept: set[str]) -> Capability:
    return replace(capability, questions=tuple(q for q in capability.questions if _is_kept(q, kept)))


def _is_kept(question: Question, kept: set[str]) -> bool:
    return question.code in kept and depends_on(question.applies_when) <= kept


def common_part(old: Questionnaire, new: Questionnaire, sides: Sequence[tuple[Profile, Answers]]) -> Questionnaire:
    """Return the newer questionnaire with the questions that the older one puts too, on the same scale.

    A scored one that a side leaves unanswered there is left out: no node above it would have a score otherwise.
    """
    kept = {q.code for q in new.questions if old.has_question(q.code) and scale(old.question(q.code)) == scale(q)}
    part = reduced_to(new, kept)
    while open_ones := _unanswered(part, sides):
        kept -= open_ones
        part = reduced_to(new, kept)
    return part


def _unanswered(part: Questionnaire, sides: Sequence[tuple[Profile, Answers]]) -> set[str]:
    by_side = [states(part, profile, answers) for profile, answers in sides]
    scored = [question.code for question in part.questions if question.scored]
    return {code for code in scored for side in by_side if side[code] is State.UNANSWERED}


def scale(question: Question) -> tuple[object, ...]:
    """What an answer is measured by: the same in two versions where the same answers bring the same points."""
    choices = frozenset((choice.code, choice.points, choice.exclusive) for choice in question.choices)
    return question.kind, choices, question.cap, tuple((band.start, band.points) for band in question.bands)

"""Each question's share of the overall score; the shares add up to it exactly."""

from collections.abc import Sequence
from fractions import Fraction

from assessment.maturity.definition import Aggregation, Capability, Questionnaire
from assessment.maturity.tree import ONE, ZERO, Tree


def shares(questionnaire: Questionnaire, tree: Tree) -> dict[str, Fraction]:
    """Return the share of every question that counts; nothing while there is no overall score."""
    if tree.overall.score is None:
        return {}
    dimensions = [(child.weight, tree.dimensions[child.code].score) for child in questionnaire.dimensions]
    found: dict[str, Fraction] = {}
    for dimension, part in zip(
        questionnaire.dimensions, split(questionnaire.aggregation, dimensions, ONE), strict=True
    ):
        capabilities = [(child.weight, tree.capabilities[child.code].score) for child in dimension.capabilities]
        parts = split(dimension.aggregation, capabilities, part)
        for capability, capability_part in zip(dimension.capabilities, parts, strict=True):
            found |= _within(capability, tree, capability_part)
    return found


def _within(capability: Capability, tree: Tree, part: Fraction) -> dict[str, Fraction]:
    scores = [tree.questions[question.code].score for question in capability.questions]
    weighted = [(question.weight, score) for question, score in zip(capability.questions, scores, strict=True)]
    parts = split(capability.aggregation, weighted, part)
    return {
        question.code: part_of_it * score
        for question, part_of_it, score in zip(capability.questions, parts, scores, strict=True)
        if score is not None
    }


def split(how: Aggregation, children: Sequence[tuple[int, Fraction | None]], whole: Fraction) -> list[Fraction]:
    """Share ``whole`` out among the children that count: by weight, or all to the first of the weakest."""
    counted = [(weight, score) for weight, score in children if score is not None]
    if not counted or not whole:
        return [ZERO] * len(children)
    if how == "minimum":
        weakest = [score for _, score in children].index(min(score for _, score in counted))
        return [whole if place == weakest else ZERO for place in range(len(children))]
    unit = whole / sum(weight for weight, _ in counted)
    return [ZERO if score is None else unit * weight for weight, score in children]

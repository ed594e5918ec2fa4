"""The short path: the same questionnaire with its express questions alone."""

from dataclasses import replace

from assessment.maturity.conditions import depends_on
from assessment.maturity.definition import Capability, Dimension, Question, Questionnaire


def express_only(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire reduced to its express questions; a node that keeps none is left out.

    A question whose condition reads an answer that the short path doesn't ask for is left out as well.
    """
    asked = {question.code for question in questionnaire.questions if question.express}
    dimensions = (_dimension(dimension, asked) for dimension in questionnaire.dimensions)
    return replace(questionnaire, dimensions=tuple(node for node in dimensions if node.capabilities))


def _dimension(dimension: Dimension, asked: set[str]) -> Dimension:
    capabilities = (_capability(capability, asked) for capability in dimension.capabilities)
    return replace(dimension, capabilities=tuple(node for node in capabilities if node.questions))


def _capability(capability: Capability, asked: set[str]) -> Capability:
    return replace(capability, questions=tuple(q for q in capability.questions if _is_asked(q, asked)))


def _is_asked(question: Question, asked: set[str]) -> bool:
    return question.code in asked and depends_on(question.applies_when) <= asked

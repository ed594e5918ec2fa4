"""The short path: the same questionnaire with its express questions alone."""

from assessment.maturity.common import reduced_to
from assessment.maturity.definition import Questionnaire


def express_only(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire reduced to its express questions; a node that keeps none is left out.

    A question whose condition reads an answer that the short path doesn't ask for is left out as well.
    """
    return reduced_to(questionnaire, {question.code for question in questionnaire.questions if question.express})

"""The capabilities of the questionnaire in force, by code: use cases name them across versions."""

from collections.abc import Mapping
from fractions import Fraction

from assessment.maturity.definition import Questionnaire
from assessment.models import Version
from assessment.models.compiled import compiled
from assessment.rules.words import in_language


def current_questionnaire() -> Questionnaire | None:
    """None before a version is published; one query once the version is compiled."""
    version = Version.objects.current().select_related("questionnaire").first()
    return None if version is None else compiled(version)


def capability_titles(questionnaire: Questionnaire | None) -> dict[str, str]:
    # Titles by code, in the reader's language, in the order of the questionnaire.
    if questionnaire is None:
        return {}
    return {
        capability.code: in_language(capability.title)
        for dimension in questionnaire.dimensions
        for capability in dimension.capabilities
    }


def capability_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    questionnaire = current_questionnaire()
    return [
        (in_language(dimension.title), [(part.code, in_language(part.title)) for part in dimension.capabilities])
        for dimension in (questionnaire.dimensions if questionnaire else ())
    ]


def top_level_start(questionnaire: Questionnaire) -> Fraction:
    # The score from which a company may tell others: the last two levels of four or more, else the last one.
    starts = sorted(level.start for level in questionnaire.levels)
    return starts[-2] if len(starts) >= 4 else starts[-1]


def top_scores(questionnaire: Questionnaire, scores: Mapping[str, str | None]) -> dict[str, Fraction]:
    """Return those of the published scores, by code, that reach the top levels: exact, as they are compared."""
    start = top_level_start(questionnaire)
    exact = {code: Fraction(score) for code, score in scores.items() if score is not None}
    return {code: score for code, score in exact.items() if score >= start}

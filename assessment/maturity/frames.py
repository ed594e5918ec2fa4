"""The same answers read in another model: capabilities regrouped, never weighed, never a score of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.definition import Capability, Frame, FrameDimension, Questionnaire


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One dimension of the other model. ``mean`` is 0–1; None where nothing that counts reads as it."""

    dimension: FrameDimension
    capabilities: tuple[Capability, ...]
    mean: Fraction | None


def reading(questionnaire: Questionnaire, frame: Frame, scores: Mapping[str, Fraction | None]) -> tuple[FrameLine, ...]:
    """Take the plain mean of the capabilities' exact scores; one without a score is left out, as everywhere."""
    return tuple(_line(questionnaire, frame, dimension, scores) for dimension in frame.dimensions)


def _line(
    questionnaire: Questionnaire, frame: Frame, dimension: FrameDimension, scores: Mapping[str, Fraction | None]
) -> FrameLine:
    read = tuple(
        capability
        for part in questionnaire.dimensions
        for capability in part.capabilities
        if capability.reads_as.get(frame.code) == dimension.code
    )
    known = [score for capability in read if (score := scores.get(capability.code)) is not None]
    return FrameLine(dimension, read, sum(known, Fraction(0)) / len(known) if known else None)

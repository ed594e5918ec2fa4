"""A result read in the other models that its questionnaire names: indicative, never a score of theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.definition import Capability, Frame, FrameDimension, Questionnaire
from assessment.maturity.figures import published
from assessment.maturity.frames import reading
from assessment.reports.results.page import ResultPage


@dataclass(frozen=True, slots=True)
class ReadingLine:
    dimension: FrameDimension
    capabilities: tuple[Capability, ...]
    figure: str | None  # published, 0.0 to 100.0; None where nothing that counts reads as it


@dataclass(frozen=True, slots=True)
class FrameReading:
    frame: Frame
    lines: list[ReadingLine]


def frame_reading(page: ResultPage) -> list[FrameReading]:
    """Return the readings of a result page, one for each frame of its questionnaire; no query."""
    nodes = [capability for line in page.dimensions for capability in line.capabilities]
    return readings(page.questionnaire, {node.capability.code: exact(node.figures) for node in nodes})


def exact(figures: Mapping) -> Fraction | None:
    """Return a stored node's exact score."""
    return None if figures["exact"] is None else Fraction(figures["exact"])


def readings(questionnaire: Questionnaire, scores: Mapping[str, Fraction | None]) -> list[FrameReading]:
    """``scores``: the exact score of each capability, by code."""
    return [
        FrameReading(
            frame,
            [
                ReadingLine(line.dimension, line.capabilities, published(line.mean))
                for line in reading(questionnaire, frame, scores)
            ],
        )
        for frame in questionnaire.frames
    ]

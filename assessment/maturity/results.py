"""The result of an assessment, as it is stored and shown: every figure with what it is made of."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessment.maturity.figures import published, reduced, signed_tenths, tenths
from assessment.maturity.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    code: str
    weight: int
    state: State
    points: int | None
    max_points: int | None
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    share: Fraction | None
    gain: Fraction | None  # as the score, 0–1: 13/1000 is 1.3 published points

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "weight": self.weight,
            "state": self.state.value,
            "points": self.points,
            "max_points": self.max_points,
            "score": published(self.score),
            "share": reduced(self.share),
            "gain": None if self.gain is None else signed_tenths(tenths(self.gain)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityResult:
    code: str
    weight: int
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    level: int | None
    questions: tuple[QuestionResult, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "weight": self.weight,
            **_figures(self),
            "questions": [question.to_json() for question in self.questions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionResult:
    code: str
    weight: int
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    level: int | None
    capabilities: tuple[CapabilityResult, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "weight": self.weight,
            **_figures(self),
            "level": self.level,
            "capabilities": [capability.to_json() for capability in self.capabilities],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallResult:
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    level: int | None
    level_by_score: int | None
    held_back_by: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            **_figures(self),
            "level": self.level,
            "level_by_score": self.level_by_score,
            "held_back_by": list(self.held_back_by),
        }


def _figures(node: CapabilityResult | DimensionResult | OverallResult) -> dict[str, str | None]:
    return {
        "score": published(node.score),
        "exact": reduced(node.score),
        "low": published(node.low),
        "high": published(node.high),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many scored questions are in each state; applicable: all that are not hidden."""

    applicable: int
    answered: int
    unknown: int
    not_applicable: int
    hidden: int
    unanswered: int

    def to_json(self) -> dict[str, int]:
        return {
            "applicable": self.applicable,
            "answered": self.answered,
            "unknown": self.unknown,
            "not_applicable": self.not_applicable,
            "hidden": self.hidden,
            "unanswered": self.unanswered,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    questionnaire: str
    version: str
    checksum: str
    engine: int
    complete: bool
    overall: OverallResult
    dimensions: tuple[DimensionResult, ...]
    coverage: Coverage

    @property
    def capabilities(self) -> tuple[CapabilityResult, ...]:
        return tuple(capability for dimension in self.dimensions for capability in dimension.capabilities)

    @property
    def questions(self) -> tuple[QuestionResult, ...]:
        return tuple(question for capability in self.capabilities for question in capability.questions)

    def to_json(self) -> dict[str, Any]:
        """Return the keys and their order that docs/scoring.md promises."""
        return {
            "questionnaire": self.questionnaire,
            "version": self.version,
            "checksum": self.checksum,
            "engine": self.engine,
            "complete": self.complete,
            "overall": self.overall.to_json(),
            "dimensions": [dimension.to_json() for dimension in self.dimensions],
            "coverage": self.coverage.to_json(),
        }

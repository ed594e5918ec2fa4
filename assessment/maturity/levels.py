"""Levels are read off the published score, so that what a person reads decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.definition import Level
from assessment.maturity.figures import tenths


def reaches(score: Fraction, bound: Fraction) -> bool:
    """Whether the published score is at or above a bound of 0 to 100."""
    return tenths(score) >= bound * 10


def level_by_score(levels: Sequence[Level], score: Fraction | None) -> int | None:
    if score is None:
        return None
    return max(level.number for level in levels if reaches(score, level.start))


@dataclass(frozen=True, slots=True)
class Standing:
    level: int | None  # None also where even the first level has a gate that doesn't hold
    level_by_score: int | None
    held_back_by: tuple[str, ...] = ()


def standing(levels: Sequence[Level], score: Fraction | None, dimensions: dict[str, Fraction | None]) -> Standing:
    """Return the overall level: the highest whose start is reached and no gate up to it fails."""
    if score is None:
        return Standing(None, None)
    level, weak = None, set()
    for candidate in (level for level in levels if reaches(score, level.start)):
        weak |= below(candidate.every_dimension_at_least, dimensions)
        level = level if weak else candidate.number
    return Standing(level, level_by_score(levels, score), tuple(code for code in dimensions if code in weak))


def below(gate: Fraction | None, dimensions: dict[str, Fraction | None]) -> set[str]:
    """Return the dimensions that don't pass the gate; one without a score passes every gate."""
    if gate is None:
        return set()
    return {code for code, score in dimensions.items() if score is not None and not reaches(score, gate)}

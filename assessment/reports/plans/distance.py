"""How far a result is from its next level: points, gates, and the least steps that reach it."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.definition import Dimension, Level
from assessment.maturity.figures import lowest_published, signed_tenths
from assessment.maturity.plans import Plan
from assessment.reports.plans.basis import Basis, basis_of, least
from assessment.reports.results.page import ResultPage


@dataclass(frozen=True, slots=True)
class Gate:
    dimension: Dimension
    score: str
    least: str


@dataclass(frozen=True, slots=True)
class Distance:
    level: Level
    points: str | None  # published points missing; None where the score is enough
    gates: list[Gate]  # dimensions that hold it back
    plan: Plan | None  # None: no steps reach it
    needs_dropped: bool  # but some that the company dropped would


def distance(page: ResultPage, basis: Basis | None = None, *, without: Collection[str] = ()) -> Distance | None:
    """Return None at the highest level, and where there is no score. ``without``: questions put aside."""
    score, number = page.overall["score"], page.overall["level"] or 0
    following = next((level for level in page.levels if level.number > number), None)
    if score is None or following is None:
        return None
    basis = basis or basis_of(page.result)
    plan = least(basis, following.number, frozenset(without))
    missing = _tenths(lowest_published(following.start)) - _tenths(score)
    return Distance(
        level=following,
        points=signed_tenths(missing) if missing > 0 else None,
        gates=_gates(page, following),
        plan=plan,
        needs_dropped=plan is None and least(basis, following.number) is not None,
    )


def _gates(page: ResultPage, following: Level) -> list[Gate]:
    asked = [level.every_dimension_at_least for level in page.levels if level.number <= following.number]
    least_ = lowest_published(max((gate for gate in asked if gate is not None), default=Fraction(0)))
    scored = [line for line in page.dimensions if line.figures["score"] is not None]
    return [
        Gate(line.dimension, line.figures["score"], least_)
        for line in scored
        if _tenths(line.figures["score"]) < _tenths(least_)
    ]


def _tenths(figure: str) -> int:
    return int(figure.replace(".", ""))

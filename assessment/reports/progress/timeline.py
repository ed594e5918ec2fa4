"""All results of a company in time: points of a drawing, beside a table of the same figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import cast

from assessment.models import Result

WIDTH, HEIGHT = 600, 240
GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    result: Result


@dataclass(frozen=True, slots=True)
class Timeline:
    dots: list[Dot]
    lines: list[str]  # one for each run of one version: scores of two versions aren't joined
    grid: list[tuple[str, int]]


def timeline(results: Iterable[Result]) -> Timeline | None:
    """``results``: the oldest first. None where there is nothing to join."""
    scored = [result for result in results if result.score is not None]
    if len(scored) < 2:
        return None
    first, last = scored[0].submitted_at, scored[-1].submitted_at
    span = (last - first).total_seconds() or 1
    dots = [
        Dot(
            _figure(WIDTH * (result.submitted_at - first).total_seconds() / span),
            _y(float(cast(Decimal, result.score))),
            result,
        )
        for result in scored
    ]
    runs = (list(run) for _, run in groupby(dots, key=lambda dot: dot.result.version_id))
    lines = [" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs]
    return Timeline(dots, lines, [(_y(value), value) for value in GRID])


def _y(score: float) -> str:
    return _figure(HEIGHT - HEIGHT * score / 100)


def _figure(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") or "0"

"""The frontier's geometry: effort to the right, score upwards; a table beside it has the same figures."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.figures import published
from assessment.maturity.plans import Plan

WIDTH, HEIGHT = 600, 240
GRIDS = {75: 5, 50: 10, 25: 25, 0: 25}  # where the scores begin: the lines from there up to 100


@dataclass(frozen=True, slots=True)
class Line:
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class FrontierDrawing:
    path: str
    grid: list[Line]
    most: int  # effort at the right end
    dot: tuple[str, str] | None  # the plan shown
    rows: list[tuple[int, str]]


def frontier_drawing(plan: Plan) -> FrontierDrawing | None:
    """Return None where there is nothing to draw: no step gains anything."""
    if len(plan.frontier) < 2:
        return None
    most = plan.frontier[-1][0] or 1

    base, apart = next((base, apart) for base, apart in GRIDS.items() if plan.frontier[0][1] * 100 >= base)

    def x(effort: int) -> str:
        return _figure(WIDTH * effort / most)

    def y(score: Fraction) -> str:
        return _figure(HEIGHT - HEIGHT * (100 * float(score) - base) / (100 - base))

    path = [f"M{x(plan.frontier[0][0])},{y(plan.frontier[0][1])}"]
    path += [f"H{x(effort)}V{y(score)}" for effort, score in plan.frontier[1:]]
    dot = None if plan.score is None else (x(plan.effort), y(plan.score))
    return FrontierDrawing(
        path=" ".join(path),
        grid=[Line(y(Fraction(value, 100)), str(value)) for value in range(base, 101, apart)],
        most=most,
        dot=dot,
        rows=_rows(plan.frontier),
    )


def _rows(frontier: Sequence[tuple[int, Fraction]]) -> list[tuple[int, str]]:
    # Of a long frontier the first that is published as each score in between says nothing new: one row a point.
    rows: list[tuple[int, str]] = []
    seen: set[str] = set()
    figures = [(effort, str(published(score))) for effort, score in frontier]
    for effort, figure in figures:
        whole = figure.split(".")[0]
        if whole not in seen:
            seen.add(whole)
            rows.append((effort, figure))
    last = figures[-1]
    return rows if rows[-1] == last else [*rows, last]


def _figure(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") or "0"


def half_way(plan: Plan) -> int:
    """Return an effort to begin with: the least that brings half of what all steps would."""
    scores = [score for _, score in plan.frontier]
    if not scores:
        return 0
    return plan.frontier[bisect_left(scores, (scores[0] + scores[-1]) / 2)][0]

"""The frontier's geometry: effort to the right, score upwards; a table beside it has the same figures."""

from bisect import bisect_left
from dataclasses import dataclass

from assessment.maturity.figures import published

WIDTH, HEIGHT = 600, 240
GRID = (0, 25, 50, 75, 100)


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


def frontier_drawing(plan):
    """Return None where there is nothing to draw: no step gains anything."""
    if len(plan.frontier) < 2:
        return None
    most = plan.frontier[-1][0] or 1

    def x(effort):
        return _figure(WIDTH * effort / most)

    path = [f"M{x(plan.frontier[0][0])},{_y(plan.frontier[0][1])}"]
    path += [f"H{x(effort)}V{_y(score)}" for effort, score in plan.frontier[1:]]
    dot = None if plan.score is None else (x(plan.effort), _y(plan.score))
    return FrontierDrawing(
        path=" ".join(path),
        grid=[Line(_figure(HEIGHT - HEIGHT * value / 100), str(value)) for value in GRID],
        most=most,
        dot=dot,
        rows=_rows(plan.frontier),
    )


def _rows(frontier):
    # Of a long frontier the first that is published as each score in between says nothing new: one row a point.
    rows, seen = [], set()
    for effort, score in frontier:
        whole = published(score).split(".")[0]
        if whole not in seen:
            seen.add(whole)
            rows.append((effort, published(score)))
    last = (frontier[-1][0], published(frontier[-1][1]))
    return rows if rows[-1] == last else [*rows, last]


def _y(score):
    return _figure(HEIGHT - HEIGHT * float(score))


def _figure(length):
    return f"{length:.2f}".rstrip("0").rstrip(".") or "0"


def half_way(plan):
    """Return an effort to begin with: the least that brings half of what all steps would."""
    scores = [score for _, score in plan.frontier]
    if not scores:
        return 0
    return plan.frontier[bisect_left(scores, (scores[0] + scores[-1]) / 2)][0]

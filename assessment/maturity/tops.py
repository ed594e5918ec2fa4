"""What is enough for the most points of a question."""

from fractions import Fraction
from itertools import zip_longest

from assessment.maturity.definition import Question


def answers_enough(question: Question) -> int | None:
    """Return how many answers give the most points, whichever they are; None where it takes all, or depends."""
    worth = set(_worth(question))
    if not is_capped(question) or len(worth) != 1:
        return None
    assert question.cap is not None  # a capped question has one
    return -(-question.cap // worth.pop())


def is_capped(question: Question) -> bool:
    """Return whether some answers may be missing at the most points."""
    if question.kind != "multiple" or not question.scored:
        return False
    points = _worth(question)
    return question.cap is not None and sum(points) - min(points, default=0) >= question.cap


def _worth(question: Question) -> list[int]:
    # The points of what can be chosen together.
    return [choice.points for choice in question.choices if choice.points and not choice.exclusive]


def top_ranges(question: Question) -> list[tuple[Fraction, Fraction | None]]:
    """Return the figures that give the most points, each from a start to below an end, None where it has none."""
    if question.kind != "number" or not question.scored:
        return []
    ranges: list[tuple[Fraction, Fraction | None]] = []
    for band, following in zip_longest(question.bands, question.bands[1:]):
        end = following.start if following else None
        if band.points != question.max_points:
            continue
        if ranges and ranges[-1][1] == band.start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((band.start, end))
    return ranges

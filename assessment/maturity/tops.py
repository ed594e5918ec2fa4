"""Answers that are enough for the most points of a question."""

from fractions import Fraction
from itertools import accumulate, zip_longest

from assessment.maturity.definition import Question


def answers_enough(question: Question) -> tuple[int, int] | None:
    """Return how many answers give the most points, at best and whichever they are; None where it takes all of them."""
    if question.kind != "multiple" or not question.scored or question.cap is None:
        return None
    worth = sorted(choice.points for choice in question.choices if choice.points and not choice.exclusive)
    fewest, surest = _reached(worth[::-1], question.cap), _reached(worth, question.cap)
    return None if fewest >= len(worth) else (fewest, surest)


def _reached(worth: list[int], cap: int) -> int:
    # How many of these, in this order, it takes to get there; one more than all where they don't.
    return next((count for count, total in enumerate(accumulate(worth), start=1) if total >= cap), len(worth) + 1)


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

"""Distance between people on one question, so that a company talks first about what it sees most differently.

The figure never enters a score: it orders a discussion.
"""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from assessment.maturity.answers import Answer, points
from assessment.maturity.definition import Question

ZERO, ONE = Fraction(0), Fraction(1)
# Somebody who doesn't know may stand anywhere on the scale: halfway from everybody.
UNKNOWN = Fraction(1, 2)
# Two answers worth the same, or two texts, are still not one answer; they come after what changes the score.
LEAST = Fraction(1, 10)


class Gap(StrEnum):
    """The figure as people read it; each word starts at the bound below and ends before the next."""

    NONE = "none"
    SMALL = "small"
    CLEAR = "clear"
    LARGE = "large"


BOUNDS = [(Fraction(1, 2), Gap.LARGE), (Fraction(1, 4), Gap.CLEAR)]


def disagreement(question: Question, answers: Iterable[Answer]) -> Fraction | None:
    """Return the mean ``distance`` over all pairs of people, 0 to 1; None where fewer than two have answered.

    The mean over pairs is Gini's mean difference where answers lie on a scale, and the observed disagreement of
    Krippendorff's alpha with the distance that suits the kind of question. Unlike the range it tells one dissenting
    voice among ten from a company split in two. The answers are valid ones.
    """
    pairs = list(combinations(answers, 2))
    if not pairs:
        return None
    return sum((distance(question, one, other) for one, other in pairs), ZERO) / len(pairs)


def distance(question: Question, one: Answer, other: Answer) -> Fraction:
    """Return how far two answers are from each other: 0 for the same answer only, 1 for opposite ones.

    - "I don't know" against anything else: 1/2.
    - "Not applicable" against an answer: 1, since one of them takes the question out of the score. The reason that
      each gives for it is words, not a difference.
    - Several choices: Jaccard's distance, the part of all that was ticked which only one of them ticked.
    - Otherwise: the difference of what the answers are worth, each between 0 and 1, and 1/10 at least.
    """
    if _said(one) == _said(other):
        return ZERO
    if one.unknown or other.unknown:
        return UNKNOWN
    if one.not_applicable is not None or other.not_applicable is not None:
        return ONE
    if question.kind == "multiple":
        mine, theirs = set(one.choices or ()), set(other.choices or ())
        return Fraction(len(mine ^ theirs), len(mine | theirs))
    return max(abs(_worth(question, one) - _worth(question, other)), LEAST)


def gap(figure: Fraction | None) -> Gap | None:
    if figure is None:
        return None
    if figure == 0:
        return Gap.NONE
    return next((name for start, name in BOUNDS if figure >= start), Gap.SMALL)


def _said(answer: Answer) -> tuple[object, ...]:
    chosen = None if answer.choices is None else frozenset(answer.choices)
    return chosen, answer.number, answer.text, answer.unknown, answer.not_applicable is not None


def _worth(question: Question, answer: Answer) -> Fraction:
    return Fraction(points(question, answer), question.max_points) if question.max_points else ZERO

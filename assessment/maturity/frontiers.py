"""Frontiers: the most that each part of a questionnaire reaches for each effort, exact, and the plan that reaches it.

A part tells four things. ``frontier``: every (effort, score) that no plan of less or equal effort beats, ascending.
``can_count``: whether there is one, which costs less to know.
``bare``: the least effort at which it isn't counted, None where it always is. ``pick``: of the plans within an effort
that reach a score, the one whose first questions change least; the effort must be the least that reaches it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, isqrt, lcm
from operator import itemgetter
from typing import Protocol

Point = tuple[int, Fraction]  # effort, score
Frontier = Sequence[Point]
ZERO = Fraction(0)
MOST_CELLS = 1_000_000  # of tables kept at once, about 40 MB; beyond it they are worked out twice


@dataclass(frozen=True, slots=True)
class Picked:
    """``ranks``: for each question in order, 0 where it stays, else the place of its step."""

    ranks: tuple[int, ...]
    effort: int
    score: Fraction | None


class Part(Protocol):
    @property
    def frontier(self) -> Frontier: ...

    @property
    def can_count(self) -> bool: ...

    @property
    def bare(self) -> int | None: ...

    def pick(self, effort: int, least: Fraction | None) -> Picked:
        """``least``: the score to reach; None for not being counted."""


def unbeaten(points: Iterable[Point]) -> list[Point]:
    found: list[Point] = []
    for point in sorted(points, key=itemgetter(0)):
        if not found or point[1] > found[-1][1]:
            if found and found[-1][0] == point[0]:
                found.pop()
            found.append(point)
    return found


def within(frontier: Frontier, effort: int | None) -> Point | None:
    """Return the best point within an effort, or of all; None where there is none."""
    return next((point for point in reversed(frontier) if effort is None or point[0] <= effort), None)


def reaching(frontier: Frontier, score: Fraction) -> Point | None:
    """Return the point of least effort at or above a score."""
    return next((point for point in frontier if point[1] >= score), None)


@dataclass(frozen=True, slots=True)
class Option:
    effort: int
    score: Fraction | None  # None: the question isn't counted then
    rank: int


class Leaf:
    """A question. Its options in the order of their ranks."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = options
        self.frontier = unbeaten((option.effort, option.score) for option in options if option.score is not None)
        self.can_count = bool(self.frontier)
        self.bare = min((option.effort for option in options if option.score is None), default=None)

    def pick(self, effort: int, least: Fraction | None) -> Picked:
        option = next(option for option in self.options if option.effort <= effort and _suits(option.score, least))
        return Picked((option.rank,), option.effort, option.score)


def _suits(score: Fraction | None, least: Fraction | None) -> bool:
    if score is None or least is None:
        return score is least
    return score >= least


class Gated:
    """A part that must reach a score where it is counted."""

    def __init__(self, part: Part, least: Fraction) -> None:
        self.part, self.least = part, least
        self.frontier = [point for point in part.frontier if point[1] >= least]
        self.can_count = bool(self.frontier)
        self.bare = part.bare

    def pick(self, effort: int, least: Fraction | None) -> Picked:
        return self.part.pick(effort, None if least is None else max(least, self.least))


def is_settled(part: Part) -> bool:
    """Whether it is counted whatever the plan, or never is."""
    return part.bare is None or not part.can_count


class Mean:
    """A weighted mean whose weights no plan changes: one knapsack over all that is under it."""

    def __init__(self, children: Sequence[tuple[int, Part]]) -> None:
        weight = sum(weight for weight, part in children if part.can_count)
        self.can_count = weight > 0
        self.bare = None if weight else sum(part.bare or 0 for _, part in children)
        self.items = [
            item for part_weight, part in children for item in _items(Fraction(part_weight, weight or 1), part)
        ]

    @cached_property
    def frontier(self) -> Frontier:
        return [] if self.bare is not None else self.knapsack.frontier

    @cached_property
    def knapsack(self) -> "Knapsack":
        return Knapsack(self.items)

    def pick(self, effort: int, least: Fraction | None) -> Picked:
        picked = self.knapsack.pick(effort, least or ZERO)
        return picked if least is not None else Picked(picked.ranks, picked.effort, None)


def _items(share: Fraction, part: Part) -> list[tuple[Fraction, Part]]:
    if isinstance(part, Mean):
        return [(share * inner, item) for inner, item in part.items]
    return [(share, part)]


class Knapsack:
    """Dynamic programme over whole efforts, from the last item to the first. Every value is a whole number of units."""

    def __init__(self, items: Sequence[tuple[Fraction, Part]]) -> None:
        self.items = items
        self.unit = lcm(*(share.denominator * score.denominator for share, part in items for _, score in part.frontier))
        self.options = [self._options(share, part) for share, part in items]
        self.ground = _sums_from_each([options[0] for options in self.options])
        widest = sum(options[-1][0] - options[0][0] for options in self.options) + 1
        self.stride = 1 if len(items) * widest <= MOST_CELLS else isqrt(len(items))
        self.kept: dict[int, list[int]] = {}
        self.block: dict[int, list[int]] = {}
        self.most = widest  # of effort that a plan to pick may take
        self.first = self._first()

    def _options(self, share: Fraction, part: Part) -> list[tuple[int, int]]:
        if not part.can_count:
            return [(part.bare or 0, 0)]
        above, below = share.numerator * self.unit, share.denominator
        return [(effort, above * score.numerator // (below * score.denominator)) for effort, score in part.frontier]

    def _first(self) -> list[int]:
        table = [0]
        for place in reversed(range(len(self.items))):
            if (place + 1) % self.stride == 0 or place + 1 == len(self.items):
                self.kept[place + 1] = table
            table = _wider(table, self.options[place])
        return table

    def table(self, place: int) -> list[int]:
        """Return what the items from here on add to their least, by effort above their least."""
        if place not in self.kept and place not in self.block:
            end = min(kept for kept in self.kept if kept > place)
            self.block = {end: self.kept[end][: self.most + 1]}
            for before in reversed(range(place, end)):
                self.block[before] = _wider(self.block[before + 1], self.options[before])[: self.most + 1]
        return self.block[place] if place in self.block else self.kept[place]

    @property
    def frontier(self) -> Frontier:
        effort, units = self.ground[0]
        rises = [0, *(place + 1 for place, (low, high) in enumerate(pairwise(self.first)) if high > low)]
        return [(effort + rise, Fraction(units + self.first[rise], self.unit)) for rise in rises]

    def pick(self, effort: int, least: Fraction) -> Picked:
        left, needed = effort, ceil(least * self.unit)
        self.block, self.most = {}, effort
        ranks: list[int] = []
        for place, (share, part) in enumerate(self.items):
            picked = self._of_item(place, share, part, left, needed)
            ranks += picked.ranks
            left -= picked.effort
            needed -= int(share * (picked.score or ZERO) * self.unit)
        units = ceil(least * self.unit) - needed
        return Picked(tuple(ranks), effort - left, Fraction(units, self.unit))

    def _of_item(self, place: int, share: Fraction, part: Part, left: int, needed: int) -> Picked:
        if not part.can_count:
            return part.pick(part.bare or 0, None)
        after, (ground, units) = self.table(place + 1), self.ground[place + 1]
        enough = []
        for effort, value in self.options[place]:
            above = left - effort - ground
            if above < 0:
                break
            missing = needed - units - after[min(above, len(after) - 1)]
            if value >= missing:
                enough.append(part.pick(effort, max(ZERO, Fraction(missing) / (share * self.unit))))
        return min(enough, key=lambda picked: picked.ranks)


def _wider(table: list[int], options: Sequence[tuple[int, int]]) -> list[int]:
    # Add one item in front; both sides count from their least.
    (ground, units), (top, _) = options[0], options[-1]
    wider = table + [table[-1]] * (top - ground)
    for effort, value in options[1:]:
        start, more = effort - ground, value - units
        stop = start + len(table)
        wider[start:stop] = [
            new if (new := old + more) > best else best for old, best in zip(table, wider[start:stop], strict=True)
        ]
        best = table[-1] + more
        wider[stop:] = [max(best, old) for old in wider[stop:]]
    return wider


def _sums_from_each(least: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    # Return the sums of all from each place on, the last of nothing.
    sums = [(0, 0)]
    for effort, units in reversed(least):
        sums.append((sums[-1][0] + effort, sums[-1][1] + units))
    return sums[::-1]


class Weakest:
    """A minimum: each child that is counted must reach the same score."""

    def __init__(self, children: Sequence[Part]) -> None:
        self.children = children
        bare = [part.bare for part in children]
        self.bare = None if None in bare else sum(effort or 0 for effort in bare)

    @property
    def can_count(self) -> bool:
        return bool(self.frontier)

    @cached_property
    def frontier(self) -> Frontier:
        scores = {score for part in self.children for _, score in part.frontier}
        return unbeaten((effort, score) for score in scores if (effort := self._effort(score)) is not None)

    def _effort(self, score: Fraction) -> int | None:
        # Return the least effort at which every child reaches the score or isn't counted, and one is.
        total, dearer = 0, []
        for part in self.children:
            point = reaching(part.frontier, score)
            efforts = [effort for effort in (part.bare, point and point[0]) if effort is not None]
            if not efforts:
                return None
            total += min(efforts)
            dearer += [point[0] - min(efforts)] if point else []
        return total + min(dearer) if dearer else None

    def pick(self, effort: int, least: Fraction | None) -> Picked:
        if least is None:
            return _together([part.pick(part.bare or 0, None) for part in self.children])
        choices = [list(_ways(part, least)) for part in self.children]
        cheapest = [min(ways, key=_least) for ways in choices]
        if all(picked.score is None for picked in cheapest):
            cheapest = min(_one_counted(cheapest, choices), key=lambda all_: _least(_together(all_)))
        return _together(cheapest)


def _ways(part: Part, least: Fraction) -> Iterator[Picked]:
    if part.bare is not None:
        yield part.pick(part.bare, None)
    if point := reaching(part.frontier, least):
        yield part.pick(point[0], least)


def _one_counted(cheapest: list[Picked], choices: list[list[Picked]]) -> Iterator[list[Picked]]:
    for place, ways in enumerate(choices):
        for picked in ways:
            if picked.score is not None:
                yield [*cheapest[:place], picked, *cheapest[place + 1 :]]


def _least(picked: Picked) -> tuple[int, tuple[int, ...]]:
    return picked.effort, picked.ranks


def _together(picks: Sequence[Picked]) -> Picked:
    scores = [picked.score for picked in picks if picked.score is not None]
    ranks = tuple(rank for picked in picks for rank in picked.ranks)
    return Picked(ranks, sum(picked.effort for picked in picks), min(scores, default=None))

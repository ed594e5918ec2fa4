"""A weighted mean whose weights a plan may change: what is counted then, is chosen with the rest."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm

from assessment.maturity.frontiers import ZERO, Frontier, Part, Picked, unbeaten

Best = list[int]  # the largest sum of units within each effort; IMPOSSIBLE where there is none
IMPOSSIBLE = -1


class ShiftingMean:
    """Dynamic programme over efforts, once for each weight that can come to be counted."""

    def __init__(self, children: Sequence[tuple[int, Part]]) -> None:
        self.children = children
        self.unit = lcm(*(score.denominator for _, part in children for _, score in part.frontier))
        self.most = sum(_most(part) for _, part in children)
        self.tables: list[Mapping[int, Best]] = [{0: [0] * (self.most + 1)}]
        for weight, part in reversed(children):
            self.tables.insert(0, self._wider(self.tables[0], weight, part))

    def _wider(self, after: Mapping[int, Best], weight: int, part: Part) -> Mapping[int, Best]:
        wider: dict[int, Best] = {}
        for counted, best in after.items():
            if part.bare is not None:
                _improve(wider, counted, best, part.bare, 0)
            for effort, score in part.frontier:
                _improve(wider, counted + weight, best, effort, int(weight * score * self.unit))
        return wider

    @property
    def bare(self) -> int | None:
        never = self.tables[0].get(0, [])
        return next((effort for effort, sum_ in enumerate(never) if sum_ != IMPOSSIBLE), None)

    @property
    def can_count(self) -> bool:
        return bool(self.frontier)

    @cached_property
    def frontier(self) -> Frontier:
        return unbeaten(
            (effort, Fraction(sum_, weight * self.unit))
            for weight, best in self.tables[0].items()
            for effort, sum_ in enumerate(best)
            if weight and sum_ != IMPOSSIBLE
        )

    def pick(self, effort: int, least: Fraction | None) -> Picked:
        if least is None:
            return self._walk(effort, 0, 0)
        enough = []
        for weight, best in self.tables[0].items():
            needed = ceil(least * weight * self.unit)
            if weight and best[min(effort, self.most)] >= needed:
                enough.append(self._walk(effort, weight, needed))
        return min(enough, key=lambda picked: picked.ranks)

    def _walk(self, effort: int, counted: int, needed: int) -> Picked:
        left, weight, sum_ = effort, counted, ZERO
        ranks: list[int] = []
        for place, (child_weight, _) in enumerate(self.children):
            ways = self._ways(place, left, weight, needed)
            picked = min(ways, key=lambda picked: picked.ranks)
            ranks += picked.ranks
            left -= picked.effort
            if picked.score is not None:
                weight -= child_weight
                needed -= int(child_weight * picked.score * self.unit)
                sum_ += child_weight * picked.score
        return Picked(tuple(ranks), effort - left, sum_ / counted if counted else None)

    def _ways(self, place: int, left: int, weight: int, needed: int) -> Iterator[Picked]:
        (child_weight, part), after = self.children[place], self.tables[place + 1]
        if part.bare is not None and _rest(after, weight, left - part.bare) >= max(needed, 0):
            yield part.pick(part.bare, None)
        for effort, score in part.frontier:
            rest = _rest(after, weight - child_weight, left - effort)
            missing = needed - rest
            if rest != IMPOSSIBLE and child_weight * score * self.unit >= missing:
                yield part.pick(effort, max(ZERO, Fraction(missing, child_weight * self.unit)))


def _most(part: Part) -> int:
    return max([part.bare or 0, *(effort for effort, _ in part.frontier)])


def _rest(after: Mapping[int, Best], weight: int, effort: int) -> int:
    return after[weight][effort] if weight in after and effort >= 0 else IMPOSSIBLE


def _improve(wider: dict[int, Best], weight: int, best: Best, effort: int, more: int) -> None:
    shifted = [IMPOSSIBLE] * effort + [sum_ if sum_ == IMPOSSIBLE else sum_ + more for sum_ in best]
    known = wider.get(weight)
    wider[weight] = shifted[: len(best)] if known is None else [max(pair) for pair in zip(known, shifted, strict=False)]

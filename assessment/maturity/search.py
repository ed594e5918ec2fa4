"""The best plans over all worlds: branch and bound, exact, with what it could not exclude."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from assessment.maturity.frontiers import Frontier, Part, Picked, Point, reaching, unbeaten, within
from assessment.maturity.worlds import Gates, Ground, Outlook, Way, World

MOST_SUMS = 10_000_000  # of all outlooks together: a second or two
NO_GATES: Gates = {}
Key = tuple[tuple[tuple[str, frozenset[Way]], ...], tuple[tuple[str, Fraction], ...]]


@dataclass(slots=True)
class Search:
    """Counts its work, never time, so that it finds the same on every machine."""

    ground: Ground
    outlooks: dict[Key, Outlook] = field(default_factory=dict)
    given_up: list[Part] = field(default_factory=list)

    def outlook(self, world: World, gates: Gates = NO_GATES) -> Outlook:
        key = tuple(world.items()), tuple(gates.items())
        if key not in self.outlooks:
            self.outlooks[key] = self.ground.outlook(world, gates)
        return self.outlooks[key]

    def settled(self, worth: Callable[[World, Part], bool]) -> Iterator[tuple[World, Part]]:
        """Go through the settled worlds worth it, the present one first; what can't be gone through is given up."""
        self.given_up = []
        most = max(3, MOST_SUMS // self.ground.cost)
        worlds = [self.ground.everything()]
        if self.outlook(worlds[0]).undecided:
            worlds.append(self.ground.unchanged())
        while worlds:
            world = worlds.pop()
            outlook = self.outlook(world)
            if outlook.whole is None or not worth(world, outlook.whole):
                continue
            if outlook.undecided is None:
                yield world, outlook.whole
            elif len(self.outlooks) >= most:
                self.given_up.append(outlook.whole)
            else:
                ways = sorted(world[outlook.undecided], key=str)
                worlds.extend({**world, outlook.undecided: frozenset([way])} for way in ways)


class BestWithin:
    """The frontier over all worlds, then the plan at one effort."""

    def __init__(self, search: Search, effort: int | None) -> None:
        self.search = search
        self.frontier: Frontier = []
        for _, whole in search.settled(lambda _, whole: self._adds(whole)):
            self.frontier = unbeaten([*self.frontier, *whole.frontier])
        open_ends = unbeaten([*self.frontier, *(point for part in search.given_up for point in part.frontier)])
        self.point = within(self.frontier, effort)
        above = within(open_ends, effort)
        self.bound = above[1] if above else None

    def _adds(self, whole: Part) -> bool:
        return unbeaten([*self.frontier, *whole.frontier]) != self.frontier

    def picked(self) -> Picked | None:
        """Return the plan of the best point whose first questions change least; None where none has a score."""
        if self.point is None:
            return None
        effort, score = self.point
        equals = self.search.settled(lambda _, whole: _reaches(whole, effort, score))
        return min((whole.pick(effort, score) for _, whole in equals), key=lambda picked: picked.ranks)


def _reaches(whole: Part, effort: int, score: Fraction) -> bool:
    point = within(whole.frontier, effort)
    return point is not None and point[1] >= score


class LeastFor:
    """The plan of least effort that reaches a score and, in each dimension, a gate."""

    def __init__(self, search: Search, score: Fraction, gates: Gates) -> None:
        self.search, self.score, self.gates = search, score, gates
        self.binding: dict[str, Fraction] = {}  # gates that a plan has failed: the others need no work
        self.best: tuple[int, Fraction, tuple[int, ...]] | None = None
        for world, _ in search.settled(lambda world, _: self._may_be_best(world)):
            self._try(world)
        self.proven = not search.given_up

    def _point(self, world: World) -> tuple[Outlook, Point | None]:
        outlook = self.search.outlook(world, self.binding)
        return outlook, reaching(outlook.whole.frontier, self.score) if outlook.whole else None

    def _may_be_best(self, world: World) -> bool:
        _, point = self._point(world)
        return point is not None and (self.best is None or (point[0], -point[1]) <= self.best[:2])

    def _try(self, world: World) -> None:
        outlook, point = self._point(world)
        while point is not None and outlook.whole is not None:
            picked = outlook.whole.pick(*point)
            failing = self._failing(picked)
            if not failing:
                worth = (point[0], -point[1], picked.ranks)
                self.best = worth if self.best is None else min(self.best, worth)
                return
            self.binding |= failing
            outlook, point = self._point(world)

    def _failing(self, picked: Picked) -> Gates:
        scores = self.search.ground.dimension_scores(picked.ranks)
        return {code: gate for code, gate in self.gates.items() if (score := scores[code]) is not None and score < gate}

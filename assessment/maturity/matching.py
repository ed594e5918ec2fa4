"""Use cases ranked for a company: its gaps, the gain of closing them, the likeness of the two companies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from operator import itemgetter
from typing import Literal

Reason = tuple[Literal["capability", "sub_sector", "size", "activities", "label", "evidence"], str]

# How much of its worth for the gap a case gains by each likeness, in hundredths.
ALIKE: Mapping[str, int] = {"sub_sector": 30, "size": 20, "activities": 15, "label": 20, "evidence": 10}
# Gains may be unknown or nothing although there is a gap: a capability counts by its gap alone then.
BASE_GAIN = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Need:
    """What a result says of its company. Gaps are what is missing to 100, by capability; gains are in points."""

    gaps: Mapping[str, Fraction]
    gains: Mapping[str, Fraction] = field(default_factory=dict)
    sub_sector: str = ""
    size: str = ""
    activities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    key: str
    capabilities: tuple[str, ...]
    sub_sectors: frozenset[str] = frozenset()
    size: str = ""
    activities: frozenset[str] = frozenset()
    labelled: bool = False
    evidence: bool = False  # figures, before and after


@dataclass(frozen=True, slots=True)
class Match:
    """A case that meets a gap. What nobody asks is not worked out: thousands are ranked, a few are shown."""

    case: Case
    points: int
    scale: int
    need: Need = field(repr=False)
    values: Mapping[str, Fraction] = field(repr=False)

    @property
    def worth(self) -> Fraction:
        return Fraction(self.points, self.scale * 100)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The capability first."""
        return reasons(self.need, self.case, self.values)


def rank(need: Need, cases: Iterable[Case], *, most: int | None = None) -> list[Match]:
    """Return the cases that meet a gap, best first, equals in the order of their keys: always the same."""
    values = capability_values(need)
    scale, whole = to_whole(values)
    matches = []
    for case in cases:
        best = max((whole.get(code, 0) for code in case.capabilities), default=0)
        if best:
            matches.append((-best * likeness(need, case), case.key, case))
    matches.sort(key=itemgetter(0, 1))
    kept = matches if most is None else matches[:most]
    return [Match(case, -points, scale, need, values) for points, _key, case in kept]


def capability_values(need: Need) -> dict[str, Fraction]:
    """Gap × gain: what there is to win on each capability that lacks something."""
    return {
        code: gap * (BASE_GAIN + max(need.gains.get(code, Fraction(0)), Fraction(0)))
        for code, gap in need.gaps.items()
        if gap > 0
    }


def to_whole(values: Mapping[str, Fraction]) -> tuple[int, dict[str, int]]:
    """Return (scale, values × scale): whole numbers compare as exactly as fractions, a hundred times faster."""
    scale = lcm(*(value.denominator for value in values.values()))
    return scale, {code: int(value * scale) for code, value in values.items()}


def likeness(need: Need, case: Case) -> int:
    """In hundredths, 100 for a case that has only its capability in common."""
    return 100 + sum(ALIKE[kind] for kind in alike(need, case))


def alike(need: Need, case: Case) -> list[Literal["sub_sector", "size", "activities", "label", "evidence"]]:
    found: list[Literal["sub_sector", "size", "activities", "label", "evidence"]] = []
    if need.sub_sector in case.sub_sectors:
        found.append("sub_sector")
    if case.size and case.size == need.size:
        found.append("size")
    if case.activities & need.activities:
        found.append("activities")
    if case.labelled:
        found.append("label")
    if case.evidence:
        found.append("evidence")
    return found


def reasons(need: Need, case: Case, values: Mapping[str, Fraction]) -> tuple[Reason, ...]:
    """Only what the worth was made of: the capability that counted, then each likeness."""
    capability = max((code for code in case.capabilities if code in values), key=lambda code: values[code])
    told = {
        "sub_sector": need.sub_sector,
        "size": need.size,
        "activities": ",".join(sorted(case.activities & need.activities)),
        "label": "",
        "evidence": "",
    }
    return (("capability", capability), *((kind, told[kind]) for kind in alike(need, case)))

"""A fictional company, drawn from its number and the seed alone: drawn again, it is the same."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.conf import settings

from assessment.models import Activity, Size, SubSector

NAMESPACE = uuid.UUID("6d7c2a50-6f0e-4a53-9a0b-6f2f3c1d8e11")


STALLED = 0.4


@dataclass(frozen=True, slots=True)
class Visit:
    """One time the company answered: when it began, for how long, and how much of it was answered (1: submitted)."""

    number: int
    days_ago: float
    days: float
    progress: float

    @property
    def submitted(self) -> bool:
        return self.progress == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiction:
    id: uuid.UUID
    name: str
    sub_sector: str
    size: str
    region: str
    activities: Sequence[str]
    maturity: float
    tilt: Mapping[str, float]
    person: str
    visits: Sequence[Visit]


@cache
def catalogue() -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "fixtures" / "demonstration.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def identifier(number: int, seed: object) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{seed}/{number}")


def draw(number: int, seed: str) -> Fiction:
    chance = Random(f"{seed}/{number}")  # noqa: S311 - a fiction, not a secret
    sub_sector, size = profile(number, seed, chance)
    trade = catalogue()["sub_sectors"][sub_sector]
    usual = trade["maturity"] + catalogue()["sizes"][size]["maturity"]
    return Fiction(
        id=identifier(number, seed),
        name=name(number, seed, sub_sector),
        sub_sector=sub_sector,
        size=size,
        region=weighted(chance, catalogue()["regions"]),
        activities=activities(sub_sector, chance),
        maturity=usual + chance.gauss(0, 0.11),
        tilt={code: shift + chance.gauss(0, 0.06) for code, shift in trade["tilt"].items()},
        person=f"{chance.choice(catalogue()['people']['first'])} {chance.choice(catalogue()['people']['last'])}",
        visits=visits(number, chance),
    )


def profile(number: int, seed: str, chance: Random) -> tuple[str, str]:
    # Every trade in every size once, so that a small demonstration shows them all; then as the sector is made.
    every = every_profile(seed)
    if number < len(every):
        return every[number]
    shares = {code: trade["share"] for code, trade in catalogue()["sub_sectors"].items()}
    sub_sector = weighted(chance, shares)
    return sub_sector, weighted(chance, {code: s["shares"][sub_sector] for code, s in catalogue()["sizes"].items()})


def name(number: int, seed: str, sub_sector: str) -> str:
    # Unique whatever the number: each pair of words serves once for each last word, then with a numeral.
    words = catalogue()["names"]
    turn, stem = divmod(number, len(stems(seed)))
    kinds = words["last"][sub_sector]
    numeral = f" {turn // len(kinds) + 1}" if turn >= len(kinds) else ""
    return f"{kinds[turn % len(kinds)]} {stems(seed)[stem]}{numeral} (fictif)"


def activities(sub_sector: str, chance: Random) -> list[str]:
    chances = catalogue()["activities"][sub_sector]
    return [code for code in Activity.values if chance.random() * 100 < chances[code]]


def visits(number: int, chance: Random) -> tuple[Visit, ...]:
    # Mostly one submission within the year; some came back after a year; some are in the middle of it.
    first = Visit(0, chance.uniform(300, 380), chance.uniform(0.02, 9), 1)
    latest = Visit(1, chance.uniform(12, 120), chance.uniform(0.02, 9), 1)
    under_way = Visit(2, chance.uniform(0.2, 10), 0.1, chance.uniform(0.15, 0.9))
    if number == 0:  # the company that people sign in to: it has a past, and something to go on with
        return (first, latest, under_way)
    story = weighted(chance, {"under way": 18, "once": 52, "twice": 22, "all": 8})
    once = Visit(0, chance.uniform(12, 380), chance.uniform(0.02, 9), 1)
    if story == "under way" and under_way.progress < STALLED:  # begun on an earlier version, and left there
        under_way = replace(under_way, days_ago=under_way.days_ago + 140)
    return {
        "under way": (under_way,),
        "once": (once,),
        "twice": (first, latest),
        "all": (first, latest, under_way),
    }[story]


def weighted(chance: Random, shares: Mapping[str, float]) -> str:
    return chance.choices(list(shares), weights=list(shares.values()))[0]


@cache
def every_profile(seed: str) -> list[tuple[str, str]]:
    return shuffled(product(SubSector.values, Size.values), seed)


@cache
def stems(seed: str) -> list[str]:
    words = catalogue()["names"]
    return shuffled((first + second for first, second in product(words["first"], words["second"])), seed)


def shuffled(values: Iterable[Any], seed: str) -> list[Any]:
    values = list(values)
    Random(f"{seed}").shuffle(values)  # noqa: S311 - a fiction, not a secret
    return values

"""Walks a document whose shape nobody has checked yet: what is not as expected is passed over."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assessment.maturity.file.problems import Steps

Raw = dict[str, Any]
PROFILE_KEYS = ("sub_sector", "size", "activities")


def entries(parent: Raw, key: str, steps: Steps = ()) -> Iterator[tuple[Steps, Raw]]:
    """Give the mappings of a list, each with its place."""
    items = parent.get(key)
    if isinstance(items, list):
        for index, item in enumerate(items):
            if isinstance(item, dict):
                yield (*steps, key, index), item


def words(parent: Raw, key: str, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Give the texts of a list, each with its place."""
    items = parent.get(key)
    if isinstance(items, list):
        for index, item in enumerate(items):
            if isinstance(item, str):
                yield (*steps, key, index), item


def capabilities(document: Raw) -> Iterator[tuple[Steps, Raw]]:
    for steps, dimension in entries(document, "dimensions"):
        yield from entries(dimension, "capabilities", steps)


def questions(document: Raw) -> Iterator[tuple[Steps, Raw]]:
    for steps, capability in capabilities(document):
        yield from entries(capability, "questions", steps)


def section(parent: Raw, key: str) -> Raw:
    """Give the mapping under a key, an empty one where there is none."""
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def number(parent: Raw, key: str) -> Decimal | None:
    """Give the number under a key, None where there is none."""
    value = parent.get(key)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None

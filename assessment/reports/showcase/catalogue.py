"""Facets of the showcase, kept in memory: for each code a whole number that has a bit for each case.

Thousands of cases are narrowed and counted by a few ANDs. What is kept says which cases to look for; a page reads each
that it shows anew, through the one door, so that a case withdrawn a moment ago is nowhere to be seen.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.cache import cache

from assessment.models import Publication
from assessment.rules.search import plain_words, search

EDITION = "showcase-edition"  # another value in the cache as soon as the showcase changes; actions see to it
SECONDS = 30  # what no action tells is then known: views counted, a row changed by hand
MOST_SEARCHES = 500


@dataclass(frozen=True, slots=True)
class Catalogue:
    keys: list[UUID]  # in the order of the front row: the place of a case is that of its bit
    orders: dict[str, list[int]]  # places, by order
    holders: dict[str, int]  # bits of the cases that have a code
    searched: dict[str, int] = field(default_factory=dict)  # bits found, by words

    @property
    def everything(self):
        return (1 << len(self.keys)) - 1

    def narrowed(self, words, chosen):
        """Return the bits that have all that is chosen, and how many cases choosing each code would leave.

        ``chosen``: codes by kind. A kind's own choice does not narrow its values: the visitor may change it.
        """
        cases = self.found(words)
        left = {kind: self.having(cases, [code for other, code in chosen.items() if other != kind]) for kind in chosen}
        bits = self.having(cases, chosen.values())
        counts = {
            code: (left.get(code.partition(":")[0], bits) & holders).bit_count()
            for code, holders in self.holders.items()
        }
        return bits, counts

    def having(self, bits, codes):
        for code in codes:
            bits &= self.holders.get(code, 0)
        return bits

    def found(self, words):
        """One query, where the words were not asked for since the showcase changed."""
        words = plain_words(words)
        if not words:
            return self.everything
        if words not in self.searched:
            if len(self.searched) >= MOST_SEARCHES:
                self.searched.clear()
            places = {key: place for place, key in enumerate(self.keys)}
            matches = search(Publication.objects.order_by(), words).values_list("pk", flat=True)
            self.searched[words] = bits_of(places[key] for key in matches if key in places)
        return self.searched[words]

    def ordered(self, bits, order):
        """Keys of the bits."""
        marks = f"{bits:b}"[::-1].ljust(len(self.keys), "0")
        return [self.keys[place] for place in self.orders[order] if marks[place] == "1"]


def bits_of(places: Iterable[int]) -> int:
    """In one go: to set one bit after the other copies the number each time."""
    marks = bytearray()
    for place in places:
        marks.extend(bytes(max(0, (place >> 3) + 1 - len(marks))))
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


kept: dict[str | None, tuple[float, Catalogue]] = {}


def catalogue(*, now=None):
    """The present edition's: one query where the memory holds it, one more and a pass over all cases where not."""
    edition, now = cache.get(EDITION), now or time.monotonic()
    made, catalogue = kept.get(edition, (now, None))
    if catalogue is None or now - made > SECONDS:
        catalogue = read()
        kept.clear()
        kept[edition] = now, catalogue
    return catalogue


def read():
    front = Publication.objects.visible().order_by("position", "-labelled", "-published_at", "pk")
    rows = list(front.values_list("pk", "codes", "published_at", "views"))
    holders = {}
    for place, (_pk, codes, _at, _views) in enumerate(rows):
        for code in codes.split():
            holders.setdefault(code, []).append(place)
    orders = {
        "front": list(range(len(rows))),
        "newest": sorted(range(len(rows)), key=lambda place: rows[place][2], reverse=True),
        "read": sorted(range(len(rows)), key=lambda place: rows[place][3], reverse=True),
    }
    return Catalogue([row[0] for row in rows], orders, {code: bits_of(places) for code, places in holders.items()})

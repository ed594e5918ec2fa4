"""Facets of the showcase, kept in memory: the codes of each public case, and the orders they are shown in.

A visit counts them one by one: 5 to 9 ms for 5,000 cases, where reading them anew would take fifty. What is kept says
which cases to look for; a page reads each that it shows anew, through the one door, so that a case withdrawn a moment
ago is nowhere to be seen.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from django.core.cache import cache

from assessment.models import Publication
from assessment.rules.search import plain_words, search

EDITION = "showcase-edition"  # another value in the cache as soon as the showcase changes; actions see to it
SECONDS = 30  # what no action tells is then known: views counted, a row changed by hand
MOST_SEARCHES = 500


@dataclass(frozen=True, slots=True)
class Catalogue:
    keys: list[UUID]  # in the order of the front row: where a case stands there is its place
    codes: list[frozenset[str]]  # by place
    orders: dict[str, list[int]]  # places, by order
    searched: dict[str, Collection[int]] = field(default_factory=dict)  # places, by words

    def narrowed(self, words: str, chosen: Mapping[str, str]) -> tuple[set[int], Counter[str]]:
        """Return the places that have all that is chosen, and how many cases choosing each code would leave.

        ``chosen``: codes by kind. A kind's own choice does not narrow its values: the visitor may change it.
        """
        places: set[int] = set()
        counted: list[Iterable[str]] = []
        for place in self.found(words):
            codes = self.codes[place]
            missed = [kind for kind, code in chosen.items() if code not in codes]
            if not missed:
                places.add(place)
                counted.append(codes)
            elif len(missed) == 1:
                counted.append([code for code in codes if code.startswith(f"{missed[0]}:")])
        return places, Counter(chain.from_iterable(counted))

    def found(self, words: str) -> Collection[int]:
        """One query, where the words were not asked for since the showcase changed."""
        words = plain_words(words)
        if not words:
            return range(len(self.keys))
        if words not in self.searched:
            if len(self.searched) >= MOST_SEARCHES:
                self.searched.clear()
            places = {key: place for place, key in enumerate(self.keys)}
            matches = search(Publication.objects.order_by(), words).values_list("pk", flat=True)
            self.searched[words] = [places[key] for key in matches if key in places]
        return self.searched[words]

    def ordered(self, places: Collection[int], order: str) -> list[UUID]:
        return [self.keys[place] for place in self.orders[order] if place in places]


kept: dict[str | None, tuple[float, Catalogue]] = {}


def catalogue(*, now: float | None = None) -> Catalogue:
    """The present edition's: one query where the memory holds it, one more and a pass over all cases where not."""
    edition, now = cache.get(EDITION), now or time.monotonic()
    made, catalogue = kept.get(edition, (now, None))
    if catalogue is None or now - made > SECONDS:
        catalogue = read()
        kept.clear()
        kept[edition] = now, catalogue
    return catalogue


def read() -> Catalogue:
    front = Publication.objects.visible().order_by("position", "-labelled", "-published_at", "pk")
    rows = list(front.values_list("pk", "codes", "published_at", "views"))
    orders = {
        "front": list(range(len(rows))),
        "newest": sorted(range(len(rows)), key=lambda place: rows[place][2], reverse=True),
        "read": sorted(range(len(rows)), key=lambda place: rows[place][3], reverse=True),
    }
    return Catalogue([row[0] for row in rows], [frozenset(row[1].split()) for row in rows], orders)

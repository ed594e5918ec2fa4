"""Parts of pages, rendered once for everything they are made of, and kept by each process within a bound.

A part is found by who may see what it is made of, and by nobody else: the page asks for that first.
"""

import time
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from django.template import Node

Key = tuple[object, ...]
Pieces = Sequence[str | Node]

LARGEST = 16  # of a memory's bound, one part in so many
SECONDS = 600  # so that nothing of a company that was erased stays for long


class Memory:
    """Rendered parts by what they were made of; those not met for longest go first. ``bound``: characters in all."""

    def __init__(self, bound: int) -> None:
        self.bound, self.size = bound, 0
        self.kept: OrderedDict[Key, tuple[Pieces, int, Sequence[object], float]] = OrderedDict()
        self.lock = Lock()

    def find(self, key: Key) -> Pieces | None:
        with self.lock:
            if key not in self.kept:
                return None
            pieces, _size, _made_of, until = self.kept[key]
            if time.monotonic() > until:
                self.forget(key)
                return None
            self.kept.move_to_end(key)
            return pieces

    def keep(self, key: Key, pieces: Pieces, *, size: int, made_of: Sequence[object]) -> None:
        """``made_of``: objects whose identity is part of the key; held, so that no other takes it."""
        if size > self.bound / LARGEST:
            return
        with self.lock:
            self.forget(key)
            self.kept[key] = (pieces, size, made_of, time.monotonic() + SECONDS)
            self.size += size
            while self.size > self.bound:
                self.forget(next(iter(self.kept)))

    def forget(self, key: Key) -> None:
        self.size -= self.kept.pop(key, (None, 0))[1]

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


memory = Memory(12_000_000)

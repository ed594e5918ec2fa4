"""At most two exports at a time, over all workers: saving an answer comes before taking tables away."""

import uuid
from collections.abc import Generator, Iterator
from typing import Self, cast

from django.core.cache import cache

SLOTS = ["export-slot-1", "export-slot-2"]
LONGEST = 600  # seconds, after which the slot of a worker that died is free again


class Slot:
    """The right to export; as a context it is given back where something went wrong, kept where nothing did."""

    def __init__(self, key: str, holder: str):
        self.key, self.holder = key, holder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *details: object) -> None:
        if error:
            self.release()

    def release(self) -> None:
        # Do nothing to the next holder's, where this one outlived its time.
        if cache.get(self.key) == self.holder:
            cache.delete(self.key)


def take_slot() -> Slot | None:
    """Return a free slot, None where there is none."""
    holder = uuid.uuid4().hex
    return next((Slot(key, holder) for key in SLOTS if cache.add(key, holder, LONGEST)), None)


class Held:
    """Pieces that give their slot back once sent, broken off, or never asked for: the response closes them."""

    def __init__(self, pieces: Iterator[bytes], slot: Slot):
        self.pieces, self.slot = pieces, slot

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        cast(Generator[bytes], self.pieces).close()  # now, while this request still has its connection to the database
        self.slot.release()

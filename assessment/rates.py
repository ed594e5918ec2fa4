"""So often in so long: counts kept in the cache, which all processes share."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from django.core.cache import cache

UNITS = {"m": 60, "h": 3600, "d": 86_400}
LONGEST = 10  # seconds, after which the lock of a process that died is free again
PATIENCE = 1  # seconds that one waits for another's count
STEP = 0.02


@dataclass(frozen=True, slots=True)
class Rate:
    most: int
    seconds: int

    @classmethod
    def of(cls, text: str) -> Self:
        # Read "5/m", "5/5m", "30/h" or "1/d".
        most, time_span = text.split("/")
        return cls(int(most), int(time_span[:-1] or 1) * UNITS[time_span[-1]])


@dataclass(frozen=True, slots=True)
class Usage:
    """One time that was counted."""

    key: str
    at: float
    seconds: int

    def take_back(self) -> None:
        # Where the lock is not to be had the count stays: the limit is only nearer.
        with locked(self.key) as is_ours:
            if is_ours:
                cache.set(self.key, [at for at in cache.get(self.key, []) if at != self.at], self.seconds)


def count(what: str, rate: str) -> Usage | None:
    """Return the use that was counted, None where the limit is reached. Four reads and writes of the cache."""
    limit = Rate.of(rate)
    key = f"rate:{rate}:{sha256(what.encode('utf-8', 'surrogatepass')).hexdigest()}"
    with locked(key) as is_ours:
        now = time.time()
        recent = [at for at in cache.get(key, []) if at > now - limit.seconds] if is_ours else []
        if not is_ours or len(recent) >= limit.most:
            return None
        cache.set(key, [now, *recent], limit.seconds)
        return Usage(key, now, limit.seconds)


@contextmanager
def locked(key: str) -> Iterator[bool]:
    # Whether it could be had: two who count at the same moment must not overwrite each other.
    lock, until = f"{key}:lock", time.monotonic() + PATIENCE
    while not cache.add(lock, True, timeout=LONGEST):
        if time.monotonic() > until:
            yield False
            return
        time.sleep(STEP)
    try:
        yield True
    finally:
        cache.delete(lock)

"""Movement of a result against the one before it: in published figures, and only within one version."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from assessment.models import Result


@dataclass(frozen=True, slots=True)
class Movement:
    """``score`` and ``level`` of each; a level may be None."""

    before: Result
    after: Result

    @property
    def level_moved(self) -> bool:
        return self.before.level != self.after.level and None not in (self.before.level, self.after.level)


def movement(before: Result | None, after: Result) -> Movement | None:
    """Return None where there is nothing before, no score, or another version: the page of progress compares those."""
    if before is None or after is None or before.version_id != after.version_id:
        return None
    return None if before.score is None or after.score is None else Movement(before, after)


def with_movements(results: Iterable[Result]) -> list[tuple[Result, Movement | None]]:
    """``results``: of one company, the newest first."""
    following: list[Result | None] = [*results, None]
    return [(cast(Result, after), movement(before, cast(Result, after))) for after, before in pairwise(following)]

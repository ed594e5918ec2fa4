"""How a result moved against the one before it: in published figures, and only within one version."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Movement:
    """``score`` and ``level`` of each; a level may be None."""

    before: object
    after: object

    @property
    def level_moved(self):
        return self.before.level != self.after.level and None not in (self.before.level, self.after.level)


def movement(before, after):
    """Return None where there is nothing before, no score, or another version: the page of progress compares those."""
    if before is None or after is None or before.version_id != after.version_id:
        return None
    return None if before.score is None or after.score is None else Movement(before, after)


def with_movements(results):
    """``results``: of one company, the newest first."""
    following = [*results, None]
    return [(after, movement(before, after)) for after, before in pairwise(following)]

"""How long the rest takes: as measured on this company’s own answers, else as the questionnaire says of itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from statistics import median

from assessment.models import Answer
from assessment.rules.answers import COUNTED
from assessment.rules.standing import Standing

# Seconds a question, as the introductions of the questionnaires say: 16 in ten to fifteen minutes on the express path,
# 48 in forty minutes to an hour on the full one.
EXPRESS, FULL = 47, 63
CONFIRMED = 15  # seconds to read an earlier answer again
PAUSE = 300  # seconds; who was away for longer did not spend them on a question
LEAST = 5  # answers before a median says something


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """``is_measured``: from the answers given so far; otherwise from what the questionnaire says of itself."""

    minutes: int
    is_measured: bool


def time_left(standing: Standing, rows: Iterable[Answer]) -> TimeLeft | None:
    """None where nothing is left."""
    count = standing.whole
    if count.done:
        return None
    measured = seconds_an_answer(rows)
    usual = EXPRESS if standing.express else FULL
    seconds = count.left * (usual if measured is None else measured) + count.to_confirm * CONFIRMED
    return TimeLeft(rounded(ceil(seconds / 60)), measured is not None)


def seconds_an_answer(rows: Iterable[Answer]) -> float | None:
    """Return the median time between two answers of a person, None for too few.

    Answers saved together, as a page without scripts does, share the time since the one before.
    """
    paces: list[float] = []
    given = sorted((row for row in rows if row.state in COUNTED and not row.to_confirm), key=lambda row: row.saved_at)
    people = {row.saved_by_id for row in given}
    for person in people:
        at = Counter(row.saved_at for row in given if row.saved_by_id == person)
        moments = list(at)
        for before, after in zip(moments, moments[1:], strict=False):
            seconds = (after - before).total_seconds()
            if seconds <= PAUSE:
                paces += [seconds / at[after]] * at[after]
    return median(paces) if len(paces) >= LEAST else None


def rounded(minutes: int) -> int:
    # Nobody knows it better than by five minutes once there are more than ten.
    return minutes if minutes <= 10 else 5 * ceil(minutes / 5)

"""Values of cells, and text that a spreadsheet must never take for a formula.

A cell that starts with one of TRIGGERS may be run on opening; spreadsheets skip blanks and invisible characters
before they look. An apostrophe in front makes it text and leaves it readable: '+33 1 23 45 67 89.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = str | int | Decimal | date | datetime | bool | None
Row = Sequence[Value]


class SeenNumber(Decimal):
    """A number that its cell shows in a form of its own: 80, seen "80%". ``seen`` is None where nobody can tell."""

    seen: str | None

    def __new__(cls, number: Decimal | str, seen: str | None) -> "SeenNumber":
        value = super().__new__(cls, number)
        value.seen = seen
        return value


class SeenDay(date):
    seen: str | None

    def __new__(cls, day: date, seen: str | None) -> "SeenDay":
        value = super().__new__(cls, day.year, day.month, day.day)
        value.seen = seen
        return value


class SeenMoment(datetime):
    seen: str | None

    def __new__(cls, moment: datetime, seen: str | None) -> "SeenMoment":
        value = super().__new__(cls, *moment.timetuple()[:6], moment.microsecond)
        value.seen = seen
        return value


@dataclass(frozen=True, slots=True)
class Formula:
    """Stands where a cell is computed: we read values alone, and another program's result may be out of date."""


class UnseenError(ValueError):
    """What a cell shows can't be told: a spreadsheet made a number or a date of a text."""


def as_seen(value: Value) -> str:
    """Return a cell as its reader saw it: spreadsheets turn digits into numbers and some texts into dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        raise UnseenError
    if isinstance(value, (SeenNumber, SeenDay, SeenMoment)):
        if value.seen is None:
            raise UnseenError
        return value.seen
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


TRIGGERS = "=+\\-@\t\r\n\0＝＋－＠"
# Blanks, control characters, soft hyphen, zero-width and direction marks, BOM: nothing that the eye sees.
INVISIBLE = "\x01-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u180b-\u180e\u2000-\u200f"
INVISIBLE += "\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
# Apostrophes in front are looked through, so that restore() gives back a text that had one of its own.
RUNS_AS_FORMULA = re.compile(f"'*[{INVISIBLE}]*[{TRIGGERS}]").match


def neutralise(text: str) -> str:
    return "'" + text if RUNS_AS_FORMULA(text) else text


def restore(text: str) -> str:
    """Undo ``neutralise`` exactly; any other text, apostrophe or not, comes back as it is."""
    return text[1:] if text[:1] == "'" and RUNS_AS_FORMULA(text, 1) else text


class Recurring(Decimal):
    """A number that thousands of cells repeat, such as a score: spelled when it is made, not in each cell."""

    __slots__ = ("comma", "point")
    comma: str
    point: str

    def __new__(cls, text: str) -> "Recurring":
        number = super().__new__(cls, text)
        number.point = f"{number:f}"
        number.comma = number.point.replace(".", ",")
        return number

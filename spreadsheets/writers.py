"""Tables written row by row: CSV for people and for programs, JSON. Memory does not grow with the rows.

Exact numbers only: a float is a TypeError, since 0.1 + 0.2 has no place in a table that people check.
A datetime is written as the caller hands it over, in the caller's time zone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Literal

from spreadsheets.cells import RUNS_AS_FORMULA, Recurring, Row

Dialect = Literal["french", "international"]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    header: Sequence[str]
    rows: Iterable[Row]


class Spelling(dict[type, Callable[[Any], str]]):
    """How each type of value is spelled. Subclasses (lazy text, TextChoices…) are looked up once, then remembered."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        parent = next((parent for parent in kind.__mro__ if parent in self), None)
        if parent is None:
            raise TypeError(f"A table has no spelling for {kind.__name__}.")
        self[kind] = self[parent]
        return self[kind]


def quoted(text: str) -> str:
    if RUNS_AS_FORMULA(text):
        text = "'" + text
    if '"' in text:
        text = text.replace('"', '""')
    return f'"{text}"'


def decimal_point(number: Decimal) -> str:
    return f"{number:f}" if number.is_finite() else quoted(str(number))


def decimal_comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",") if number.is_finite() else quoted(str(number))


def day(value: date) -> str:
    return f'"{value.isoformat()}"'


def wall_clock(moment: datetime) -> str:
    """Without its offset, which keeps Excel from seeing a date."""
    return f'"{moment.isoformat(sep=" ", timespec="seconds")[:19]}"'


def moment_with_offset(moment: datetime) -> str:
    return f'"{moment.isoformat(timespec="seconds")}"'


def nothing(_: None) -> str:
    return ""


def one_or_zero(value: bool) -> str:
    return "1" if value else "0"


CSV_SPELLINGS = {
    "french": Spelling(
        {
            str: quoted,
            int: str,
            bool: one_or_zero,
            Decimal: decimal_comma,
            Recurring: attrgetter("comma"),
            date: day,
            datetime: wall_clock,
            type(None): nothing,
        }
    ),
    "international": Spelling(
        {
            str: quoted,
            int: str,
            bool: one_or_zero,
            Decimal: decimal_point,
            Recurring: attrgetter("point"),
            date: day,
            datetime: moment_with_offset,
            type(None): nothing,
        }
    ),
}
CSV_SEPARATORS = {"french": ";", "international": ","}


def csv_lines(header: Sequence[str], rows: Iterable[Row], *, dialect: Dialect = "french") -> Iterator[str]:
    """One line a row, as RFC 4180 has it: BOM first, CRLF, text always quoted, numbers never.

    None is nothing between two separators; an empty text is "".
    """
    spelling, separator = CSV_SPELLINGS[dialect], CSV_SEPARATORS[dialect]
    yield "\ufeff" + separator.join([quoted(title) for title in header]) + "\r\n"
    for row in rows:
        yield separator.join([spelling[type(value)](value) for value in row]) + "\r\n"


def text_or_null(text: str) -> str:
    return encode_basestring(text) if text else "null"


JSON_SPELLING = Spelling(
    {
        str: text_or_null,
        int: str,
        bool: lambda value: "true" if value else "false",
        Decimal: lambda number: f"{number:f}" if number.is_finite() else f'"{number}"',
        Recurring: attrgetter("point"),
        date: day,
        datetime: moment_with_offset,
        type(None): lambda _: "null",
    }
)


def json_lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One object a row, one row a line; texts as they are, since no spreadsheet runs them; an empty one is null."""
    keys = [encode_basestring(title) + ":" for title in header]
    for row in rows:
        cells = [key + JSON_SPELLING[type(value)](value) for key, value in zip(keys, row, strict=True)]
        yield "{" + ",".join(cells) + "}\n"


def json_array(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    opening = "[\n"
    for line in json_lines(header, rows):
        yield opening + line.rstrip("\n")
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def in_chunks(lines: Iterable[str], *, characters: int = 65_536) -> Iterator[str]:
    """The same text in fewer, larger pieces: a response that sends each line apart spends its time in the socket."""
    waiting: list[str] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length >= characters:
            yield "".join(waiting)
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting)

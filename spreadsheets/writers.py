"""Tables written row by row: CSV for people and for programs, XLSX, JSON. Memory does not grow with the rows.

Exact numbers only: a float is a TypeError, since 0.1 + 0.2 has no place in a table that people check.
A datetime is written as the caller hands it over, in the caller's time zone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from operator import attrgetter
from typing import IO, Any, Literal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from spreadsheets.cells import RUNS_AS_FORMULA, Recurring, Row, Value, neutralise
from spreadsheets.strings import written

Dialect = Literal["french", "international"]
XLSX_ROWS, XLSX_COLUMNS, XLSX_TEXT, XLSX_DIGITS, XLSX_FIRST_YEAR = 1_048_576, 16_384, 32_767, 15, 1901
WIDTH = 18  # characters


class UnwritableCellError(ValueError):
    """A workbook cannot hold it, and nothing is cut in silence."""


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


def write_xlsx(target: str | IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write a workbook whose every text is an explicit string: no formula, no link, no guessed number.

    Yes and no are 1 and 0, as in CSV: some spreadsheets save TRUE as a formula.
    """
    workbook = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        styles = {
            "header": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": workbook.add_format({"num_format": "@"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for sheet in sheets:
            write_sheet(workbook.add_worksheet(sheet.name), sheet, styles)
    finally:
        workbook.close()


def write_sheet(worksheet: Worksheet, sheet: Sheet, styles: dict[str, Any]) -> None:
    width = len(sheet.header)
    if width > XLSX_COLUMNS:
        raise UnwritableCellError(f"{sheet.name}: a sheet has at most {XLSX_COLUMNS:,} columns.")
    worksheet.freeze_panes(1, 0)
    worksheet.set_column(0, max(width - 1, 0), WIDTH)
    for column, title in enumerate(sheet.header):
        worksheet.write_string(0, column, fitting(title, sheet.name, 0, column), styles["header"])
    texts: set[int] = set()
    others: set[int] = set()
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        if last >= XLSX_ROWS:
            raise UnwritableCellError(f"{sheet.name}: a sheet has at most {XLSX_ROWS:,} rows.")
        for column, value in enumerate(row):
            if value is not None:
                write_cell(worksheet, sheet.name, last, column, value, styles)
                (texts if isinstance(value, str) else others).add(column)
    for column in texts - others:  # what is typed below the last row stays text too
        worksheet.set_column(column, column, WIDTH, styles["text"])
    worksheet.autofilter(0, 0, last, max(width - 1, 0))


def write_cell(worksheet: Worksheet, sheet: str, row: int, column: int, value: Value, styles: dict[str, Any]) -> None:
    if isinstance(value, bool):
        worksheet.write_number(row, column, int(value))
    elif isinstance(value, (int, Decimal)):
        write_number(worksheet, row, column, value, styles)
    elif isinstance(value, date) and value.year < XLSX_FIRST_YEAR:
        worksheet.write_string(row, column, value.isoformat(), styles["text"])
    elif isinstance(value, datetime):
        worksheet.write_datetime(row, column, value.replace(tzinfo=None), styles["moment"])
    elif isinstance(value, date):
        worksheet.write_datetime(row, column, value, styles["day"])
    elif isinstance(value, str):
        worksheet.write_string(row, column, fitting(value, sheet, row, column), styles["text"])
    else:
        raise TypeError(f"A table has no spelling for {type(value).__name__}.")


def write_number(worksheet: Worksheet, row: int, column: int, number: int | Decimal, styles: dict[str, Any]) -> None:
    """As a number where a workbook keeps every digit of it, as text elsewhere."""
    number = Decimal(number)
    if number.is_finite() and len(number.as_tuple().digits) <= XLSX_DIGITS:
        worksheet.write_number(row, column, number)
    else:
        worksheet.write_string(row, column, neutralise(f"{number:f}"), styles["text"])


def fitting(text: str, sheet: str, row: int, column: int) -> str:
    """Return the text as XlsxWriter is to be given it; what it would cut is refused."""
    text = neutralise(str(text))
    given = written(text)
    if max(utf_16_length(text), utf_16_length(given)) > XLSX_TEXT:
        cell = xlsxwriter.utility.xl_rowcol_to_cell(row, column)
        raise UnwritableCellError(f"{sheet}!{cell}: a cell has at most {XLSX_TEXT:,} characters.")
    return given


def utf_16_length(text: str) -> int:
    """As a workbook counts characters: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)

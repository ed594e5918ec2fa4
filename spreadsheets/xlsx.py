"""The sheets of an XLSX workbook: values as they were typed, with what their cells show of them."""

import io
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import WorkSheetParser  # cells before the library turns them into what they are not
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from spreadsheets.archives import check_archive
from spreadsheets.bounds import Limits, RefusedError
from spreadsheets.cells import Formula, SeenDay, SeenMoment, SeenNumber
from spreadsheets.conditional import Rules
from spreadsheets.shown import elapsed, percents, shown_moment, shown_number
from spreadsheets.strings import decoded

TRUE_OR_FALSE = {"=TRUE()": True, "=FALSE()": False, "=TRUE": True, "=FALSE": False}  # as LibreOffice saves yes and no
NAMES = {name: f"{{{SHEET_MAIN_NS}}}{name}" for name in ["si", "t", "r", "is"]}
SOME_DAY = date(2000, 1, 1)


def xlsx_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    check_archive(content, limits)
    reader = Reader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.read()
    for worksheet in reader.wb.worksheets:
        yield worksheet.title, Rows(worksheet, limits).rows()


class Reader(ExcelReader):
    """The library's own reading of texts takes away what looks like a coded underscore, also where one was typed."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _event, node in iterparse(source):
                if node.tag == NAMES["si"]:
                    self.shared_strings.append(text_of(node))
                    node.clear()


def text_of(node: Any) -> str:
    """Return the text of its runs, each decoded apart; how it is to be pronounced is not part of it."""
    runs = [run.find(NAMES["t"]) if run.tag == NAMES["r"] else run for run in node]
    return "".join(decoded(run.text or "") for run in runs if run is not None and run.tag == NAMES["t"])


class Parser(WorkSheetParser):
    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if element.get("t") == "inlineStr" and cell["data_type"] == "s":
            cell["value"] = text_of(element.find(NAMES["is"])) or None
        if element.get("t") == "str" and cell["data_type"] == "s":
            cell["value"] = decoded(cell["value"])
        return cell


class Rows:
    def __init__(self, worksheet: Any, limits: Limits):
        self.worksheet, self.workbook, self.limits = worksheet, worksheet.parent, limits
        self.formats: dict[int, str] = {}

    def rows(self) -> Iterator[list[Any]]:
        self.rules = self.rules_of_formats()
        last = 0
        with self.worksheet._get_source() as source:
            for number, cells in self.parser(source).parse():
                for _ in range(last + 1, number):
                    yield []
                if number > last:
                    last = number
                    yield self.row(cells)

    def parser(self, source: Any) -> Parser:
        return Parser(
            source,
            self.worksheet._shared_strings,
            epoch=self.workbook.epoch,
            date_formats=self.workbook._date_formats,
            timedelta_formats=self.workbook._timedelta_formats,
        )

    def rules_of_formats(self) -> Rules | None:
        """Rules by which a cell is shown in another format; where the workbook has none, its sheets are read once."""
        styles = self.workbook._differential_styles.styles
        formats = [style.numFmt.formatCode if style.numFmt else None for style in styles]
        if not any(formats):
            return None
        with self.worksheet._get_source() as source:
            parser = self.parser(source)
            for _row in parser.parse():
                pass
        return Rules(parser.formatting, formats)

    def row(self, cells: list[dict[str, Any]]) -> list[Any]:
        values: list[Any] = []
        for cell in cells:
            values += [None] * (cell["column"] - len(values))
            values[cell["column"] - 1] = self.value_of(cell)
        return values

    def value_of(self, cell: dict[str, Any]) -> Any:
        value = cell["value"]
        if cell["data_type"] == "f":
            return TRUE_OR_FALSE.get(value.upper(), Formula()) if isinstance(value, str) else Formula()
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, (int, float)):
            return self.number(cell, value)
        return seen_date(value, self.format_of(cell), self.limits.language)

    def number(self, cell: dict[str, Any], value: int | float) -> Any:
        if not math.isfinite(value):
            return str(value)
        number = Decimal(repr(value))
        own = self.format_of(cell)
        code = self.rules.format_at(cell["row"], cell["column"], number, own) if self.rules else own
        if code is None:
            raise RefusedError("format", sheet=self.worksheet.title, row=cell["row"], column=cell["column"])
        return seen_number(number, code, self.limits.language)

    def format_of(self, cell: dict[str, Any]) -> str:
        style = int(cell["style_id"])
        if style not in self.formats:
            self.formats[style] = self.code_of(style)
        return self.formats[style]

    def code_of(self, style: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        number = self.workbook._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, "General")
        return str(self.workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])


def seen_number(number: Decimal, code: str, language: str) -> Any:
    """Return 80 for a cell that shows 0.8 as 80 %; a whole number as int, where a cell shows no more than that."""
    seen = shown_number(code, number, language)
    number = number.scaleb(2 * percents(code, number))
    if number == number.to_integral_value() and seen == f"{number:.0f}":
        return int(number)
    return number if seen == f"{number:f}" else SeenNumber(number, seen)


def seen_date(value: Any, code: str, language: str) -> Any:
    """Return a date, or a moment where there is a time of day; a time alone is the text that is seen."""
    if isinstance(value, timedelta):
        return elapsed(code, value) or str(value)
    if isinstance(value, time):
        return shown_moment(code, datetime.combine(SOME_DAY, value), language) or value.isoformat()
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    seen = shown_moment(code, value, language)
    if value.time() == time():
        return value.date() if seen == value.date().isoformat() else SeenDay(value.date(), seen)
    return SeenMoment(value, seen)

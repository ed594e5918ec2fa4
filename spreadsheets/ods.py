"""The sheets of an OpenDocument spreadsheet: values as they were typed, with what their cells show of them."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from defusedxml.ElementTree import iterparse

from spreadsheets.archives import check_archive
from spreadsheets.bounds import Limits, RefusedError
from spreadsheets.cells import Formula, SeenDay, SeenMoment, SeenNumber
from spreadsheets.shown import plain

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TABLE, OFFICE, TEXT = (f"{{{NAMESPACE.format(name)}}}" for name in ["table", "office", "text"])
TRUE_OR_FALSE = {"of:=TRUE()": True, "of:=FALSE()": False}
MOST_DIGITS = 308  # as far as a spreadsheet counts
FIGURE = re.compile(r"[-\u2212]?[0-9](?:[0-9.,\s\u00a0\u202f]*[0-9])?")


def ods_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    check_archive(content, limits)
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as part:
        events = iterparse(part, events=("start", "end"))
        for event, node in events:
            if event == "start" and node.tag == TABLE + "table":
                yield node.get(TABLE + "name", ""), rows(events, node, limits)


def rows(events: Any, table: Any, limits: Limits) -> Iterator[list[Any]]:
    """Yield the rows until the table ends; empty ones only where others follow, however often they say they repeat."""
    depth, number, empty = 0, 0, 0
    for event, node in events:
        depth += (event == "start") - (event == "end")
        if depth < 0:  # the table itself ends
            table.clear()
            return
        if event == "end" and node.tag == TABLE + "table-row":
            times = int(node.get(TABLE + "number-rows-repeated", 1))
            row = row_of(node, table.get(TABLE + "name", ""), number + empty + 1, limits)
            node.clear()
            if not row:
                empty += times
                continue
            for _ in range(empty):
                number += 1
                yield []
            empty = 0
            for _ in range(times):
                number += 1
                yield row


def row_of(node: Any, sheet: str, number: int, limits: Limits) -> list[Any]:
    values: list[Any] = []
    empty = 0
    for cell in node:
        if cell.tag not in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
            continue
        times = int(cell.get(TABLE + "number-columns-repeated", 1))
        value = value_of(cell, limits.language)
        if value is None:
            empty += times
            continue
        if len(values) + empty + times > limits.columns:
            raise RefusedError("columns", sheet=sheet, row=number, limit=limits.columns)
        values += [None] * empty + [value] * times
        empty = 0
    return values


def value_of(cell: Any, language: str) -> Any:
    kind = cell.get(OFFICE + "value-type")
    formula = cell.get(TABLE + "formula")
    if formula is not None:
        return TRUE_OR_FALSE.get(formula, Formula())
    seen = text_of(cell)
    if kind in {"float", "percentage", "currency"}:
        number = Decimal(cell.get(OFFICE + "value"))
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            return seen or None
        return number_of(number.scaleb(2) if is_hundredfold(number, seen, kind) else number, seen, language)
    if kind == "boolean":
        return cell.get(OFFICE + "boolean-value") == "true"
    if kind == "date":
        return date_of(datetime.fromisoformat(cell.get(OFFICE + "date-value")), seen)
    if kind == "string":
        return cell.get(OFFICE + "string-value", seen) or None
    return seen or None  # a time, or no value but a text


def number_of(number: Decimal, seen: str, language: str) -> Any:
    whole = number == number.to_integral_value()
    if whole and seen == f"{number:.0f}":
        return int(number)
    return number if seen == f"{number:f}" else SeenNumber(number, seen or plain(number, language))


def is_hundredfold(number: Decimal, seen: str, kind: str) -> bool:
    """Whether what is seen is the hundredfold: 0.8 as 80 %, not 80 as 80 % nor, by a rule of the sheet, 0.8 as 0.8."""
    shown = [abs(number - reading) for reading in readings(seen)]
    if "%" not in seen:
        return kind == "percentage" and not shown
    shown_hundredfold = [abs(number.scaleb(2) - reading) for reading in readings(seen)]
    if not shown or min(shown) == min(shown_hundredfold):
        return kind == "percentage"
    return min(shown_hundredfold) < min(shown)


def readings(seen: str) -> list[Decimal]:
    """Return the numbers that digits and signs may stand for, with a mark for decimals or for thousands."""
    match = FIGURE.search(seen)
    if match is None:
        return []
    text = match[0].replace("\u2212", "-")
    whole, mark, decimals = re.sub(r"[^0-9.,-]", "", text).rpartition(max(".,", key=text.rfind))
    digits = [re.sub(r"[.,]", "", whole + decimals)]
    if mark:
        digits.append(re.sub(r"[.,]", "", whole) + "." + decimals)
    return [Decimal(number) for number in digits]


def date_of(moment: datetime, seen: str) -> Any:
    if moment.time() == time():
        return moment.date() if seen == moment.date().isoformat() else SeenDay(moment.date(), seen)
    return SeenMoment(moment, seen)


# --- Texts ------------------------------------------------------------------------------------------------------------


def text_of(cell: Any) -> str:
    """Return the cell's own paragraphs; notes on it have paragraphs of theirs."""
    return "\n".join("".join(pieces(paragraph)) for paragraph in cell if paragraph.tag == TEXT + "p")


def pieces(node: Any) -> Iterator[str]:
    yield collapsed(node.text)
    for child in node:
        if child.tag == TEXT + "s":
            yield " " * int(child.get(TEXT + "c", 1))
        elif child.tag == TEXT + "tab":
            yield "\t"
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif not child.tag.startswith(OFFICE):
            yield from pieces(child)
        yield collapsed(child.tail)


def collapsed(text: str | None) -> str:
    """A line of the file that ends is a blank; other blanks stay, since LibreOffice writes some as they are."""
    return re.sub(r"[ \t]*[\r\n][ \t\r\n]*", " ", text or "")

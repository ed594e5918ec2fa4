"""Read an uploaded table in a process of its own: ``python -I reading.py '{"kind": "xlsx", …}' < file``.

Started by spreadsheets.uploads, which gives the limits. Prints one JSON line for each sheet name and row, then
{"end": true}; or one {"refused": code, …}. Imports nothing of the project and has nothing of its environment.
"""

import csv
import io
import json
import math
import re
import stat
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

WORKBOOK_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
ARCHIVES = (".zip", ".jar", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".ods", ".7z", ".rar", ".gz", ".bz2", ".xz")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class RefusedError(Exception):
    def __init__(self, code: str, **details: Any):
        super().__init__(code)
        self.code, self.details = code, details


@dataclass
class Limits:
    kind: str
    rows: int
    columns: int
    cell: int
    characters: int
    entries: int
    unzipped: int
    ratio: int
    seconds: int
    memory: int


@dataclass
class Counter:
    """Rows and characters over all sheets; refuses what goes over."""

    limits: Limits
    rows: int = 0
    characters: int = 0
    place: dict[str, Any] = field(default_factory=dict)

    def checked(self, sheet: str, number: int, row: list[Any]) -> list[Any]:
        self.rows += 1
        if number > self.limits.rows or self.rows > self.limits.rows:
            raise RefusedError("rows", limit=self.limits.rows)
        if len(row) > self.limits.columns:
            raise RefusedError("columns", sheet=sheet, row=number, limit=self.limits.columns)
        for column, value in enumerate(row, start=1):
            if isinstance(value, str):
                self.check_text(value, sheet=sheet, row=number, column=column)
        return row

    def check_text(self, text: str, **place: Any) -> None:
        self.characters += len(text)
        if len(text) > self.limits.cell:
            raise RefusedError("cell", limit=self.limits.cell, **place)
        if self.characters > self.limits.characters:
            raise RefusedError("characters", limit=self.limits.characters)
        if "\0" in text or not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise RefusedError("character", **place)


def main(argument: str, source: IO[bytes], target: IO[str]) -> None:
    limits = Limits(**json.loads(argument))
    limit_process(seconds=limits.seconds, memory=limits.memory)
    answer(limits, source.read(), target)


def answer(limits: Limits, content: bytes, target: IO[str]) -> None:
    try:
        for line in lines(limits, content):
            print(json.dumps(line, default=spelled), file=target)
        last: dict[str, Any] = {"end": True}
    except RefusedError as refusal:
        last = {"refused": refusal.code, **refusal.details}
    except MemoryError:
        last = {"refused": "memory"}
    except Exception:  # whatever a hostile file makes a parser raise, it is not readable
        last = {"refused": "unreadable"}
    print(json.dumps(last), file=target)


def limit_process(*, seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lines(limits: Limits, content: bytes) -> Iterator[dict[str, Any]]:
    counter = Counter(limits)
    for name, rows in READERS[limits.kind](content, limits):
        yield {"sheet": name}
        for number, row in enumerate(rows, start=1):
            yield {"row": counter.checked(name, number, row)}


def spelled(value: Any) -> dict[str, str]:
    """What JSON has no type for."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(type(value).__name__)


# --- Text -------------------------------------------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    if b"\0" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff", b"PK"}:
        raise RefusedError("encoding")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError("encoding") from None


def csv_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    csv.field_size_limit(limits.cell)
    text = decoded(content)
    yield "", csv_rows(text, separator_of(text))


def separator_of(text: str) -> str:
    """The separator that makes the most columns of the first row."""
    return max(";,\t", key=lambda separator: width_of_first(text, separator))


def width_of_first(text: str, separator: str) -> int:
    try:
        return len(next(csv_rows(text, separator), []))
    except RefusedError:
        return 0


def csv_rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise RefusedError("csv", line=reader.line_num) from None


def json_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    """A list of flat objects; a key that one object lacks is an empty cell."""
    objects = json.loads(decoded(content), object_pairs_hook=distinct, parse_float=Decimal, parse_constant=not_a_number)
    if not isinstance(objects, list) or not all(isinstance(entry, dict) for entry in objects):
        raise RefusedError("json")
    header = list(dict.fromkeys(key for entry in objects for key in entry))
    if any(isinstance(value, (list, dict)) for entry in objects for value in entry.values()):
        raise RefusedError("json")
    yield "", [header, *([entry.get(key) for key in header] for entry in objects)]


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise RefusedError("json")
    return dict(pairs)


def not_a_number(_: str) -> None:
    raise RefusedError("json")


# --- Workbooks --------------------------------------------------------------------------------------------------------


def xlsx_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    check_archive(content, limits)
    from openpyxl import load_workbook  # a third of a second that a CSV need not wait

    workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    for worksheet in workbook.worksheets:
        worksheet.reset_dimensions()  # the file's own claim may be a million empty rows
        yield worksheet.title, xlsx_rows(worksheet)


def check_archive(content: bytes, limits: Limits) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError("protected")
    if not content.startswith(b"PK\x03\x04"):
        raise RefusedError("not_xlsx")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError):
        raise RefusedError("not_xlsx") from None
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unzipped:
        raise RefusedError("archive")
    if min(entry.header_offset for entry in entries) != 0 or archive.comment:
        raise RefusedError("archive")  # something else is hidden before or after the workbook
    for entry in entries:
        check_entry(archive, entry, limits)
    if not archive.namelist() or not set(archive.namelist()) >= WORKBOOK_PARTS:
        raise RefusedError("not_xlsx")
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise RefusedError("macros")


def check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise RefusedError("protected")
    if entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise RefusedError("archive")
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("archive")
    if name.lower().endswith("vbaproject.bin"):
        raise RefusedError("macros")
    with archive.open(entry) as part:
        if name.lower().endswith(ARCHIVES) or part.read(4) == b"PK\x03\x04":
            raise RefusedError("archive")


def xlsx_rows(worksheet: Any) -> Iterator[list[Any]]:
    for number, row in enumerate(worksheet.iter_rows(), start=1):
        yield [value_of(cell, worksheet.title, number, column) for column, cell in enumerate(row, start=1)]


def value_of(cell: Any, sheet: str, row: int, column: int) -> Any:
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    if cell.data_type == "f":
        raise RefusedError("formula", sheet=sheet, row=row, column=column)
    if isinstance(value, str):
        return ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, float):
        return number_of(value)
    return value if isinstance(value, (int, date)) else str(value)


def number_of(value: float) -> Any:
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() else Decimal(repr(value))


READERS: dict[str, Callable[[bytes, Limits], Iterator[tuple[str, Iterable[list[Any]]]]]] = {
    "csv": csv_sheets,
    "json": json_sheets,
    "xlsx": xlsx_sheets,
}

if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout)  # ASCII alone, so the console's encoding does not matter

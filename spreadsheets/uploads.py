"""Uploaded tables, read within limits in a process of its own, which a hostile file may kill without harm.

``read_table`` and ``read_sheets`` return plain rows or raise ``UploadRefusedError``, whose text is for the person.
"""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from spreadsheets.cells import Formula, SeenDay, SeenMoment, SeenNumber, Value, restore

MEGABYTE = 1_000_000
KINDS = {".csv": "csv", ".json": "json", ".ods": "ods", ".xlsx": "xlsx"}
ROOT = Path(__file__).parents[1]
READ = "import sys; sys.path.insert(0, sys.argv[1]); from spreadsheets import reading; "
READ += "reading.main(sys.argv[2], sys.stdin.buffer, sys.stdout)"  # ASCII, so the console's encoding does not matter


def gettext_noop(text: str) -> str:
    """Mark a text for translation: this package knows no Django, so whoever shows the text translates it."""
    return text


REFUSALS = {
    "name": gettext_noop("Choose a CSV, XLSX, ODS or JSON file."),
    "empty": gettext_noop("The file is empty."),
    "size": gettext_noop("The file is larger than %(limit)s MB."),
    "encoding": gettext_noop("The file is not UTF-8 text. In your spreadsheet, save it as “CSV UTF-8”."),
    "csv": gettext_noop("Line %(line)s is not valid CSV: check its quotation marks and the length of its cells."),
    "json": gettext_noop("The file is not a JSON list of flat objects with distinct keys."),
    "not_xlsx": gettext_noop("The file is not an XLSX workbook."),
    "not_ods": gettext_noop("The file is not an ODS workbook."),
    "protected": gettext_noop(
        "The workbook is protected by a password, or in the old XLS format. Save it as a plain XLSX workbook."
    ),
    "macros": gettext_noop("The workbook holds macros. Save it as XLSX without macros."),
    "archive": gettext_noop("The workbook’s archive is too large or malformed."),
    "format": gettext_noop("%(cell)s is shown by a rule of the sheet. Give it a plain format, or write what it shows."),
    "formula": gettext_noop("%(cell)s holds a formula. Paste its value instead."),
    "rows": gettext_noop("The file has more than %(limit)s rows."),
    "columns": gettext_noop("Row %(row)s has more than %(limit)s columns."),
    "header": gettext_noop("%(cell)s: each column that holds something needs a name of its own."),
    "cell": gettext_noop("%(cell)s holds more than %(limit)s characters."),
    "character": gettext_noop("%(cell)s holds a character that cannot be stored."),
    "characters": gettext_noop("The file holds more than %(limit)s characters."),
    "memory": gettext_noop("The file takes too much memory to read."),
    "time": gettext_noop("The file takes too long to read."),
    "unreadable": gettext_noop("The file cannot be read."),
}


@dataclass(frozen=True, slots=True)
class Limits:
    bytes: int = 5 * MEGABYTE
    rows: int = 5_000
    columns: int = 200
    cell: int = 32_767  # what a workbook's own cell can hold
    characters: int = 20 * MEGABYTE
    entries: int = 200
    unzipped: int = 100 * MEGABYTE
    ratio: int = 100
    seconds: int = 8  # of work; a busy machine may take longer to give them
    patience: int = 20
    memory: int = 256 * 1024 * 1024

    @property
    def megabytes(self) -> int:
        return self.bytes // MEGABYTE


class UploadRefusedError(ValueError):
    """``code`` is a key of REFUSALS, ``details`` fill its text's places; ``gettext(e.text) % e.details`` translates."""

    def __init__(self, code: str, **details: Any):
        super().__init__(code)
        self.code, self.text, self.details = code, REFUSALS[code], details
        if "column" in details:
            self.details["cell"] = cell_name(**details)

    def __str__(self) -> str:
        return self.text % self.details


def read_table(
    file: IO[bytes] | bytes, *, name: str, limits: Limits = Limits(), language: str = "en"
) -> list[list[Value]]:
    """Rows of the first sheet, the header first. Texts come without the apostrophe that an export put before them."""
    return next(iter(read_sheets(file, name=name, limits=limits, language=language).values()))


def read_records(
    file: IO[bytes] | bytes, *, name: str, limits: Limits = Limits(), language: str = "en"
) -> tuple[list[str], list[list[Value]]]:
    """The first sheet's header, checked, and its other rows, each exactly as wide as the header."""
    header, *rows = read_table(file, name=name, limits=limits, language=language) or [[]]
    width = max([len(header), *map(len, rows)])
    header, *rows = [[*row, *[None] * (width - len(row))] for row in [header, *rows]]
    used = [column for column in range(width) if any(row[column] not in {None, ""} for row in [header, *rows])]
    names = [str(header[column] or "").strip() for column in used]
    for column, title in zip(used, names, strict=True):
        if not title or names.count(title) > 1:
            raise UploadRefusedError("header", row=1, column=column + 1)
    return names, [[row[column] for column in used] for row in rows]


def read_sheets(
    file: IO[bytes] | bytes,
    *,
    name: str,
    limits: Limits = Limits(),
    language: str = "en",
    with_formulas: bool = False,
) -> dict[str, list[list[Any]]]:
    """Rows by sheet name, in order; a CSV or JSON file is one sheet without a name. Empty rows at the end are gone.

    ``language``: the reader's, since what a cell shows depends on it. Any formula is refused, but ``with_formulas``,
    where a Formula stands in its place.
    """
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise UploadRefusedError("name")
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    content = stream.read(limits.bytes + 1)
    if not content:
        raise UploadRefusedError("empty")
    if len(content) > limits.bytes:
        raise UploadRefusedError("size", limit=limits.megabytes)
    sheets = collected(answers(kind, content, limits, language), escaped=kind != "json")
    if not with_formulas:
        refuse_formulas(sheets)
    return sheets


def refuse_formulas(sheets: dict[str, list[list[Any]]]) -> None:
    for sheet, rows in sheets.items():
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if isinstance(value, Formula):
                    raise UploadRefusedError("formula", sheet=sheet, row=number, column=column)


def answers(kind: str, content: bytes, limits: Limits, language: str) -> Iterator[dict[str, Any]]:
    given = {name: limit for name, limit in asdict(limits).items() if name not in {"bytes", "patience"}}
    try:
        finished = subprocess.run(  # noqa: S603 - our own program, the file is only its standard input
            [sys.executable, "-I", "-c", READ, str(ROOT), json.dumps(given | {"kind": kind, "language": language})],
            input=content,
            capture_output=True,
            timeout=limits.patience,
            env={},  # no secret of ours is in reach of a parser that a file may have taken over
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UploadRefusedError("time") from None
    if finished.returncode == -signal.SIGXCPU:
        raise UploadRefusedError("time")
    for line in finished.stdout.splitlines():
        yield json.loads(line)


def collected(answers: Iterator[dict[str, Any]], *, escaped: bool) -> dict[str, list[list[Value]]]:
    """``escaped``: texts may carry the apostrophe of our own CSV or XLSX; JSON never does."""
    sheets: dict[str, list[list[Value]]] = {}
    rows: list[list[Value]] = []
    for answer in answers:
        if "refused" in answer:
            raise UploadRefusedError(answer.pop("refused"), **answer)
        if "end" in answer:
            return {name: without_empty_end(rows) for name, rows in sheets.items()} or {"": []}
        if "sheet" in answer:
            rows = sheets.setdefault(answer["sheet"], [])
        else:
            rows.append([value_of(cell, escaped=escaped) for cell in answer["row"]])
    raise UploadRefusedError("unreadable")  # the reader died before its last line


SPELLED: dict[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "formula": lambda _: Formula(),
}
SEEN: dict[str, Callable[[Any, str | None], Any]] = {
    "decimal": SeenNumber,
    "date": SeenDay,
    "datetime": SeenMoment,
}


def value_of(cell: Any, *, escaped: bool) -> Any:
    if isinstance(cell, str):
        return restore(cell) if escaped else cell
    if not isinstance(cell, dict):
        return cell
    (kind, text), *seen = cell.items()
    value = SPELLED[kind](text)
    return SEEN[kind](value, seen[0][1]) if seen else value


def without_empty_end(rows: list[list[Value]]) -> list[list[Value]]:
    while rows and all(value is None or value == "" for value in rows[-1]):
        rows = rows[:-1]
    return rows


def cell_name(*, row: int, column: int, sheet: str = "", **_: Any) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{sheet}!{letters}{row}" if sheet else f"{letters}{row}"

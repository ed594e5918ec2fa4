"""Read an uploaded table in a process of its own: ``main('{"kind": "xlsx", …}', file, output)``.

Started by spreadsheets.uploads, which gives the limits. Prints one JSON line for each sheet name and row, then
{"end": true}; or one {"refused": code, …}. Imports nothing of the project beside this package and has nothing of its
environment.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from spreadsheets.bounds import Counter, Limits, RefusedError
from spreadsheets.cells import Formula


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


def spelled(value: Any) -> dict[str, str | None]:
    """What JSON has no type for; "seen" is what the cell shows where that is something else."""
    seen = {"seen": value.seen} if hasattr(value, "seen") else {}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat(), **seen}
    if isinstance(value, date):
        return {"date": value.isoformat(), **seen}
    if isinstance(value, Decimal):
        return {"decimal": str(value), **seen}
    if isinstance(value, Formula):
        return {"formula": ""}
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
    from spreadsheets import xlsx  # a third of a second that a CSV need not wait

    return xlsx.xlsx_sheets(content, limits)


def ods_sheets(content: bytes, limits: Limits) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    from spreadsheets import ods

    return ods.ods_sheets(content, limits)


READERS: dict[str, Callable[[bytes, Limits], Iterator[tuple[str, Iterable[list[Any]]]]]] = {
    "csv": csv_sheets,
    "json": json_sheets,
    "xlsx": xlsx_sheets,
    "ods": ods_sheets,
}

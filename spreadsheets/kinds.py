"""The kinds of files that tables leave in: how each is named, served and written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from spreadsheets.cells import Row
from spreadsheets.workbooks import xlsx_pieces
from spreadsheets.writers import Sheet, csv_lines, in_chunks, json_array

PIECE = 65_536  # bytes or characters that a response sends at once


Pieces = Callable[[Sequence[Sheet]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Kind:
    """``pieces`` yields the bytes: of all sheets of a workbook, elsewhere of the first, row by row."""

    suffix: str
    content_type: str
    pieces: Pieces


def text(
    write: Callable[[Sequence[str], Iterable[Row]], Iterator[str]],
) -> Callable[[Sequence[Sheet]], Iterator[bytes]]:
    def pieces(sheets: Sequence[Sheet]) -> Iterator[bytes]:
        lines = write(sheets[0].header, sheets[0].rows)
        return (piece.encode() for piece in in_chunks(lines, characters=PIECE))

    return pieces


CSV = "text/csv; charset=utf-8"
KINDS = {
    "csv": Kind("csv", CSV, text(partial(csv_lines, dialect="french"))),
    "csv-international": Kind("csv", CSV, text(partial(csv_lines, dialect="international"))),
    "xlsx": Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_pieces),
    "json": Kind("json", "application/json", text(json_array)),
}

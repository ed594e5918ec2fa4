"""For any text and any number: written to a table and read again, it is the same."""

import io
import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from spreadsheets import reading
from spreadsheets.strings import as_kept
from spreadsheets.uploads import Limits, collected, read_table
from spreadsheets.workbooks import xlsx_pieces
from spreadsheets.writers import Sheet, csv_lines, json_array
from tests.libreoffice import needs_libreoffice, saved_again
from tests.texts import NUMBERS, PIECES, TEXTS

HEADER = ["text", "number", "end"]
ROWS = st.lists(st.tuples(TEXTS, NUMBERS, st.just("end")), min_size=1, max_size=20)


def written(kind, rows):
    if kind == "xlsx":
        target = io.BytesIO()
        target.write(b"".join(xlsx_pieces([Sheet("1", HEADER, rows)])))
        return target.getvalue()
    lines = json_array(HEADER, rows) if kind == "json" else csv_lines(HEADER, rows)
    return "".join(lines).encode()


def read_here(kind, content):
    """As ``read_sheets`` does, in this process for speed."""
    limits = {
        name: getattr(Limits(), name) for name in Limits.__dataclass_fields__ if name not in {"bytes", "patience"}
    }
    target = io.StringIO()
    reading.answer(reading.Limits(kind=kind, **limits), content, target)
    answers = map(json.loads, target.getvalue().splitlines())
    return next(iter(collected(answers, escaped=kind != "json").values()))


@pytest.mark.parametrize("kind", ["xlsx", "json"])
@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_any_text_and_any_number_come_back(kind, rows):
    header, *again = read_here(kind, written(kind, rows))

    assert [[text or "", number, end] for text, number, end in again] == [list(row) for row in rows]


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_from_csv(rows):
    header, *again = read_here("csv", written("csv", rows))

    assert [row[0] for row in again] == [row[0] for row in rows]


@pytest.mark.parametrize("first", PIECES)
def test_pieces_that_spreadsheets_change_come_back_alone_and_in_pairs(first):
    texts = [first, *(first + second for second in PIECES)]
    target = io.BytesIO()
    target.write(b"".join(xlsx_pieces([Sheet("1", ["text"], [[text] for text in texts])])))

    assert [row[0] for row in read_here("xlsx", target.getvalue())[1:]] == texts


@pytest.mark.long
@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "ods"])
@settings(max_examples=5, deadline=None, phases=[Phase.generate])  # a search for less would take an hour
@given(rows=ROWS.filter(lambda rows: not any("\r" in text.replace("\r\n", "") for text, _number, _end in rows)))
def test_any_text_and_any_number_come_back_from_libreoffice(tmp_path_factory, to, rows):
    rows = [*rows, *((first + second, 0, "end") for first in PIECES for second in PIECES)]
    content = saved_again(written("xlsx", rows), folder=tmp_path_factory.mktemp("office"), to=to)

    header, *again = read_table(content, name=f"a.{to}")

    assert [[as_kept(text or ""), number, end] for text, number, end in again] == [
        [as_kept(text), number, end] for text, number, end in rows
    ]

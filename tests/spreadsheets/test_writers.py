import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.db import models

from spreadsheets.cells import Recurring, restore
from spreadsheets.workbooks import UnwritableCellError, xlsx_pieces
from spreadsheets.writers import Sheet, csv_lines, in_chunks, json_array, json_lines
from tests.spreadsheets.corpus import HARMLESS, RUNNING, TRIGGERS

HEADER = ["name", "score", "number", "agreed", "day", "moment", "nothing"]
ROW = ["Acme", Decimal("53.1"), -5, True, date(2021, 6, 8), datetime(2021, 6, 8, 14, 32, tzinfo=UTC), None]


class Size(models.TextChoices):
    SMALL = "small", "Small"


def workbook(*sheets):
    target = io.BytesIO()
    target.write(b"".join(xlsx_pieces(sheets)))
    return openpyxl.load_workbook(target)


def test_french_form():
    text = "".join(csv_lines(HEADER, [ROW], dialect="french"))

    assert text == (
        '\ufeff"name";"score";"number";"agreed";"day";"moment";"nothing"\r\n'
        '"Acme";53,1;-5;1;"2021-06-08";"2021-06-08 14:32:00";\r\n'
    )


def test_international_form():
    text = "".join(csv_lines(HEADER, [ROW], dialect="international"))

    assert text == (
        '\ufeff"name","score","number","agreed","day","moment","nothing"\r\n'
        '"Acme",53.1,-5,1,"2021-06-08","2021-06-08T14:32:00+00:00",\r\n'
    )


def test_quotation_marks_and_line_ends_stay_inside_their_cell():
    text = "".join(csv_lines(["a"], [['say "hi";\r\nbye']]))

    assert text == '\ufeff"a"\r\n"say ""hi"";\r\nbye"\r\n'


@pytest.mark.parametrize("dialect", ["french", "international"])
@pytest.mark.parametrize("text", RUNNING)
def test_csv_runs_nothing_in_cells_or_headers(dialect, text):
    lines = list(csv_lines([text], [[text]], dialect=dialect))

    expected = '"' + ("'" + text).replace('"', '""') + '"\r\n'
    assert lines == ["\ufeff" + expected, expected]


@pytest.mark.parametrize("text", ["0.0", "53.1", "100.0", "-2.50"])
def test_a_recurring_number_is_spelled_as_any_other(text):
    for dialect in ["french", "international"]:
        assert list(csv_lines(["n"], [[Recurring(text)]], dialect=dialect)) == list(
            csv_lines(["n"], [[Decimal(text)]], dialect=dialect)
        )
    assert list(json_lines(["n"], [[Recurring(text)]])) == [f'{{"n":{text}}}\n']
    assert workbook(Sheet("1", ["n"], [[Recurring(text)]]))["1"]["A2"].value == float(text)


def test_large_decimals_are_written_out():
    assert list(csv_lines(["n"], [[Decimal("1E+3")], [Decimal("1E-7")]]))[1:] == ["1000\r\n", "0,0000001\r\n"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_text(number):
    written = "'-Infinity" if number == "-Infinity" else number

    assert list(csv_lines(["n"], [[Decimal(number)]]))[1] == f'"{written}"\r\n'


def test_a_choice_is_written_as_its_value():
    assert list(csv_lines(["size"], [[Size.SMALL]]))[1] == '"small"\r\n'


@pytest.mark.parametrize("write", [csv_lines, json_lines])
def test_a_float_is_refused(write):
    with pytest.raises(TypeError, match="no spelling for float"):
        list(write(["n"], [[0.1]]))


def test_rows_are_written_as_they_come():
    taken = []
    rows = ([taken.append(number) or number] for number in range(1000))

    lines = csv_lines(["n"], rows)
    next(lines), next(lines)

    assert taken == [0]


def test_chunks_hold_the_same_text():
    lines = [f"{number}\r\n" for number in range(5000)]

    chunks = list(in_chunks(lines, characters=1000))

    assert "".join(chunks) == "".join(lines)
    assert len(chunks) == 29


def test_json_keeps_types_and_texts():
    text = "".join(json_array(HEADER, [ROW]))

    assert json.loads(text, parse_float=Decimal) == [
        {
            "name": "Acme",
            "score": Decimal("53.1"),
            "number": -5,
            "agreed": True,
            "day": "2021-06-08",
            "moment": "2021-06-08T14:32:00+00:00",
            "nothing": None,
        }
    ]


def test_an_empty_text_in_json_is_nothing():
    assert list(json_lines(["a", "b"], [["", None]])) == ['{"a":null,"b":null}\n']


@pytest.mark.parametrize("text", [text for text in [*RUNNING, *HARMLESS] if text])
def test_json_texts_are_as_they_are(text):
    assert json.loads("".join(json_array([text], [[text]]))) == [{text: text}]


def test_an_empty_json_array():
    assert "".join(json_array(["a"], [])) == "[]\n"


def test_json_lines_are_one_object_each():
    assert list(json_lines(["a"], [[1], ["x"]])) == ['{"a":1}\n', '{"a":"x"}\n']


def test_a_row_narrower_than_its_header_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        list(json_lines(["a", "b"], [[1]]))


def test_workbook_cells_are_typed():
    sheet = workbook(Sheet("Scores", HEADER, [ROW]))["Scores"]

    assert [cell.value for cell in sheet[1]] == HEADER
    assert [cell.value for cell in sheet[2]] == [
        "Acme",
        53.1,
        -5,
        True,
        datetime(2021, 6, 8),
        datetime(2021, 6, 8, 14, 32),
        None,
    ]


@pytest.mark.parametrize(("value", "number"), [(True, 1), (False, 0)])
def test_yes_and_no_are_1_and_0(value, number):
    cell = workbook(Sheet("1", ["agreed"], [[value]]))["1"]["A2"]

    assert (cell.value, cell.data_type, list(csv_lines(["agreed"], [[value]]))[1]) == (number, "n", f"{number}\r\n")


def test_workbook_runs_nothing_in_cells_or_headers():
    sheet = workbook(Sheet("1", RUNNING, [RUNNING, HARMLESS]))["1"]

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.value[:1] in TRIGGERS] == []


def test_workbook_texts_come_back_once_restored():
    sheet = workbook(Sheet("1", ["a"], [["+33 1 23"], ["==1+1"], ["plain"]]))["1"]

    assert [restore(sheet.cell(row, 1).value) for row in [2, 3, 4]] == ["+33 1 23", "==1+1", "plain"]


def test_a_number_with_more_digits_than_a_workbook_keeps_is_text():
    sheet = workbook(Sheet("1", ["n"], [[12345678901234567]]))["1"]

    assert sheet["A2"].value == "12345678901234567"


def test_a_day_before_workbooks_count_is_text():
    sheet = workbook(Sheet("1", ["day"], [[date(1789, 7, 14)]]))["1"]

    assert sheet["A2"].value == "1789-07-14"


def test_sheets_follow_each_other():
    book = workbook(Sheet("Scores", ["a"], [[1]]), Sheet("Columns", ["b"], []))

    assert book.sheetnames == ["Scores", "Columns"]


def test_a_text_too_long_for_a_cell_is_refused_by_its_place():
    with pytest.raises(UnwritableCellError, match="Scores!B2: a cell has at most 32,767 characters"):
        workbook(Sheet("Scores", ["a", "b"], [["", "x" * 32_768]]))


def test_too_many_columns_are_refused():
    with pytest.raises(UnwritableCellError, match="at most 16,384 columns"):
        workbook(Sheet("1", ["a"] * 16_385, []))


def test_a_workbook_refuses_what_it_cannot_spell():
    with pytest.raises(TypeError, match="no spelling for list"):
        workbook(Sheet("1", ["a"], [[[]]]))


def test_a_workbook_leaves_as_its_rows_come():
    taken = []
    rows = ([taken.append(number) or f"{number}" * 20] for number in range(100_000))

    pieces = xlsx_pieces([Sheet("1", ["a"], rows)])

    assert next(pieces).startswith(b"PK")
    assert taken == []
    next(pieces)
    assert 0 < len(taken) < 50_000


def test_a_table_too_long_for_a_sheet_goes_on_in_another():
    rows = [[number, f"of {number}"] for number in range(7)]

    content = b"".join(
        xlsx_pieces([Sheet("Scores", ["n", "text"], rows), Sheet("Codebook", ["c"], [])], longest_part=1100)
    )

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Scores", "Scores 2", "Codebook"]
    assert [row[0].value for name in book.sheetnames[:2] for row in book[name].iter_rows(min_row=2)] == list(range(7))
    assert [cell.value for name in book.sheetnames for cell in book[name][1]] == ["n", "text", "n", "text", "c"]


def test_a_column_of_texts_stays_one_below_its_last_row():
    columns = workbook(Sheet("1", ["a", "b"], [["x", 1], [None, 2]]))["1"].column_dimensions

    assert (columns["A"].number_format, columns["B"].number_format) == ("@", "General")

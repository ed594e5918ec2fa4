"""Cells of workbooks that other programs saved: read as the person saw them, in XLSX and in ODS."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from spreadsheets.cells import UnseenError, as_seen
from spreadsheets.uploads import UploadRefusedError, read_sheets, read_table
from tests.libreoffice import needs_libreoffice, saved_again

SAVED = Path(__file__).parent / "saved"


def workbook(*cells, rule=None):
    """A workbook whose first column holds these values, each with the format of its cell."""
    book = openpyxl.Workbook()
    for row, (value, code) in enumerate(cells, start=1):
        book.active.cell(row, 1, value).number_format = code
    if rule:
        book.active.conditional_formatting.add("A1:A9", rule)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


TYPED = [
    # what a person typed, what the sheet made of it, its value in a column of numbers, its text in one of texts
    ((0.8, "0%"), Decimal(80), "80%"),
    ((0.125, "0.00%"), Decimal("12.5"), "12.50%"),
    ((0.8, "[<1]0%;0"), Decimal(80), "80%"),
    ((80, "[<1]0%;0"), Decimal(80), "80"),
    ((80, '0"%"'), Decimal(80), "80%"),
    ((33, "General"), 33, "33"),
    ((33, "0000"), Decimal(33), "0033"),
    ((datetime(2026, 3, 12), "dd/mm/yyyy"), date(2026, 3, 12), "12/03/2026"),
    ((datetime(2026, 3, 12, 14, 30), "dd/mm/yyyy hh:mm"), datetime(2026, 3, 12, 14, 30), "12/03/2026 14:30"),
    ((time(14, 30), "h:mm"), "14:30", "14:30"),
    ((1234.5, "#,##0.00"), Decimal("1234.5"), "1,234.50"),
]


@pytest.mark.parametrize(("cell", "value", "seen"), TYPED)
def test_a_cell_is_read_as_it_is_shown(cell, value, seen):
    [[read]] = read_table(workbook(cell), name="a.xlsx")

    assert (read, as_seen(read)) == (value, seen)


@pytest.mark.long
@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_a_cell_is_read_as_libreoffice_shows_it(tmp_path, to):
    content = saved_again(workbook(*(cell for cell, _value, _seen in TYPED)), folder=tmp_path, to=to)

    read = [row[0] for row in read_table(content, name=f"a.{to}")]

    assert read == [value for _cell, value, _seen in TYPED]
    assert [as_seen(value) for value in read] == [seen for _cell, _value, seen in TYPED]


@pytest.mark.parametrize("name", ["typed.xlsx", "typed.ods"])
def test_cells_that_libreoffice_saved(name):
    read = [row[0] for row in read_table((SAVED / name).read_bytes(), name=name)]

    assert read == [value for _cell, value, _seen in TYPED]
    assert [as_seen(value) for value in read] == [seen for _cell, _value, seen in TYPED]


@pytest.mark.parametrize("cell", [(123456789012, "General"), (1234, "0.00E+00"), (True, "General")])
def test_what_cannot_be_told_is_said(cell):
    [[read]] = read_table(workbook(cell), name="a.xlsx")

    with pytest.raises(UnseenError):
        as_seen(read)


def shown_as(code, **rule):
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=164, formatCode=code))
    return Rule(dxf=style, **rule)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"type": "cellIs", "operator": "lessThan", "formula": ["1"]}, 80),
        ({"type": "cellIs", "operator": "greaterThan", "formula": ["1"]}, Decimal("0.8")),
        ({"type": "cellIs", "operator": "between", "formula": ["0", "1"]}, 80),
        ({"type": "expression", "formula": ["TRUE"]}, 80),
    ],
)
def test_a_rule_of_the_sheet_decides_on_the_format(rule, value):
    assert read_table(workbook((0.8, "General"), rule=shown_as("0%", **rule)), name="a.xlsx") == [[value]]


def test_a_rule_that_takes_more_to_know_is_refused_by_its_cell():
    content = workbook((0.8, "General"), rule=shown_as("0%", type="expression", formula=["B1>2"]))

    with pytest.raises(UploadRefusedError) as refused:
        read_table(content, name="a.xlsx")

    assert str(refused.value).startswith("Sheet!A1 is shown by a rule of the sheet.")


def test_a_rule_of_colours_is_no_matter():
    content = workbook((0.8, "General"), rule=Rule(type="expression", formula=["B1>2"], dxf=DifferentialStyle()))

    assert read_table(content, name="a.xlsx") == [[Decimal("0.8")]]


def test_yes_and_no_that_libreoffice_saved_as_formulas():
    content = (SAVED / "libreoffice-boolean.xlsx").read_bytes()

    assert read_table(content, name="a.xlsx") == [["code", "source", "approximate"], ["companies", "B", False]]


@pytest.mark.parametrize("formula", ["=1+1", "=NOT(TRUE())", '=HYPERLINK("x")', "=TRUE()+0"])
def test_any_other_formula_is_refused(formula):
    with pytest.raises(UploadRefusedError) as refused:
        read_table(workbook(("a", "General"), (formula, "General")), name="a.xlsx")

    assert str(refused.value) == "Sheet!A2 holds a formula. Paste its value instead."


# --- ODS --------------------------------------------------------------------------------------------------------------


def ods(*, content=None, **parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", parts.pop("mimetype", "application/vnd.oasis.opendocument.spreadsheet"))
        if content is not None:
            archive.writestr("content.xml", content)
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return target.getvalue()


def document(rows, before=""):
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ["office", "table", "text"]
    )
    return (
        f'<?xml version="1.0"?>{before}<office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="One">{rows}</table:table><table:table table:name="Two"/>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def text_cell(text, times=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def row(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def test_cells_and_rows_that_repeat():
    empty = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = row(text_cell("a") + empty + text_cell("b", 2)) + row(empty, 2) + row(text_cell("c"), 2) + row(empty, 10**6)

    assert read_sheets(ods(content=document(rows)), name="a.ods") == {
        "One": [["a", None, None, None, "b", "b"], [], [], ["c"], ["c"]],
        "Two": [],
    }


def test_texts_with_blanks_lines_and_a_note():
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
        '<text:p>a<text:s text:c="2"/>b<text:tab/><text:span>c</text:span></text:p><text:p/><text:p>d</text:p>'
        "</table:table-cell>"
    )

    assert read_table(ods(content=document(row(cell))), name="a.ods") == [["a  b\tc\n\nd"]]


@pytest.mark.parametrize("number", ["1e999999999", "-1e-999999999", "NaN", "Infinity"])
def test_a_number_that_no_spreadsheet_counts_to_is_what_is_seen(number):
    cell = f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>?</text:p></table:table-cell>'

    assert read_table(ods(content=document(row(cell))), name="a.ods") == [["?"]]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (row(text_cell("a", 201)), "columns"),
        (row(text_cell("a"), 10**6), "rows"),
        (row("", 10**6) + row(text_cell("a")), "rows"),
        (row('<table:table-cell table:number-columns-repeated="999999999"/>' + text_cell("a")), "columns"),
        (row('<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'), "formula"),
        (row(text_cell("x" * 40_000)), "cell"),
    ],
)
def test_what_goes_beyond_the_limits_is_refused(rows, code):
    with pytest.raises(UploadRefusedError) as refused:
        read_table(ods(content=document(rows)), name="a.ods")

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"code\n", "not_ods"),
        (ods(), "not_ods"),
        (ods(content=document(""), mimetype="application/vnd.oasis.opendocument.text"), "not_ods"),
        (ods(content=document(""), **{"META-INF__manifest.xml": "<manifest:encryption-data/>"}), "protected"),
        (ods(content=document(""), **{"Basic__Standard__Module1.xml": "x"}), "macros"),
        (ods(content=document(row(text_cell("&a;")), before='<!DOCTYPE x [<!ENTITY a "b">]>')), "unreadable"),
        (ods(content="<"), "unreadable"),
    ],
)
def test_what_is_no_plain_spreadsheet_is_refused(content, code):
    with pytest.raises(UploadRefusedError) as refused:
        read_table(content, name="a.ods")

    assert refused.value.code == code

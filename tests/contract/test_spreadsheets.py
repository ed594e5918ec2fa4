"""Records that a spreadsheet saved again: nothing has changed in them, and what it made of a text or a number is seen."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from contract.models import Figure
from tests.contract import records
from tests.contract.test_exchange import download, happening, problems, upload, upload_error
from tests.contract.test_fixture import MODELS
from tests.libreoffice import needs_libreoffice, saved_again

pytestmark = pytest.mark.django_db
SAVED = Path(__file__).parent / "saved"
TABLES = [model._meta.model_name for model in MODELS]


def differences(preview):
    text = preview.content.decode()
    return text.count("<del>") + text.count("<ins>")


@pytest.mark.long
@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "ods"])
@pytest.mark.parametrize("name", TABLES)
def test_saved_again_by_libreoffice_every_row_is_unchanged(staff, real_contract, tmp_path, name, to):
    content = saved_again(download(staff, name, "xlsx").content, folder=tmp_path, to=to)

    for language in ["fr", "en"]:
        preview = upload(staff, name, content, file_name=f"a.{to}", language=language)

        assert set(happening(preview)) == {"Inchangé" if language == "fr" else "Unchanged"}
        assert differences(preview) == 0


def make_some_figures():
    """The records of saved/figures.*, which LibreOffice saved from their export."""
    records.make_figure(code="whole", value=3100, approximate=True)
    records.make_figure(code="tenths", value="35.6", note_en="Two\r\nlines", note_fr="plan_x2025_v2, 0033, =1+1")
    records.make_figure(code="third", value="0.5", unit_en="% of staff", unit_fr="% des salariés")


@pytest.mark.parametrize("file_name", ["figures.xlsx", "figures.ods"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_table_that_libreoffice_saved_is_unchanged_row_by_row(staff, file_name, language):
    make_some_figures()

    preview = upload(staff, "figure", (SAVED / file_name).read_bytes(), file_name=file_name, language=language)

    assert happening(preview) == ["Inchangé" if language == "fr" else "Unchanged"] * 3
    assert differences(preview) == 0


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("format_name", ["french", "international", "xlsx", "json"])
def test_an_unchanged_row_shows_no_difference(staff, real_contract, name, format_name):
    suffix = {"french": "csv", "international": "csv"}.get(format_name, format_name)

    preview = upload(staff, name, download(staff, name, format_name).content, file_name=f"a.{suffix}")

    assert (set(happening(preview)), differences(preview)) == ({"Unchanged"}, 0)


def figure_file(*, code="x", value=1, label="l", formats=(), approximate=0):
    book = openpyxl.Workbook()
    book.active.append(["code", "label_fr", "label_en", "value", "approximate", "source", "contract"])
    book.active.append([code, "l", label, value, approximate, "A", "contract"])
    for cell, code in dict(formats).items():
        book.active[cell].number_format = code
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "read"),
    [(0.8, "0%", "80"), (0.125, "0.0%", "12.5"), ("80 %", "@", "80"), ("12,5 %", "@", "12.5"), ("12.5%", "@", "12.5")]
    + [("1 234,5", "@", "1234.5"), ("1\u00a0234,5", "@", "1234.5"), ("1\u202f234,5", "@", "1234.5")],
)
def test_a_figure_is_read_as_the_sheet_shows_it(staff, value, code, read):
    records.make_contract()

    preview = upload(staff, "figure", figure_file(value=value, formats={"D2": code}), file_name="a.xlsx")

    assert happening(preview) == ["New"]
    assert f"<ins>{read}</ins>" in preview.content.decode()


@pytest.mark.parametrize("value", ["1,000", "1.000", "12,345"])
def test_a_figure_that_can_be_read_in_two_ways_is_refused(staff, value):
    records.make_contract()

    preview = upload(staff, "figure", figure_file(value=value), file_name="a.xlsx")

    said = f"“{value}” can be read in two ways: write nothing between thousands."
    assert problems(preview) == [(2, "value", said)]


@pytest.mark.parametrize(
    ("label", "code", "read"),
    [
        (33, "0000", "0033"),
        (datetime(2026, 3, 12), "dd/mm/yyyy", "12/03/2026"),
        (0.8, "0%", "80%"),
    ],
)
def test_a_text_is_read_as_the_sheet_shows_it(staff, label, code, read):
    records.make_contract()

    preview = upload(staff, "figure", figure_file(label=label, formats={"C2": code}), file_name="a.xlsx")

    assert f"<ins>{read}</ins>" in preview.content.decode()


def test_a_text_that_a_sheet_made_a_long_number_is_pointed_out(staff):
    records.make_contract()

    preview = upload(staff, "figure", figure_file(label=123456789012), file_name="a.xlsx")

    said = "A spreadsheet made a number or a date of this text. Set the format of the cell to Text."
    assert problems(preview)[0] == (2, "label_en", said)
    assert Figure.objects.count() == 0


def test_a_formula_is_named_by_its_cell(staff):
    response = upload(staff, "figure", figure_file(value="=1+1"), file_name="a.xlsx")

    assert upload_error(response) == ["Sheet!D2 holds a formula. Paste its value instead."]


def test_columns_of_text_are_text_in_the_workbook(staff):
    make_some_figures()

    sheet = openpyxl.load_workbook(io.BytesIO(download(staff, "figure", "xlsx").content)).active

    header = [cell.value for cell in sheet[1]]
    formats = {
        name: {row[place].number_format for row in sheet.iter_rows(min_row=2)} for place, name in enumerate(header)
    }
    assert (formats["code"], formats["label_fr"], formats["source"]) == ({"@"}, {"@"}, {"@"})
    assert (formats["value"], formats["approximate"]) == ({"General"}, {"General"})
    assert sheet.column_dimensions["A"].number_format == "@"

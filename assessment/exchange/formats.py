"""The forms in which the table of scores leaves: CSV for people and for programs, XLSX, JSON."""

import tempfile
from collections.abc import Iterator

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessment.exchange.columns import codebook
from spreadsheets.writers import Sheet, csv_lines, in_chunks, json_array, write_xlsx

PIECE = 65_536


class Format(TextChoices):
    CSV = "csv", _("CSV for a French spreadsheet: semicolons, decimal commas")
    CSV_INTERNATIONAL = "csv-international", _("CSV, international form: commas, decimal points")
    XLSX = "xlsx", _("Excel workbook, with a sheet that explains the columns")
    JSON = "json", _("JSON, for programs")

    @property
    def suffix(self):
        return self.value.partition("-")[0]

    @property
    def content_type(self):
        return CONTENT_TYPES[self.suffix]


CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def scores(table, format) -> Iterator[bytes]:
    """Yield the table of scores in pieces; but for XLSX, which is an archive, rows are read as pieces are asked for."""
    if format == Format.XLSX:
        return workbook([Sheet(str(_("Scores")), table.header, table.rows()), codebook_sheet(table)])
    return text(table.header, table.rows(), format)


def explained(table, format) -> Iterator[bytes]:
    """Yield the codebook of the table, in the same forms."""
    if format == Format.XLSX:
        return workbook([codebook_sheet(table)])
    return text(*codebook(table.columns), format)


def codebook_sheet(table):
    return Sheet(str(_("Codebook")), *codebook(table.columns))


def text(header, rows, format):
    if format == Format.JSON:
        lines = json_array(header, rows)
    else:
        lines = csv_lines(header, rows, dialect="french" if format == Format.CSV else "international")
    return (piece.encode() for piece in in_chunks(lines, characters=PIECE))


def workbook(sheets):
    with tempfile.TemporaryFile() as file:
        write_xlsx(file, sheets)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece

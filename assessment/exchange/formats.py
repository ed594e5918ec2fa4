"""The forms in which the table of scores leaves: CSV for people and for programs, XLSX, JSON."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessment.exchange.columns import codebook
from assessment.exchange.lines import csv_pieces
from assessment.exchange.scores import ScoreTable
from spreadsheets.kinds import KINDS, Kind
from spreadsheets.writers import Dialect, Sheet


class Format(TextChoices):
    CSV = "csv", _("CSV for a French spreadsheet: semicolons, decimal commas")
    CSV_INTERNATIONAL = "csv-international", _("CSV, international form: commas, decimal points")
    XLSX = "xlsx", _("Excel workbook, with a sheet that explains the columns")
    JSON = "json", _("JSON, for programs")

    @property
    def kind(self) -> Kind:
        return KINDS[self.value]


DIALECTS: dict[str, Dialect] = {"csv": "french", "csv-international": "international"}


def scores(table: ScoreTable, format: str) -> Iterator[bytes]:
    """Yield the table of scores in pieces: rows are read as pieces are asked for."""
    if connection.vendor == "postgresql" and format in DIALECTS:
        return csv_pieces(table, DIALECTS[format])
    return plain(table, format)


def plain(table: ScoreTable, format: str) -> Iterator[bytes]:
    """The same to the byte, every cell written by Python: what finished lines are compared with."""
    return KINDS[format].pieces([Sheet(str(_("Scores")), table.header, table.rows()), codebook_sheet(table)])


def explained(table: ScoreTable, format: str) -> Iterator[bytes]:
    """Yield the codebook of the table, in the same forms."""
    return KINDS[format].pieces([codebook_sheet(table)])


def codebook_sheet(table: ScoreTable) -> Sheet:
    return Sheet(str(_("Codebook")), *codebook(table.columns))

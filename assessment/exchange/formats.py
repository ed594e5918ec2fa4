"""The forms in which the table of scores leaves: CSV for people and for programs, XLSX, JSON."""

from collections.abc import Iterator

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessment.exchange.columns import codebook
from spreadsheets.kinds import KINDS
from spreadsheets.writers import Sheet


class Format(TextChoices):
    CSV = "csv", _("CSV for a French spreadsheet: semicolons, decimal commas")
    CSV_INTERNATIONAL = "csv-international", _("CSV, international form: commas, decimal points")
    XLSX = "xlsx", _("Excel workbook, with a sheet that explains the columns")
    JSON = "json", _("JSON, for programs")

    @property
    def kind(self):
        return KINDS[self.value]


def scores(table, format) -> Iterator[bytes]:
    """Yield the table of scores in pieces; but for XLSX, which is an archive, rows are read as pieces are asked for."""
    return KINDS[format].pieces([Sheet(str(_("Scores")), table.header, table.rows()), codebook_sheet(table)])


def explained(table, format) -> Iterator[bytes]:
    """Yield the codebook of the table, in the same forms."""
    return KINDS[format].pieces([codebook_sheet(table)])


def codebook_sheet(table):
    return Sheet(str(_("Codebook")), *codebook(table.columns))

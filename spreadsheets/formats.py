"""The formats that django-import-export offers, read and written by this package.

Its own ones escape less than they say: "==1+1" leaves them as the live formula "=1+1".
"""

from typing import ClassVar

from import_export.formats.base_formats import Format
from tablib import Dataset

from spreadsheets.kinds import KINDS, Kind
from spreadsheets.uploads import UploadRefusedError, gettext_noop, read_records
from spreadsheets.writers import Sheet


class ExportFormat(Format):
    title: ClassVar[str]
    kind: ClassVar[Kind]

    def __init__(self, encoding: str | None = None):
        """``encoding`` is given by django-import-export; what we write is always UTF-8."""

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.kind.suffix

    def get_content_type(self) -> str:
        return self.kind.content_type

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: Dataset, **options: object) -> bytes:
        return b"".join(self.kind.pieces([Sheet("1", dataset.headers, dataset)]))


class FrenchCsv(ExportFormat):
    title = gettext_noop("CSV, French form (semicolon, decimal comma)")
    kind = KINDS["csv"]


class InternationalCsv(ExportFormat):
    title = gettext_noop("CSV, international form (comma, decimal point)")
    kind = KINDS["csv-international"]


class Xlsx(ExportFormat):
    title = gettext_noop("XLSX workbook")
    kind = KINDS["xlsx"]


class Json(ExportFormat):
    title = gettext_noop("JSON")
    kind = KINDS["json"]


class Upload(Format):
    """Any of the kinds we read, known by its first characters."""

    language = "en"  # of the reader

    def __init__(self, encoding: str | None = None):
        """``encoding`` is given by django-import-export; we take UTF-8 only and say so."""

    def get_title(self) -> str:
        return "CSV, XLSX, ODS, JSON"

    def can_import(self) -> bool:
        return True

    def create_dataset(self, content: bytes | None) -> Dataset:
        if content is None:
            raise UploadRefusedError("empty")
        header, rows = read_records(content, name=f"upload.{kind_of(content)}", language=self.language)
        return Dataset(*rows, headers=header)


def kind_of(content: bytes) -> str:
    if content.startswith(b"PK") and content[30:38] == b"mimetype":
        return "ods"
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "xlsx"
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if text.startswith((b"[", b"{")) else "csv"


EXPORT_FORMATS = [FrenchCsv, InternationalCsv, Xlsx, Json]

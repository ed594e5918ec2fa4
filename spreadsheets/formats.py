"""The formats that django-import-export offers, read and written by this package.

Its own ones escape less than they say: "==1+1" leaves them as the live formula "=1+1".
"""

import io
from typing import ClassVar

from import_export.formats.base_formats import Format
from tablib import Dataset

from spreadsheets.uploads import UploadRefusedError, gettext_noop, read_records
from spreadsheets.writers import Dialect, Sheet, csv_lines, json_array, write_xlsx


class ExportFormat(Format):
    title: ClassVar[str]
    extension: ClassVar[str]
    content_type: ClassVar[str]

    def __init__(self, encoding: str | None = None):
        """``encoding`` is given by django-import-export; what we write is always UTF-8."""

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_export(self) -> bool:
        return True


class FrenchCsv(ExportFormat):
    title = gettext_noop("CSV, French form (semicolon, decimal comma)")
    extension = "csv"
    content_type = "text/csv; charset=utf-8"
    dialect: ClassVar[Dialect] = "french"

    def export_data(self, dataset: Dataset, **options: object) -> bytes:
        return "".join(csv_lines(dataset.headers, dataset, dialect=self.dialect)).encode()


class InternationalCsv(FrenchCsv):
    title = gettext_noop("CSV, international form (comma, decimal point)")
    dialect = "international"


class Xlsx(ExportFormat):
    title = gettext_noop("XLSX workbook")
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: Dataset, **options: object) -> bytes:
        target = io.BytesIO()
        write_xlsx(target, [Sheet("1", dataset.headers, dataset)])
        return target.getvalue()


class Json(ExportFormat):
    title = gettext_noop("JSON")
    extension = "json"
    content_type = "application/json"

    def export_data(self, dataset: Dataset, **options: object) -> bytes:
        return "".join(json_array(dataset.headers, dataset)).encode()


class Upload(Format):
    """Any of the kinds we read, known by its first characters."""

    def __init__(self, encoding: str | None = None):
        """``encoding`` is given by django-import-export; we take UTF-8 only and say so."""

    def get_title(self) -> str:
        return "CSV, XLSX, JSON"

    def can_import(self) -> bool:
        return True

    def create_dataset(self, content: bytes | None) -> Dataset:
        if content is None:
            raise UploadRefusedError("empty")
        header, rows = read_records(content, name=f"upload.{kind_of(content)}")
        return Dataset(*rows, headers=header)


def kind_of(content: bytes) -> str:
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "xlsx"
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if text.startswith((b"[", b"{")) else "csv"


EXPORT_FORMATS = [FrenchCsv, InternationalCsv, Xlsx, Json]
IMPORT_FORMATS = [Upload]

"""The archive that a workbook is, looked at before anything in it is read."""

import io
import re
import stat
import zipfile

from spreadsheets.bounds import Limits, RefusedError

PARTS = {"xlsx": {"[Content_Types].xml", "xl/workbook.xml"}, "ods": {"mimetype", "content.xml"}}
ARCHIVES = (".zip", ".jar", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".ods", ".7z", ".rar", ".gz", ".bz2", ".xz")
MACROS = re.compile(r"(^|.*/)vbaproject\.bin$|^(basic|scripts)/.", re.IGNORECASE)
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def check_archive(content: bytes, limits: Limits) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError("protected")
    not_this_kind = f"not_{limits.kind}"
    if not content.startswith(b"PK\x03\x04"):
        raise RefusedError(not_this_kind)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError):
        raise RefusedError(not_this_kind) from None
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unzipped:
        raise RefusedError("archive")
    if min(entry.header_offset for entry in entries) != 0 or archive.comment:
        raise RefusedError("archive")  # something else is hidden before or after the workbook
    for entry in entries:
        check_entry(archive, entry, limits)
    if not set(archive.namelist()) >= PARTS[limits.kind]:
        raise RefusedError(not_this_kind)
    check_kind(archive, limits.kind)


def check_kind(archive: zipfile.ZipFile, kind: str) -> None:
    if kind == "xlsx" and b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise RefusedError("macros")
    if kind == "ods" and archive.read("mimetype").strip() != SPREADSHEET:
        raise RefusedError("not_ods")
    manifest = "META-INF/manifest.xml"
    if kind == "ods" and manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise RefusedError("protected")


def check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise RefusedError("protected")
    if entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise RefusedError("archive")
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("archive")
    if MACROS.match(name):
        raise RefusedError("macros")
    with archive.open(entry) as part:
        if name.lower().endswith(ARCHIVES) or part.read(4) == b"PK\x03\x04":
            raise RefusedError("archive")

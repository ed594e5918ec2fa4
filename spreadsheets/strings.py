"""Texts inside a workbook's XML, where _xHHHH_ stands for a character: _x0007_ is a bell, _x005F_ an underscore.

An underscore that only looks like the beginning of one is itself written _x005F_. XlsxWriter does so but for two cases,
which ``written`` gives it as runs of a rich text: a second one that shares its underscore with the first, and a text
that looks like a rich text.
"""

import re
from xml.sax.saxutils import escape

from spreadsheets.cells import neutralise

CODED = re.compile("_x([0-9A-Fa-f]{4})_")
SHARED = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
LOOKS_CODED = re.compile("_?x([0-9A-Fa-f]{4})_?")
KEPT_BY_NOBODY = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BEGINNING = re.compile("(?=_x[0-9A-Fa-f]{4}_)")


def decoded(text: str) -> str:
    """Undo the coding, once, in one piece of text as it stands in the XML."""
    return CODED.sub(lambda match: chr(int(match[1], 16)), text)


def written(text: str) -> str:
    looks_rich = text.startswith("<r>") and text.endswith("</r>")
    if not looks_rich and not SHARED.search(text):
        return text
    return "".join(f'<r><t xml:space="preserve">{escape(run)}</t></r>' for run in BEGINNING.split(text) if run)


def as_kept(text: str) -> str:
    """Return what every spreadsheet keeps of a text: two texts that are the same here may be one, saved and read again.

    LibreOffice ends lines in its own way, drops control characters and some tabs from ODS, and codes only one of two
    underscores that follow each other in XLSX.
    """
    text = neutralise(text).replace("\r\n", "\n").replace("\r", "\n")
    if re.search("_x[0-9A-Fa-f]{4}", text):
        text = LOOKS_CODED.sub(lambda match: chr(int(match[1], 16)), text).replace("_", "")
    return KEPT_BY_NOBODY.sub("", text)

"""Workbooks written row by row and sent as they are written: an archive whose parts leave before the next are known.

Every text is an explicit string: no formula, no link, no guessed number. A workbook to fill in, with its drop-down
lists, is XlsxWriter's, which has all rows on a disk before the first byte leaves (docs/decisions/0003-tables.md).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import chain, islice
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from spreadsheets.cells import Row, Value, neutralise
from spreadsheets.strings import written
from spreadsheets.writers import Sheet

XLSX_ROWS, XLSX_COLUMNS, XLSX_TEXT, XLSX_DIGITS, XLSX_FIRST_YEAR = 1_048_576, 16_384, 32_767, 15, 1901
PIECE = 65_536  # bytes
SEEN_FIRST = 100  # rows, by which a column is known to hold texts alone
LONGEST_PART = 1 << 30  # bytes of a sheet's XML, after which the rows go on in another: an archive has 32 bits for it
WIDTH = 18  # characters
DAY_ZERO = datetime(1899, 12, 30)
HEADER, TEXT, DAY, MOMENT = 1, 2, 3, 4  # of STYLES
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = f"""{PROLOGUE}<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""  # noqa: E501
OPENING = (
    f'{PROLOGUE}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
)
letter = cache(xl_col_to_name)
# Characters that XML can't hold, or changes, and what only looks like the code of one: strings.decoded undoes it.
CODED = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class UnwritableCellError(ValueError):
    """A workbook cannot hold it, and nothing is cut in silence."""


class Outbox:
    """A file that is only written to: what came since it was last emptied."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def emptied(self) -> bytes:
        content, self.pieces, self.size = b"".join(self.pieces), [], 0
        return content


@dataclass(slots=True)
class Part:
    """One sheet of the archive: a table that is too long for one goes on in another."""

    name: str
    width: int
    last: int = 0
    size: int = 0

    @property
    def range(self) -> str:
        return f"$A$1:${letter(max(self.width - 1, 0))}${self.last}"


class Rows:
    """The rest of a table's rows."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rest, self.are_over = iter(rows), False

    def next_ones(self, most: int) -> list[Row]:
        """Return the next rows, which stay in the rest."""
        some = list(islice(self.rest, most))
        self.rest = chain(some, self.rest)
        return some

    def fitting(self, part: Part, longest: int) -> Iterator[Row]:
        for row in self.rest:
            yield row
            if part.last == XLSX_ROWS or part.size >= longest:
                break
        self.are_over = not self.next_ones(1)


def xlsx_pieces(sheets: Sequence[Sheet], *, longest_part: int = LONGEST_PART) -> Iterator[bytes]:
    """Yield a workbook; a row is asked for when what came before it was taken, but for the first hundred of a sheet."""
    outbox, parts = Outbox(), list[Part]()
    with ZipFile(outbox, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # nothing but write is needed
        for sheet in sheets:
            rows, number = Rows(sheet.rows), 1
            while not rows.are_over:
                part = Part(named(sheet.name, number), width(sheet))
                parts.append(part)
                with archive.open(f"xl/worksheets/sheet{len(parts)}.xml", "w") as file:
                    yield outbox.emptied()
                    for line in sheet_lines(sheet, part, rows, longest_part):
                        part.size += file.write(line.encode())
                        if outbox.size >= PIECE:
                            yield outbox.emptied()
                number += 1
        for name, content in frame(parts):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    yield outbox.emptied()


def named(name: str, number: int) -> str:
    return name if number == 1 else f"{name} {number}"


def width(sheet: Sheet) -> int:
    if len(sheet.header) > XLSX_COLUMNS:
        raise UnwritableCellError(f"{sheet.name}: a sheet has at most {XLSX_COLUMNS:,} columns.")
    return len(sheet.header)


def sheet_lines(sheet: Sheet, part: Part, rows: Rows, longest: int) -> Iterator[str]:
    first = rows.next_ones(SEEN_FIRST)
    columns = "".join(column_xml(number, first) for number in range(part.width))
    yield f"{OPENING}<cols>{columns}</cols><sheetData>" if columns else f"{OPENING}<sheetData>"
    titles = [text_xml(title, HEADER, part, column, 1) for column, title in enumerate(sheet.header)]
    part.last = 1
    yield f'<row r="1">{"".join(titles)}</row>'
    for row in rows.fitting(part, longest):
        part.last += 1
        cells = [cell_xml(value, part, column, part.last) for column, value in enumerate(row) if value is not None]
        yield f'<row r="{part.last}">{"".join(cells)}</row>'
    yield f'</sheetData><autoFilter ref="{part.range.replace("$", "")}"/></worksheet>'


def column_xml(number: int, rows: Iterable[Row]) -> str:
    # What is typed below the last row of a column of texts stays text too.
    values = [row[number] for row in rows if number < len(row) and row[number] is not None]
    style = f' style="{TEXT}"' if values and all(isinstance(value, str) for value in values) else ""
    return f'<col min="{number + 1}" max="{number + 1}" width="{WIDTH}" customWidth="1"{style}/>'


def cell_xml(value: Value, part: Part, column: int, row: int) -> str:
    """Yes and no are 1 and 0, as in CSV: some spreadsheets save TRUE as a formula."""
    if isinstance(value, str):
        return text_xml(value, TEXT, part, column, row)
    place = f"{letter(column)}{row}"
    if isinstance(value, (bool, int, Decimal)):
        if has_every_digit(value):
            return f'<c r="{place}"><v>{Decimal(value):.16G}</v></c>'
        return text_xml(f"{value:f}" if isinstance(value, Decimal) else str(value), TEXT, part, column, row)
    if not isinstance(value, date):
        raise TypeError(f"A table has no spelling for {type(value).__name__}.")
    if value.year < XLSX_FIRST_YEAR:
        return text_xml(value.isoformat(), TEXT, part, column, row)
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    since = moment.replace(tzinfo=None) - DAY_ZERO
    days = since.days + since.seconds / 86_400
    return f'<c r="{place}" s="{MOMENT if isinstance(value, datetime) else DAY}"><v>{days:.16G}</v></c>'


def has_every_digit(number: int | Decimal) -> bool:
    """Whether a workbook keeps it whole as a number."""
    if isinstance(number, int):
        return abs(number) < 10**XLSX_DIGITS
    return number.is_finite() and len(number.as_tuple().digits) <= XLSX_DIGITS


def text_xml(text: str, style: int, part: Part, column: int, row: int) -> str:
    text = neutralise(str(text))
    place = f"{letter(column)}{row}"
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    check_length(text, part.name, place)
    coded = escape(CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
    space = ' xml:space="preserve"' if coded[0].isspace() or coded[-1].isspace() else ""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{coded}</t></is></c>'


def frame(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Yield what says which sheets there are, by name in the archive."""
    numbers = range(1, len(parts) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(part.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, part in zip(numbers, parts, strict=True)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">{quoted(part)}</definedName>'
        for place, part in enumerate(parts)
    )
    yield (
        "xl/workbook.xml",
        f'{PROLOGUE}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>",
    )
    targets = [(f"worksheets/sheet{number}.xml", "worksheet") for number in numbers] + [("styles.xml", "styles")]
    yield "xl/_rels/workbook.xml.rels", relations(targets)
    yield "_rels/.rels", relations([("xl/workbook.xml", "officeDocument")])
    yield "xl/styles.xml", STYLES
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    family = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(f'<Override PartName="{name}" ContentType="{family}.{kind}+xml"/>' for name, kind in kinds)
    yield (
        "[Content_Types].xml",
        f'{PROLOGUE}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    )


def quoted(part: Part) -> str:
    return escape("'" + part.name.replace("'", "''") + "'!" + part.range)


def relations(targets: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets, 1)
    )
    return f'{PROLOGUE}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def fitting(text: str, sheet: str, row: int, column: int) -> str:
    """Return the text as XlsxWriter is to be given it; what it would cut is refused."""
    text = neutralise(str(text))
    given = written(text)
    check_length(max(text, given, key=len), sheet, xl_rowcol_to_cell(row, column))
    return given


def check_length(text: str, sheet: str, cell: str) -> None:
    # A workbook counts an emoji as two.
    if len(text) > XLSX_TEXT // 2 and len(text) + sum(character > "\uffff" for character in text) > XLSX_TEXT:
        raise UnwritableCellError(f"{sheet}!{cell}: a cell has at most {XLSX_TEXT:,} characters.")

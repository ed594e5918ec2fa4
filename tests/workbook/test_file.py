"""The workbook itself: drop-downs that offer what may be answered, nothing that runs, every cell that a hand may fill."""

import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from assessment.exchange.workbook import ABOUT, LISTS, WIDTHS, header, sheet_name
from tests.content.material import FULL, questionnaire
from tests.factories import FIXTURES, answer, make_assessment, make_company, make_version
from tests.spreadsheets.corpus import RUNNING
from tests.workbook.books import Book, downloaded, upload

STORABLE = [text for text in RUNNING if "\0" not in text and "\r" not in text and text.strip() == text]


@pytest.fixture
def book(client, db):
    make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")
    return Book(client.get(reverse("questionnaire_xlsx")).content)


def options(book, key):
    """What the drop-down of a cell offers."""
    cell = book.cell(key)
    [validation] = [v for v in cell.parent.data_validations.dataValidation if cell.coordinate in v.sqref]
    sheet, _bang, area = validation.formula1.partition("!")
    return [row[0].value for row in book.workbook[sheet.strip("'")][area]]


def test_there_is_a_row_for_every_question_and_for_every_choice_of_several(book):
    expected = []
    for question in questionnaire(FULL).questions:
        expected.append(question.code)
        if question.kind == "multiple":
            expected += [f"{question.code}/{choice.code}" for choice in question.choices]

    assert list(book.rows) == expected


def test_a_drop_down_offers_every_answer_possible_and_no_other(book):
    question = questionnaire(FULL).question("STR.VIS.1")

    assert options(book, "STR.VIS.1") == [
        *(f"{choice.code} – {choice.text['en']}" for choice in question.choices),
        "I don’t know",
    ]
    assert options(book, "DAT.QLT.2") == ["I don’t know"]
    assert options(book, "DAT.QLT.2/a") == ["yes"]


def test_a_figure_is_held_within_its_bounds(book):
    cell = book.cell("STR.GOV.3")
    [validation] = [v for v in cell.parent.data_validations.dataValidation if cell.coordinate in v.sqref]

    assert validation.formula1.startswith(
        f"OR(AND(ISNUMBER({cell.coordinate}),{cell.coordinate}>=0,{cell.coordinate}<=100),{cell.coordinate}='{LISTS}'!"
    )


def test_only_what_is_to_be_filled_in_is_unlocked(book):
    unlocked = {
        cell.column
        for sheet in book.workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }

    assert unlocked == {5, 6, 7, 8}
    assert all(sheet.protection.sheet for sheet in book.workbook.worksheets if not sheet.title.startswith("_"))


def test_the_sheets_of_the_machinery_are_out_of_sight(book):
    hidden = [sheet.title for sheet in book.workbook.worksheets if sheet.sheet_state == "veryHidden"]

    assert hidden == [LISTS, ABOUT]
    assert len(header()) == len(WIDTHS) == 8


def test_no_cell_is_a_formula_or_a_link(book):
    cells = [cell for sheet in book.workbook.worksheets for row in sheet.iter_rows() for cell in row]

    assert len(cells) > 1000
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink] == []


def test_it_holds_no_macro_and_calls_nobody(client, book):
    with zipfile.ZipFile(io.BytesIO(client.get(reverse("questionnaire_xlsx")).content)) as archive:
        names = archive.namelist()
        parts = b"".join(archive.read(name) for name in names)

    assert [name for name in names if "vba" in name.lower() or "external" in name.lower()] == []
    assert b'TargetMode="External"' not in parts


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_speaks_the_reader_s_language(client, db, language):
    make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")
    with translation.override(language):
        address = reverse("questionnaire_xlsx")

    response = client.get(address, {"sub_sector": "biotech", "size": "small"})

    book = Book(response.content)
    question = questionnaire(FULL).question("STR.VIS.1")
    assert book.cell("STR.VIS.1", "question").value == question.text[language]
    assert book.cell("STR.VIS.1", "help").value == question.help[language]
    assert len([key for key in book.rows if "/" not in key]) == 44
    assert response["Content-Disposition"] == f'attachment; filename="csf-its-{FULL}.xlsx"'


def test_stored_answers_are_shown_where_they_belong(signed_in, person):
    company = make_company(member=person, sub_sector="cdmo", size="small", activities=["manufacturing"])
    assessment = make_assessment(company=company)
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, comment="Seen")
    answer(assessment=assessment, by=person, question="OPS.MES.2", value={"number": "12.5"})
    answer(assessment=assessment, by=person, question="OPS.CYB.1", value={"choices": ["backup", "drill"]})
    answer(
        assessment=assessment,
        by=person,
        question="OPS.CYB.2",
        value={"not_applicable": "No office"},
        state="not_applicable",
    )

    book = downloaded(signed_in, assessment)

    assert book.cell("STR.VIS.1").value == "2 – It has owners and a budget."
    assert book.cell("STR.VIS.1", "comment").value == "Seen"
    assert book.cell("OPS.MES.2").value == 12.5
    assert [book.cell(f"OPS.CYB.1/{code}").value for code in ["backup", "training", "drill"]] == ["yes", None, "yes"]
    assert (book.cell("OPS.CYB.2").value, book.cell("OPS.CYB.2", "reason").value) == ("Not applicable", "No office")


def test_texts_that_spreadsheets_run_go_out_as_text_and_come_back_as_they_were(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    for place in range(0, len(STORABLE), 4):
        codes = ["STR.VIS.1", "STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2"]
        saved = dict(zip(codes, STORABLE[place : place + 4], strict=False))
        revisions = {row.question: row.revision for row in assessment.answers.all()}
        for code, text in saved.items():
            revision = revisions.get(code, 0)
            answer(
                assessment=assessment,
                by=person,
                question=code,
                value={},
                state="empty",
                comment=text,
                revision=revision,
            )

        book = downloaded(signed_in, assessment)
        shown = upload(signed_in, assessment, book.saved()) if place % 24 == 0 else None

        assert {book.cell(code, "comment").data_type for code in saved} == {"s"}
        assert [book.cell(code, "comment").value[0] for code in saved] == ["'"] * len(saved)
        assert shown is None or shown.context["foreseen"].changes == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Strategy", "3 Strategy"),
        ("Trust: security and compliance", "3 Trust security and compliance"),
        ("Research, production, supply chain", "3 Research, production, supply"),
        ("[a]*?/\\:'b'", "3 a b"),
        ("x" * 60, "3"),
        ("", "3"),
    ],
)
def test_a_sheet_has_a_name_that_every_spreadsheet_takes(title, name):
    assert sheet_name(title, 3) == name
    assert len(sheet_name(title, 3)) <= 31


def test_the_express_path_s_workbook_holds_its_questions_alone(signed_in, person):
    version = make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")
    assessment = make_assessment(company=make_company(member=person), version=version, path="express")

    book = downloaded(signed_in, assessment)

    assert len([key for key in book.rows if "/" not in key]) == 15


def test_another_program_opens_it(book):
    again = openpyxl.load_workbook(io.BytesIO(book.saved()))

    assert again.sheetnames == book.workbook.sheetnames

"""What a spreadsheet makes of what is typed into the workbook: read as the person saw it, or pointed out."""

from datetime import datetime, time

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import answer, make_assessment, make_company
from tests.libreoffice import needs_libreoffice, saved_again
from tests.texts import PIECES
from tests.workbook.books import MAKER, Book, agree, downloaded, stored, upload

MADE_A_NUMBER = (
    "Your spreadsheet made a number or a date of this text. Set the format of the cell to Text, then write it again."
)


def fill(book, key, value, column="answer", code="General"):
    book.fill(key, value, column)
    book.cell(key, column).number_format = code


def sent(client, assessment, *cells):
    """The stored answers after these cells are filled in, the workbook sent and agreed to."""
    book = downloaded(client, assessment)
    fill(book, "OPS.MES.1", "1", code="@")
    for cell in cells:
        fill(book, *cell)
    agree(client, assessment, upload(client, assessment, book.saved()))
    return stored(assessment)


def told(client, assessment, *cells):
    book = downloaded(client, assessment)
    for cell in cells:
        fill(book, *cell)
    problems = upload(client, assessment, book.saved()).context["problems"]
    return [(problem.place, problem.message) for problem in problems], book


@pytest.mark.parametrize(
    ("value", "code", "number"),
    [
        (0.8, "0%", "80"),
        (0.125, "0.00%", "12.5"),
        (0.8, "[<1]0%;0", "80"),
        (80, '0" %"', "80"),
        (12.5, "0.0", "12.5"),
        ("80 %", "@", "80"),
        ("12,5 %", "@", "12.5"),
        ("12.5%", "@", "12.5"),
        ("12,5\u00a0%", "@", "12.5"),
        ("12,5\u202f%", "@", "12.5"),
        ("0,125", "@", "0.125"),
    ],
)
def test_a_figure_is_what_the_sheet_shows(signed_in, assessment, value, code, number):
    assert sent(signed_in, assessment, ("OPS.MES.2", value, "answer", code))["OPS.MES.2"][1] == {"number": number}


@pytest.mark.parametrize("typed", ["1 234,5", "1\u00a0234,5", "1\u202f234,5", "1,234.5"])
def test_a_figure_with_its_thousands_apart_is_one(signed_in, assessment, typed):
    problems, book = told(signed_in, assessment, ("OPS.MES.2", typed, "answer", "@"))

    assert problems == [(book.place("OPS.MES.2"), "Give a number from 0 to 100.")]


def test_a_thousand_in_a_workbook_of_the_other_language_is_not_guessed_at(signed_in, assessment):
    with translation.override("fr"):
        content = signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk])).content
    book = Book(content)
    fill(book, "OPS.MES.2", "1,000", "answer", "@")

    problems = upload(signed_in, assessment, book.saved()).context["problems"]

    said = "“1,000” can be read in two ways: write nothing between thousands, as in 1000."
    assert [(problem.place, problem.message) for problem in problems] == [(book.place("OPS.MES.2"), said)]


TEXT_CELLS = [("STR.VIS.1", "comment"), ("STR.VIS.1", "evidence"), ("STR.VIS.1", "reason"), ("STR.VIS.2", "answer")]


def test_what_is_typed_where_texts_go_stays_text(signed_in, assessment):
    book = downloaded(signed_in, assessment)

    assert {book.cell(*cell).number_format for cell in TEXT_CELLS} == {"@"}
    assert book.cell("STR.VIS.1").number_format == "@"  # codes such as 1.10
    assert book.cell("OPS.CYB.1/drill").number_format == "@"
    assert book.cell("OPS.MES.2").number_format == "General"


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (33, "General", "33"),
        (33, "0000", "0033"),
        (0.8, "0%", "80%"),
        (datetime(2026, 3, 12), "dd/mm/yyyy", "12/03/2026"),
        (time(14, 30), "h:mm", "14:30"),
        ("0033", "@", "0033"),
        ("12/03/2026", "@", "12/03/2026"),
        ("14:30", "@", "14:30"),
    ],
)
def test_a_text_is_what_the_sheet_shows(signed_in, assessment, value, code, seen):
    cells = [(key, value, column, code) for key, column in TEXT_CELLS]

    answers = sent(signed_in, assessment, ("STR.VIS.1", "Not applicable"), *cells)

    assert answers["STR.VIS.1"] == ("not_applicable", {"not_applicable": seen}, seen, seen)
    assert answers["STR.VIS.2"][1] == {"text": seen}


@pytest.mark.parametrize("value", [123456789012, True])
@pytest.mark.parametrize(("key", "column"), TEXT_CELLS)
def test_a_text_that_cannot_be_told_any_more_is_pointed_out(signed_in, assessment, key, column, value):
    problems, book = told(signed_in, assessment, ("STR.VIS.1", "Not applicable"), (key, value, column))

    assert (book.place(key, column), MADE_A_NUMBER) in problems


@pytest.mark.parametrize("key", ["STR.VIS.1", "OPS.MES.2", "OPS.CYB.1/drill"])
def test_a_formula_is_named_by_question_and_cell(signed_in, assessment, key):
    book = downloaded(signed_in, assessment)
    book.cell(key).value = "=1+1"

    problems = upload(signed_in, assessment, book.saved()).context["problems"]

    question = key.partition("/")[0]
    said = f"Question {question}: this cell holds a formula. Paste its value instead."
    assert [(problem.place, problem.message) for problem in problems] == [(book.place(key), said)]


@pytest.mark.parametrize(("formula", "ticked"), [("=TRUE()", ["drill"]), ("=FALSE()", None)])
def test_yes_and_no_that_libreoffice_saves_as_formulas(signed_in, assessment, formula, ticked):
    book = downloaded(signed_in, assessment)
    book.cell("OPS.CYB.1/drill").value = formula

    agree(signed_in, assessment, upload(signed_in, assessment, book.saved()))

    assert stored(assessment).get("OPS.CYB.1") == (("answered", {"choices": ticked}, "", "") if ticked else None)


def test_formulas_on_a_sheet_of_one_s_own_are_no_matter(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    book.workbook.create_sheet("Notes")["A1"] = "=1+1"

    assert upload(signed_in, assessment, book.saved()).context["foreseen"].changes == []


# --- Saved again by LibreOffice ---------------------------------------------------------------------------------------


@pytest.fixture
def filled(signed_in, person):
    assessment = make_assessment(company=make_company(member=person, **MAKER))
    give = {
        "STR.VIS.1": ("not_applicable", {"not_applicable": "plan_x2025_v2.xlsx"}),
        "STR.VIS.2": ("answered", {"text": "12/03/2026"}),
        "OPS.MES.1": ("answered", {"choices": ["1"]}),
        "OPS.MES.2": ("answered", {"number": "33.333333333333"}),
        "OPS.CYB.1": ("answered", {"choices": ["backup", "drill"]}),
    }
    for place, (code, (state, value)) in enumerate(give.items()):
        said = {"comment": "".join(PIECES[place::5]), "evidence": PIECES[place]}
        answer(assessment=assessment, by=person, question=code, state=state, value=value, **said)
    return assessment


def foreseen(client, assessment, content, name):
    response = upload(client, assessment, content, name)
    return response.context["foreseen"].changes, response.context["foreseen"].same


@pytest.mark.long
@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "ods"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_saved_again_by_libreoffice_nothing_has_changed(signed_in, filled, tmp_path, language, to):
    with translation.override(language):
        content = signed_in.get(reverse("assessment_workbook_file", args=[filled.pk])).content

    assert foreseen(signed_in, filled, saved_again(content, folder=tmp_path, to=to), f"a.{to}") == ([], 5)


def test_untouched_it_changes_nothing(signed_in, filled):
    content = signed_in.get(reverse("assessment_workbook_file", args=[filled.pk])).content

    assert foreseen(signed_in, filled, content, "a.xlsx") == ([], 5)

"""The report to work on: a Word document with real headings and tables, a workbook whose figures are numbers."""

from datetime import datetime
from io import BytesIO

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from docx.oxml.ns import qn

from assessment.reports.results.page import result_page
from assessment.rules.words import in_language, points
from spreadsheets.cells import neutralise
from tests.factories import NOON, make_company, make_result, make_user
from tests.reports.makers import HOSTILE, full_result, plan_for

KINDS = ["docx", "xlsx"]


@pytest.fixture
def company(person):
    return make_company(member=person, name="Éole & Fils", fictional=True)


@pytest.fixture
def result(company, person):
    return full_result(company=company, by=person, comment="Said between us")


def taken(client, result, kind, query=(), language="en"):
    with translation.override(language):
        address = reverse(f"result_report_{kind}", args=[result.assessment_id, result.number])
    return client.get(address, dict(query))


def document(client, result, **asked):
    return docx.Document(BytesIO(taken(client, result, "docx", **asked).content))


def workbook(client, result, **asked):
    return openpyxl.load_workbook(BytesIO(taken(client, result, "xlsx", **asked).content))


def records(sheet):
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def words_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_takes_it_away_under_the_company_and_the_date(signed_in, result, kind):
    response = taken(signed_in, result, kind)

    date = timezone.localdate(result.submitted_at)
    assert response["Content-Disposition"] == f'attachment; filename="digital-maturity-eole-fils-{date}.{kind}"'
    assert response["Content-Type"].startswith("application/vnd.openxmlformats-officedocument.")


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_else_gets_404(client, result, kind):
    client.force_login(make_user())

    assert taken(client, result, kind).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_six_queries_however_long_the_plan(signed_in, result, django_assert_num_queries, kind, count):
    plan_for(result, count=count)
    taken(signed_in, result, kind)

    with django_assert_num_queries(6):  # session, person, result; targets, plan, result before
        taken(signed_in, result, kind)


# --- Word -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "code"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_the_document_has_a_title_a_language_and_headings_in_order(signed_in, result, language, code):
    made = document(signed_in, result, language=language)

    levels = [int(part.style.name[-1]) for part in made.paragraphs if part.style.name.startswith("Heading")]
    assert made.core_properties.title.endswith(" – Éole & Fils")
    assert made.core_properties.language == code
    assert [part.text for part in made.paragraphs if part.style.name == "Title"] == ["Éole & Fils"]
    assert levels[0] == 1
    assert max(after - before for before, after in zip(levels, levels[1:], strict=False)) == 1


def test_its_figures_are_those_of_the_page(signed_in, result):
    said, page = words_of(document(signed_in, result)), result_page(result)

    assert f"{points(page.overall['score'])} / 100" in said
    table = document(signed_in, result).tables[0]
    rows = [[cell.text for cell in row.cells][:3] for row in table.rows if row.cells[4].text][1:]
    assert rows == [
        [in_language(line.dimension.title), points(line.figures["score"]), points(line.figures["high"])]
        for line in page.dimensions
    ]


def test_every_table_repeats_its_header_and_the_radar_is_told_in_words(signed_in, result):
    plan_for(result)

    made = document(signed_in, result)

    headers = [bool(table.rows[0]._tr.trPr.findall(qn("w:tblHeader"))) for table in made.tables]
    (picture,) = made.element.body.iter(qn("wp:docPr"))
    assert headers == [True] * len(made.tables)
    assert picture.get("descr").startswith("Score of each dimension, from 0 to 100: ")


def test_the_document_of_a_fictional_company_says_so(signed_in, result):
    assert document(signed_in, result).sections[0].header.paragraphs[0].text.startswith("Fictional company")


@pytest.mark.parametrize(("query", "shown"), [({}, False), ({"answers": "no"}, False), ({"comments": "yes"}, True)])
def test_comments_are_in_the_document_only_where_they_are_asked_for(signed_in, result, query, shown):
    assert ("Said between us" in words_of(document(signed_in, result, query=query))) == shown


def test_two_dimensions_make_no_picture(signed_in, company, person):
    assert len(document(signed_in, make_result(company=company, by=person)).inline_shapes) == 0


# --- Excel ------------------------------------------------------------------------------------------------------------


def test_figures_of_the_workbook_are_numbers_and_those_of_the_result(signed_in, result):
    sheets = workbook(signed_in, result)

    (summary,) = records(sheets["Summary"])
    dimensions = {row["dimension"]: row["score"] for row in records(sheets["Dimensions"])}
    assert summary["overall_score"] == float(result.score)
    assert summary["submitted_at"] == datetime(2026, 6, 8, 14, 0)  # noqa: DTZ001 - as a workbook has it, in Paris
    assert dimensions == {code: float(score) for code, score in result.summary["dimensions"].items()}
    assert len(records(sheets["Capabilities"])) == len(result.summary["capabilities"])


def test_the_workbook_has_every_answer_with_its_points(signed_in, result):
    rows = records(workbook(signed_in, result)["Answers"])

    lines = [line for part in result_page(result).dimensions for line in part.questions if line.state != "hidden"]
    assert [(row["question"], row["points"], row["max_points"]) for row in rows] == [
        (line.question.code, line.figures["points"], line.figures["max_points"]) for line in lines
    ]


def test_or_none_where_they_are_left_out(signed_in, result):
    assert workbook(signed_in, result, query={"answers": "no"}).sheetnames == [
        "Summary",
        "Dimensions",
        "Capabilities",
        "Plan",
        "Codebook",
    ]


def test_the_plan_of_the_workbook_has_dates_and_numbers(signed_in, result):
    action = plan_for(result, count=1)[0]

    (row,) = records(workbook(signed_in, result)["Plan"])

    assert (row["action"], row["owner"], row["effort"], row["gain"]) == ("Step 1", "Somebody else", 2, 1.5)
    assert row["due"].date() == action.due


@pytest.mark.parametrize("query", [{}, {"comments": "yes"}])
def test_the_codebook_explains_every_column(signed_in, result, query):
    sheets = workbook(signed_in, result, query=query)

    explained = [(row["sheet"], row["column"]) for row in records(sheets["Codebook"])]
    assert explained == [(sheet.title, cell.value) for sheet in sheets.worksheets[:-1] for cell in sheet[1]]


# --- Whatever is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_company_is_called_stays_text(signed_in, company, person, name):
    type(company).objects.update(name=name)
    result = make_result(company=type(company).objects.get(), by=person, at=NOON)

    made, sheets = document(signed_in, result), workbook(signed_in, result)

    title = next(part.text for part in made.paragraphs if part.style.name == "Title")
    assert title == "".join(letter for letter in name if letter not in "\u202e\u2067\u2069")
    cell = sheets["Summary"]["A2"]
    assert (cell.data_type, cell.value) == ("s", neutralise(name))

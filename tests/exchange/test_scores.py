"""The table of scores, in every form: the same figures, no formula."""

import csv
import inspect
import io
import itertools
import json
from datetime import datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation

from assessment.exchange import scores as scores_module
from assessment.exchange.columns import codebook
from assessment.exchange.formats import Format, explained, plain, scores
from assessment.exchange.scores import ScoreTable
from assessment.models import Assessment, Campaign, Company, Result
from tests.exchange.conftest import submitted
from tests.factories import COMPLETE, DATA, NOON, make_company, make_result, make_version
from tests.spreadsheets.corpus import HARMLESS, RUNNING, SKIPPED, TRIGGERS

pytestmark = pytest.mark.django_db
ODD = [
    *['"', '""', '"=1"', "'\"=1", "\\", "\\n", "%s", "%(x)s", "{0}", "$1", "a\nb", "a\r\nb", "\x01=1", "\x7f=1"],
    *["🏭 usine", "\U000e0001=1", "\u2066=1", "é" * 200, "e\u0301", "ﬁ", "İ", "ß", "\ufffd", "\x1f", "'=", "E'\\x"],
]
HEADER = [
    *["company_id", "company_name", "siren", "fictional", "sub_sector", "size", "region"],
    *["activity_research", "activity_clinical", "activity_manufacturing", "activity_distribution"],
    *["activity_software", "activity_patient_service"],
    *["assessment_id", "result_number", "questionnaire", "version", "checksum", "engine", "campaign", "path"],
    *["started_at", "submitted_at"],
    *["overall_score", "overall_low", "overall_high", "overall_level", "overall_level_by_score", "held_back_by"],
    *["questions_applicable", "questions_answered", "questions_unknown", "questions_not_applicable"],
    *["questions_hidden", "questions_unanswered"],
    *["dimension_STR", "dimension_OPS", "level_STR", "level_OPS"],
    *["capability_STR.VIS", "capability_OPS.MES", "capability_OPS.CYB"],
]
YES_OR_NO = {"fictional", *(name for name in HEADER if name.startswith("activity_"))}


def written(format, results=None):
    table = ScoreTable(Result.objects.all() if results is None else results)
    return b"".join(scores(table, format))


def test_csv_for_a_french_spreadsheet_is_this_to_the_byte(acme, beta):
    checksum = acme.checksum

    assert written(Format.CSV).decode() == (
        "\ufeff" + ";".join(f'"{name}"' for name in HEADER) + "\r\n"
        '"00000000-0000-0000-0000-000000000002";"\'=Beta";"";0;"pharma";"midcap";"FR-ARA";0;0;1;0;0;0;'
        f'"00000000-0000-0000-0000-00000000000c";1;"small";"1";"{checksum}";1;"Printemps";"full";'
        '"2026-06-07 15:00:00";"2026-06-08 15:00:00";58,3;58,3;75,0;2;2;"";5;4;1;0;0;0;'
        "25,0;75,0;1;3;25,0;25,0;100,0\r\n"
        '"00000000-0000-0000-0000-000000000001";"Acme ""Santé""; SA";"732829320";1;"biotech";"small";"FR-IDF";1;0;0;0;1;0;'
        f'"00000000-0000-0000-0000-00000000000b";1;"small";"1";"{checksum}";1;;"full";'
        '"2026-06-07 14:00:00";"2026-06-08 14:00:00";50,0;50,0;50,0;2;2;"";3;3;0;0;2;0;'
        "50,0;50,0;2;2;50,0;;50,0\r\n"
    )


def test_csv_of_the_international_form_is_this_to_the_byte(acme):
    assert written(Format.CSV_INTERNATIONAL).decode() == (
        "\ufeff" + ",".join(f'"{name}"' for name in HEADER) + "\r\n"
        '"00000000-0000-0000-0000-000000000001","Acme ""Santé""; SA","732829320",1,"biotech","small","FR-IDF",1,0,0,0,1,0,'
        f'"00000000-0000-0000-0000-00000000000b",1,"small","1","{acme.checksum}",1,,"full",'
        '"2026-06-07T14:00:00+02:00","2026-06-08T14:00:00+02:00",50.0,50.0,50.0,2,2,"",3,3,0,0,2,0,'
        "50.0,50.0,2,2,50.0,,50.0\r\n"
    )


def test_every_figure_is_the_stored_one(acme, beta):
    [row, _] = list(csv.DictReader(io.StringIO(written(Format.CSV_INTERNATIONAL).decode("utf-8-sig"))))
    trace = beta.trace

    assert (row["overall_score"], row["overall_low"], row["overall_high"]) == ("58.3", "58.3", "75.0")
    assert row["overall_score"] == trace["overall"]["score"] == str(beta.score)
    assert {name: row[f"questions_{name}"] for name in trace["coverage"]} == {
        name: str(number) for name, number in trace["coverage"].items()
    }
    for dimension in trace["dimensions"]:
        assert row[f"dimension_{dimension['code']}"] == dimension["score"]
        assert row[f"level_{dimension['code']}"] == str(dimension["level"])
        for capability in dimension["capabilities"]:
            assert row[f"capability_{capability['code']}"] == capability["score"]


def test_what_holds_a_level_back_is_named(db):
    answers = COMPLETE | {"STR.VIS.1": {"choices": ["1"]}, "OPS.CYB.1": {"choices": ["backup", "drill"]}}
    submitted(company=make_company(), answers=answers)

    [row] = json.loads(written(Format.JSON))

    assert [row[name] for name in ["overall_score", "overall_level", "overall_level_by_score", "held_back_by"]] == [
        *[75.0, 2, 3, "STR"]
    ]


def test_json_has_the_same_rows_as_objects(acme, beta):
    rows = json.loads(written(Format.JSON), parse_float=Decimal)

    assert [list(row) for row in rows] == [HEADER, HEADER]
    assert rows[1]["company_name"] == 'Acme "Santé"; SA'
    assert rows[0]["company_name"] == "=Beta"  # no spreadsheet runs JSON
    assert rows[1]["campaign"] is None
    assert rows[0]["overall_score"] == Decimal("58.3")
    assert (rows[0]["siren"], rows[0]["held_back_by"]) == (None, None)  # nothing is null, also where it is a text


def test_yes_and_no_are_what_the_codebook_says_in_every_form(acme):
    table = ScoreTable(Result.objects.filter(pk=acme.pk))
    yes_or_no = [place for place, column in enumerate(table.columns) if column.kind == "1 or 0"]
    [from_json] = json.loads(written(Format.JSON, Result.objects.filter(pk=acme.pk)))
    sheet = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX)))["Scores"]

    assert [table.columns[place].name for place in yes_or_no] == [name for name in HEADER if name in YES_OR_NO]
    for cells in [list(from_json.values()), [cell.value for cell in sheet[2]], *csv_cells(acme)]:
        assert [str(cells[place]) for place in yes_or_no] == ["1", "1", "0", "0", "0", "1", "0"]


def csv_cells(result):
    for format, separator in [(Format.CSV, ";"), (Format.CSV_INTERNATIONAL, ",")]:
        text = written(format, Result.objects.filter(pk=result.pk)).decode("utf-8-sig")
        yield list(csv.reader(io.StringIO(text), delimiter=separator))[1]


@pytest.mark.parametrize(("number", "hours"), [("2026.10", 1), ("1e3", 2), ("0033", 3)])
def test_a_version_is_text_in_every_form(number, hours, db, tmp_path):
    file = tmp_path / "version.yaml"
    file.write_text((DATA / "small.yaml").read_text().replace('version: "1"', f'version: "{number}"'))
    place = HEADER.index("version")
    result = make_result(version=make_version(file=file, at=NOON + timedelta(hours=hours)))

    [from_json] = json.loads(written(Format.JSON))
    cell = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX)))["Scores"].cell(2, place + 1)

    assert (from_json["version"], cell.value, cell.data_type) == (number, number, "s")
    assert [cells[place] for cells in csv_cells(result)] == [number, number]
    assert [f'"{number}"' in written(format).decode() for format in [Format.CSV, Format.CSV_INTERNATIONAL]] == [
        *[True, True]
    ]


def test_a_workbook_holds_typed_cells_and_explains_its_columns(acme, beta):
    workbook = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX)))

    sheet, codebook = workbook["Scores"], workbook["Codebook"]
    header, first, second = sheet.iter_rows(values_only=True)
    assert list(header) == HEADER
    cells = dict(zip(header, second, strict=True))
    assert cells["company_name"] == 'Acme "Santé"; SA'
    assert cells["siren"] == "732829320"
    assert cells["fictional"] == 1
    assert cells["submitted_at"] == datetime(2026, 6, 8, 14, 0)
    assert (cells["overall_score"], cells["overall_level"], cells["capability_OPS.MES"]) == (50, 2, None)
    assert first[1] == "'=Beta"
    assert [row[0] for row in codebook.iter_rows(min_row=2, values_only=True)] == HEADER


@pytest.mark.parametrize("format", [Format.CSV, Format.CSV_INTERNATIONAL, Format.XLSX])
def test_no_text_of_a_company_or_a_campaign_runs_as_a_formula(format, beta):
    texts = [text for text in RUNNING if "\0" not in text]  # no database stores a NUL
    copy_under_names(beta, texts)

    cells = text_cells(format, written(format))

    assert [cell for cell in cells if runs(cell)] == []
    assert sum(cell.startswith("'") for cell in cells) == 2 * len(texts) + 1  # beta's own name is one


def copy_under_names(result, texts):
    """Copy the result to a company and a campaign of each name."""
    dates = {"opens_on": NOON.date(), "closes_on": NOON.date()}
    titles = [{"title": text, "title_fr": text, "title_en": text} for text in texts]
    campaigns = Campaign.objects.bulk_create([Campaign(version=result.version, **dates, **title) for title in titles])
    profile = {"sub_sector": result.sub_sector, "size": result.size, "region": result.region}
    companies = Company.objects.bulk_create([Company(name=text, **profile) for text in texts])
    assessments = Assessment.objects.bulk_create(
        [
            Assessment(
                company=company, campaign=campaign, version=result.version, status="submitted", submitted_at=NOON
            )
            for company, campaign in zip(companies, campaigns, strict=True)
        ]
    )
    for assessment in assessments:
        copy = Result.objects.get(pk=result.pk)
        copy.pk, copy.assessment, copy.company = None, assessment, assessment.company
        copy.save(force_insert=True)


def text_cells(format, content):
    """Every text as the reading program sees it; a workbook's cells are texts, numbers, dates, yes or no: no formula."""
    if format == Format.XLSX:
        sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
        return [cell.value for cell in cells if cell.data_type == "s"]
    delimiter = ";" if format == Format.CSV else ","
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return list(itertools.chain(*rows))


def runs(text):
    """Whether a spreadsheet could take it for a formula: a trigger is the first character that an eye sees."""
    seen = text.strip("".join(SKIPPED))
    return seen[:1] in TRIGGERS if seen else False


def test_columns_of_an_older_version_come_after_those_of_the_newest(acme, tmp_path):
    file = tmp_path / "second.yaml"
    file.write_text(
        (DATA / "small.yaml").read_text().replace('version: "1"', 'version: "2"').replace("OPS.CYB", "OPS.SEC")
    )
    newest = make_version(file=file, at=NOON + timedelta(days=1))
    answers = {code.replace("OPS.CYB", "OPS.SEC"): value for code, value in COMPLETE.items()}
    result = make_result(version=newest, answers=answers)

    rows = json.loads(written(Format.JSON))[::-1]

    assert [name for name in rows[0] if name.startswith("capability")] == [
        *["capability_STR.VIS", "capability_OPS.MES", "capability_OPS.SEC", "capability_OPS.CYB"]
    ]
    assert [(row["version"], row["capability_OPS.SEC"], row["capability_OPS.CYB"]) for row in rows] == [
        ("1", None, 50.0),
        ("2", float(result.summary["capabilities"]["OPS.SEC"]), None),
    ]


def test_a_dimension_and_a_capability_of_the_same_code_are_two_columns(db, tmp_path):
    file = tmp_path / "same.yaml"
    file.write_text((DATA / "small.yaml").read_text().replace("STR.VIS\n", "STR\n"))

    make_result(version=make_version(file=file))

    [row] = json.loads(written(Format.JSON))
    assert (row["dimension_STR"], row["capability_STR"]) == (50.0, 50.0)


def test_an_empty_table_is_a_header(db):
    lines = written(Format.CSV).decode().split("\r\n")

    assert (lines[0].count(";"), lines[1:]) == (34, [""])
    assert json.loads(written(Format.JSON)) == []


@pytest.mark.parametrize("format", Format)
def test_rows_are_read_when_they_are_asked_for(format, acme, django_assert_num_queries):
    table = ScoreTable(Result.objects.all())

    with django_assert_num_queries(0):
        pieces = scores(table, format)

    assert inspect.getgeneratorstate(pieces) == inspect.GEN_CREATED
    with django_assert_num_queries(1):
        assert len(b"".join(pieces)) > 500


def test_one_row_is_made_at_a_time(acme, beta):
    rows = ScoreTable(Result.objects.all()).rows()

    assert next(rows)[1] == "=Beta"
    assert inspect.getgeneratorstate(rows) == inspect.GEN_SUSPENDED
    assert next(rows)[1] == 'Acme "Santé"; SA'


@pytest.mark.parametrize("number", [1, 3])
def test_three_queries_whatever_the_number(number, db, django_assert_num_queries):
    for _ in range(number):
        make_result()

    with django_assert_num_queries(3):  # versions, campaigns, results
        rows = list(ScoreTable(Result.objects.all()).rows())

    assert len(rows) == number


def test_the_codebook_explains_each_column_in_the_readers_language(acme):
    with translation.override("fr"):
        columns = ScoreTable(Result.objects.all()).columns

    meanings = {column.name: (column.meaning, column.values) for column in columns}
    assert list(meanings) == HEADER
    assert "Stratégie" in meanings["dimension_STR"][0]
    said = meanings["overall_level"][1]
    assert said == "1\N{NO-BREAK SPACE}: 1 = Émergent\N{NO-BREAK SPACE}; 2 = Structuré\N{NO-BREAK SPACE}; 3 = Référent"
    assert all(meaning for meaning, _ in meanings.values())


@pytest.mark.parametrize("format", [Format.CSV, Format.CSV_INTERNATIONAL])
def test_lines_that_the_database_finishes_are_those_of_the_plain_writer(format, acme, beta, tmp_path):
    texts = [text for text in [*RUNNING, *HARMLESS, *ODD] if text and "\0" not in text]
    copy_under_names(beta, texts)
    submitted_in_winter(tmp_path)

    lines = written(format)

    assert lines == b"".join(plain(ScoreTable(Result.objects.all()), format))
    assert lines.count(b"\r\n") >= len(texts) + 4


def submitted_in_winter(folder):
    """Under another version; a dimension holds the level back."""
    file = folder / "winter.yaml"
    file.write_text((DATA / "small.yaml").read_text().replace('version: "1"', 'version: "1e3"'))
    low = {"STR.VIS.1": {"choices": ["1"]}, "OPS.CYB.1": {"choices": ["backup", "drill"]}}
    winter = NOON + timedelta(days=200, microseconds=999_999)
    version = make_version(file=file, at=winter)
    return submitted(company=make_company(name="Delta"), version=version, answers=COMPLETE | low, at=winter)


@pytest.mark.parametrize("format", Format)
def test_a_table_longer_than_a_piece_has_each_row_once(format, acme, beta, monkeypatch):
    monkeypatch.setattr(scores_module, "CHUNK", 2)
    copy_under_names(beta, ["C", "D", "E"])  # all submitted at one moment

    whole = written(format)

    names = ["E", "D", "C", "=Beta", 'Acme "Santé"; SA']
    assert named_in(format, whole) == names
    monkeypatch.setattr(scores_module, "CHUNK", 5)
    assert named_in(format, written(format)) == names


def named_in(format, content):
    if format == Format.JSON:
        return [row["company_name"] for row in json.loads(content)]
    if format == Format.XLSX:
        rows = openpyxl.load_workbook(io.BytesIO(content))["Scores"].iter_rows(min_row=2, values_only=True)
    else:
        separator = ";" if format == Format.CSV else ","
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))[1:]
    return [row[1].removeprefix("'") for row in rows]


def test_header_codebook_and_rows_read_one_list(acme):
    table = ScoreTable(Result.objects.all())
    straight = [table.header, codebook(table.columns)[1], *table.rows()]

    table.columns.reverse()

    assert [table.header, codebook(table.columns)[1], *table.rows()] == [cells[::-1] for cells in straight]


@pytest.mark.parametrize(
    ("format", "first"), [(Format.CSV, '\ufeff"column";"kind"'), (Format.JSON, '[\n{"column":"company_id"')]
)
def test_the_codebook_is_a_file_too(format, first, acme):
    content = b"".join(explained(ScoreTable(Result.objects.all()), format)).decode()

    assert content.startswith(first)


def test_the_codebook_is_a_workbook_too(acme):
    content = b"".join(explained(ScoreTable(Result.objects.all()), Format.XLSX))

    [sheet] = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == HEADER

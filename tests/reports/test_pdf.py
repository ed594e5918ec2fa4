"""The report as a PDF: its figures are the page's, its tags are there, its attachment is the signed file."""

from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains

from assessment.exchange.signed_results import signed_result
from assessment.maturity.signed import read
from assessment.reports.results.page import result_page
from assessment.reports.results.report import report_of
from assessment.reports.results.report_pdf import report_pdf
from assessment.reports.results.report_words import document
from assessment.rules.words import in_language, points
from tests.factories import NOON, make_company, make_result, make_user
from tests.reports.makers import (
    HOSTILE,
    attachments_of,
    full_result,
    plan_for,
    tags_of,
    text_of,
    unknown_everywhere,
)

SCORES_ALONE = {"answers": "no"}


@pytest.fixture
def company(person):
    return make_company(member=person, name="Éole & Fils")


@pytest.fixture
def result(company, person):
    return full_result(company=company, by=person, comment="Said between us")


def address(result, language="en"):
    with translation.override(language):
        return reverse("result_report_pdf", args=[result.assessment_id, result.number])


def made(result, *, with_answers=True, language="en"):
    at = timezone.now()
    with translation.override(language):
        words = document(report_of(result, with_answers=with_answers, with_comments=False, at=at))
        signed = signed_result(result, with_answers=with_answers, at=at)
        return report_pdf(words, signed=signed, name="result.json", at=at), signed


# --- Given to members -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "subject"), [("en", "digital-maturity"), ("fr", "maturite-numerique")])
def test_a_member_takes_it_away_under_the_company_and_the_date(signed_in, result, language, subject):
    response = signed_in.get(address(result, language))

    date = timezone.localdate(result.submitted_at)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{subject}-eole-fils-{date}.pdf"'
    assert response.content.startswith(b"%PDF-1.7")


def test_somebody_else_gets_404(client, result):
    client.force_login(make_user())

    assert client.get(address(result)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_six_queries_however_long_the_plan(signed_in, result, django_assert_num_queries, count):
    plan_for(result, count=count)
    signed_in.get(address(result))

    with django_assert_num_queries(6):  # session, person, result; targets, plan, result before
        signed_in.get(address(result))


# --- What it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_figures_are_those_of_the_page(signed_in, result, language):
    said = text_of(signed_in.get(address(result, language)).content)

    with translation.override(language):
        page = result_page(result)
        assert f"{points(page.overall['score'])}/100" in said
        for line in page.dimensions:
            title = in_language(line.dimension.title)
            figures = " ".join([points(line.figures["score"]), points(line.figures["high"]), "1"])
            assert figures in said, title
            for part in line.capabilities:
                assert points(part.figures["score"]) in said, title
        for step in page.next_steps:
            assert f"+{points(step.figures['gain'])}" in said


def test_every_answer_has_its_points(result):
    said = text_of(made(result)[0])

    lines = [line for part in result_page(result).dimensions for line in part.questions if line.counted]
    figures = Counter(
        f"{line.figures['points']}/{line.figures['max_points']} {line.figures['weight']}" for line in lines
    )
    assert {figure: said.count(f" {figure} ") for figure in figures} == figures


def test_without_answers_none_is_in_the_pages_nor_in_the_attachment(signed_in, result):
    pdf = signed_in.get(address(result), SCORES_ALONE).content

    (attached,) = attachments_of(pdf).values()
    assert "The answers and their points" not in text_of(pdf)
    assert {"profile", "answers"} & set(read(attached)) == set()


@pytest.mark.parametrize(("query", "shown"), [({}, False), (SCORES_ALONE, False), ({"comments": "yes"}, True)])
def test_comments_are_in_it_only_where_they_are_asked_for(signed_in, result, query, shown):
    assert ("Said between us" in text_of(signed_in.get(address(result), query).content)) == shown


def test_the_plan_says_who_when_and_where_it_leads(result):
    plan_for(result)

    said = text_of(made(result)[0])

    assert "Step 1 Somebody else 8 July 2026 2 +1.5" in said
    assert "All of it takes effort 6 and leads from" in said


def test_without_a_plan_none_is_spoken_of(result):
    assert "plan" not in text_of(made(result, with_answers=False)[0]).split("Method and limits")[0]


def test_what_moved_since_last_time_is_said(company, person, result):
    later = full_result(company=company, by=person, at=NOON.replace(month=11), answers=unknown_everywhere())

    said = text_of(made(later)[0])

    assert f"Since 8 June 2026 From {result.score} to 0.0 (−{result.score})." in said


def test_a_company_that_knows_nothing_has_a_report_too(company, person):
    said = text_of(made(full_result(company=company, by=person, answers=unknown_everywhere()))[0])

    assert "0.0/100" in said
    assert "No capability has half of its points yet." in said


def test_two_dimensions_make_no_radar(company, person):
    with pikepdf.open(BytesIO(made(make_result(company=company, by=person))[0])) as document:
        assert "Figure" not in dict(tags_of(document))


def test_a_dimension_that_does_not_concern_the_company_is_a_dash(company, person):
    result = make_result(
        company=company,
        by=person,
        answers={
            "STR.VIS.1": {"not_applicable": "No roadmap is needed here"},
            "OPS.CYB.1": {"choices": ["backup"]},
            "OPS.CYB.2": {"choices": ["1"]},
        },
    )

    said = text_of(made(result)[0])

    assert "Strategy – – 1 –" in said
    assert "Not applicable – No roadmap is needed here" in said


@pytest.mark.parametrize("fictional", [False, True])
def test_a_fictional_company_is_marked_on_every_page(company, result, fictional):
    type(company).objects.update(fictional=fictional)
    result.company.refresh_from_db()

    pdf, _signed = made(result)

    with pikepdf.open(BytesIO(pdf)) as document:
        pages = len(document.pages)
    assert text_of(pdf).count("Fictional company, made for a demonstration") == (pages if fictional else 0)


# --- For everybody and for long ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_tagged_titled_and_made_to_be_archived(result, language):
    pdf, _signed = made(result, language=language)

    with pikepdf.open(BytesIO(pdf)) as document, document.open_metadata() as said:
        tags = list(tags_of(document))
        assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == ("1", "3", "A")
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.docinfo["/Title"]).endswith(" – Éole & Fils")
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert {"Document", "Title", "H1", "H2", "Table", "TR", "TH", "TD", "L", "LI"} <= {role for role, _alt in tags}
        assert len(list(document.open_outline().root)) >= 8


def test_the_radar_is_told_in_words(result):
    with pikepdf.open(BytesIO(made(result)[0])) as document:
        (alternative,) = [alt for role, alt in tags_of(document) if role == "Figure"]

    page = result_page(result)
    said = "; ".join(f"{in_language(line.dimension.title)}: {line.figures['score']}" for line in page.dimensions)
    assert alternative == f"Score of each dimension, from 0 to 100: {said}"


def test_pages_are_numbered_and_none_is_empty(result):
    with pikepdf.open(BytesIO(made(result)[0])) as document:
        count = len(document.pages)

    said = text_of(made(result)[0])

    assert [f"{page}/{count}" in said for page in range(1, count + 1)] == [True] * count


# --- Its attachment ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_answers", [False, True])
def test_the_signed_file_is_attached_to_the_byte_as_its_data(result, with_answers):
    pdf, signed = made(result, with_answers=with_answers)

    assert attachments_of(pdf) == {"result.json": signed}
    with pikepdf.open(BytesIO(pdf)) as document:
        (file,) = document.Root.AF
        assert str(file.AFRelationship) == "/Data"


@pytest.mark.parametrize("query", [{}, SCORES_ALONE])
def test_the_check_page_says_that_it_is_genuine(signed_in, result, query):
    pdf = signed_in.get(address(result), query).content

    response = signed_in.post(reverse("check"), {"file": SimpleUploadedFile("report.pdf", pdf)})

    assertContains(response, '<h2 id="verdict-title">Genuine</h2>', html=True)


# --- Whatever is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_company_is_called_stays_text(company, person, name):
    type(company).objects.update(name=name)
    result = make_result(company=type(company).objects.get(), by=person)

    pdf, signed = made(result)

    assert attachments_of(pdf) == {"result.json": signed}


def test_markup_is_written_as_it_is(company, person):
    type(company).objects.update(name='#eval("1+1") *b* $x$')
    result = make_result(company=type(company).objects.get(), by=person)

    assert '#eval("1+1") *b* $x$' in text_of(made(result)[0])


def test_endless_words_break_within_the_page(signed_in, company, person):
    result = full_result(company=company, by=person, comment="w" * 10_000)
    pdf = signed_in.get(address(result), {"comments": "yes"}).content

    assert text_of(pdf).replace(" ", "").count("w" * 40) > 0
    assert len(pdf) < 5_000_000

"""Every file in French: the questionnaire to print and to fill in, scores and what their columns mean, feed, records."""

import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from assessment.exchange.columns import codebook
from assessment.exchange.formats import Format, explained, scores
from assessment.exchange.scores import ScoreTable
from assessment.forms.preview import PreviewForm
from assessment.models import Result
from assessment.reports.questionnaire.pdf import document
from assessment.reports.questionnaire.preview import preview
from assessment.reports.questionnaire.typical import EXAMPLES
from tests.content.material import FULL
from tests.factories import FIXTURES, answer, make_assessment, make_company, make_result, make_staff, make_version
from tests.language.reading import faults
from tests.usecases.makers import make_published

pytestmark = pytest.mark.django_db
# The questionnaire’s own words have their tests in tests/content; names of columns are for programs.
COLUMN = re.compile(r"\b[a-z]+(?:_[\w.]+)+\b")


@pytest.fixture(autouse=True)
def in_french():
    with translation.override("fr"):
        yield


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in strings(part))


def wrong(texts, *, own=()):
    """What is wrong in each line that is not one of the company’s or the questionnaire’s own."""
    lines = {line for text in texts for line in str(text).splitlines()} - set(own)
    return {line: faults(COLUMN.sub("…", line)) for line in lines if faults(COLUMN.sub("…", line))}


def cells(content):
    """Every text of a workbook that is seen, drop-downs and their words to who chooses wrongly among them."""
    for sheet in load_workbook(io.BytesIO(content)):
        if sheet.sheet_state == "visible":
            yield sheet.title
            yield from (cell.value for row in sheet for cell in row if isinstance(cell.value, str))
        for rule in sheet.data_validations.dataValidation:
            yield from filter(None, [rule.error, rule.errorTitle, rule.prompt, rule.promptTitle])


@pytest.mark.parametrize("express", [{}, {"express": "on"}])
@pytest.mark.parametrize("example", [None, *EXAMPLES])
def test_the_questionnaire_to_print(example, express):
    version = make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")
    chosen = dict(zip(["sub_sector", "size"], example, strict=True)) if example else {}
    form = PreviewForm(chosen | express)

    printed = document(preview(version, profile=form.profile, express=form.express_only), labels=form.labels)

    assert printed["language"] == "fr"
    assert wrong(text for name, text in entries(printed) if name != "language") == {}


def entries(value):
    return [(name, text) for name, part in value.items() for text in strings(part)]


def test_the_questionnaire_to_fill_in(client):
    make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")

    assert wrong(cells(client.get(reverse("questionnaire_xlsx")).content)) == {}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_workbook_of_an_assessment(signed_in, person, number):
    assessment = make_assessment(
        company=make_company(member=person, name="Éole Énergie"),
        version=make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml"),
    )
    for question in ["STR.VIS.1", "STR.VIS.2"][:number]:
        answer(assessment=assessment, by=person, question=question, value={"choices": ["1"]})

    content = signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk])).content

    assert wrong(cells(content)) == {}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_scores_and_what_their_columns_mean(number):
    make_version()
    for place in range(number):
        make_result(company=make_company(name=["Orthomed", "Éole"][place]))
    table = ScoreTable(Result.objects.all())

    content = b"".join(scores(table, Format.XLSX))
    header, rows = codebook(table.columns)

    assert wrong(cells(content)) == {}
    assert wrong([*header, *(text for row in rows for text in row[1:])]) == {}
    assert json.loads(b"".join(explained(table, Format.JSON)))[0].keys() == set(header)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_feed(client, number):
    for place in range(number):
        company = make_company(name=["Orthomed", "Éole Énergie"][place])
        make_published(company=company, scope={"company_name": True}, title_fr="Atelier sans papier")

    feed = ET.fromstring(client.get("/fr/use-cases/feed.atom").content)  # noqa: S314 (ours)

    assert (
        wrong(
            text
            for part in feed.iter()
            if part.text and "T" not in part.text and "://" not in part.text
            for text in [part.text]
        )
        == {}
    )


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_loop_in_figures(client, number):
    for _ in range(number):
        make_published()
    client.force_login(make_staff(group="reviewer", email="root@csf.example"))

    lines = client.get(reverse("admin:assessment_usecase_funnel_csv")).getvalue().decode("utf-8-sig")

    assert wrong(lines.replace('"', "").split(";")) == {}

"""One result in the admin: all of it, to read; and each reading is written down."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects
from structlog.testing import capture_logs

from assessment.models import AccessedResult, StaffAccess
from assessment.models.compiled import compiled
from tests.exchange.conftest import submitted
from tests.factories import FIXTURES, make_company, make_result, make_staff, make_version

pytestmark = pytest.mark.django_db


def page_of(result):
    return f"/en/admin/assessment/result/{result.pk}/change/"


@pytest.fixture
def result(db):
    """A plant: a number, several choices, something unknown, something not applicable, a text."""
    company = make_company(name="Acme <SA>", siren="732829320", activities=["manufacturing", "research"])
    answers = {
        "STR.VIS.1": {"not_applicable": "Run by the group"},
        "STR.VIS.2": {"text": "The batch record"},
        "OPS.MES.1": {"choices": ["1"]},
        "OPS.MES.2": {"number": "12.5"},
        "OPS.CYB.1": {"unknown": True},
        "OPS.CYB.2": {"choices": ["1"]},
    }
    return submitted(company=company, answers=answers)


def test_it_shows_the_company_as_it_was(desk, result):
    type(result.company).objects.update(sub_sector="pharma", activities=[])

    response = desk.get(page_of(result))

    for term, description in [
        ("Company", "Acme &lt;SA&gt;"),
        ("SIREN", "732829320"),
        ("Sub-sector", "Biotechnology"),
        ("Size", "Small: 10 to 49 people"),
        ("Region", "Île-de-France"),
        ("Activities", "Research, Manufacturing"),
    ]:
        assertContains(response, f"<dt>{term}</dt><dd>{description}</dd>", count=1)


def test_it_shows_the_score_with_what_is_made_of_it(desk, result):
    response = desk.get(page_of(result))

    overall = result.trace["overall"]
    for term, description in [
        ("Overall score", f"<strong>{overall['score']}</strong>"),
        ("Between", f"{overall['low']} and {overall['high']}"),
        ("Level", "1 Emerging"),
        ("Level by score alone", "1 Emerging"),
        ("Held back by", "–"),
        ("Checksum of the version", f"<code>{result.checksum}</code>"),
        ("Fingerprint of the answers", f"<code>{result.answers_sha256}</code>"),
        ("Engine", "1"),
        ("Path", "full"),
        ("Campaign", "–"),
        ("Version of the questionnaire", "small 1"),
    ]:
        assertContains(response, f"<dt>{term}</dt><dd>{description}</dd>", count=1, html=False)


def test_it_shows_every_answer_with_what_it_brought(desk, result):
    response = desk.get(page_of(result))

    rows = {row.question.code: row for part in response.context["page"].dimensions for row in part.questions}
    assert list(rows) == ["STR.VIS.1", "STR.VIS.2", "OPS.MES.1", "OPS.MES.2", "OPS.CYB.1", "OPS.CYB.2"]
    for text in ["Run by the group", "The batch record", "Electronically for some products.", "12.5 % of batches"]:
        assertContains(response, f"<p>{text}</p>", count=1)
    assertContains(response, "<td>“I don’t know”</td>", count=1)
    assertContains(response, '<td class="number">1 / 2</td>', count=1)
    for row in rows.values():
        assertContains(response, row.question.text["en"], count=1)


def test_it_shows_comments_and_evidence(desk, db):
    said = {"comment": "See\nthe plan <draft>", "evidence": "Minutes of 3 May"}
    result = submitted(company=make_company(), said=said)

    response = desk.get(page_of(result))

    assertContains(response, "See<br>the plan &lt;draft&gt;", count=1)
    assertContains(response, "Minutes of 3 May", count=1)


def test_it_draws_the_radar_of_eight_dimensions(desk, db):
    version = make_version(file=FIXTURES / "questionnaire-2026.0.yaml")
    answers = {question.code: simplest(question) for question in compiled(version).questions}

    response = desk.get(page_of(make_result(version=version, answers=answers)))

    assertContains(response, 'role="img" aria-label="Score of each dimension, from 0 to 100"', count=1)
    assertContains(response, '<circle class="radar-point"', count=8)


def simplest(question):
    return {"number": str(question.minimum)} if question.kind == "number" else {"choices": [question.choices[0].code]}


def test_each_reading_is_written_down(desk, reviewer, result, django_capture_on_commit_callbacks):
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        desk.get(page_of(result))
        desk.get(page_of(result))

    accesses = StaffAccess.objects.all()
    assert [(access.kind, access.by, list(access.results.all())) for access in accesses] == [
        ("view", reviewer, [result]),
        ("view", reviewer, [result]),
    ]
    said = [(line["event"], line["by"], line["result"]) for line in logs if line["event"] == "result_opened"]
    assert said == [("result_opened", reviewer.pk, result.pk)] * 2


@pytest.mark.parametrize(
    ("group", "status"), [("reader", 403), ("editor", 403), ("reviewer", 200), ("administrator", 200)]
)
def test_who_may_read_it(group, status, client, result):
    client.force_login(make_staff(group=group))

    assert client.get(page_of(result)).status_code == status
    assert StaffAccess.objects.count() == (1 if status == 200 else 0)


def test_a_company_has_no_way_in(signed_in, result):
    response = signed_in.get(page_of(result))

    assertRedirects(response, f"/en/admin/login/?next={page_of(result)}", fetch_redirect_response=False)
    assert StaffAccess.objects.count() == 0


@pytest.mark.parametrize("group", ["reviewer", "administrator"])
def test_nobody_adds_changes_or_deletes_one(group, client, result):
    client.force_login(make_staff(group=group))

    refused = [
        client.get(reverse("admin:assessment_result_add")),
        client.post(page_of(result), {"score": "100.0"}),
        client.post(reverse("admin:assessment_result_delete", args=[result.pk]), {"post": "yes"}),
        client.post(
            reverse("admin:assessment_result_changelist"),
            {"action": "delete_selected", "_selected_action": [result.pk]},
        ),
    ]

    assert [response.status_code for response in refused[:3]] == [403, 403, 403]
    result.refresh_from_db()
    assert AccessedResult.objects.count() == 0


def test_an_unknown_one_leads_back(desk, db):
    response = desk.get("/en/admin/assessment/result/999/change/")

    assertRedirects(response, "/en/admin/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_queries_however_many_there_are(number, desk, django_assert_num_queries):
    results = [make_result() for _ in range(number)]
    desk.get(page_of(results[0]))

    # session, user, own permissions and the groups', the result; the access and its result within a savepoint
    with django_assert_num_queries(9):
        desk.get(page_of(results[0]))

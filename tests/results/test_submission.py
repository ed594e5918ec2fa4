"""Submission: once, whole, and checkable afterwards."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.results import IncompleteError, submit
from assessment.maturity.conditions import Profile
from assessment.maturity.file import format as questionnaire_format
from assessment.maturity.scoring import Answer, score
from assessment.models import Assessment, NodeScore, Result
from assessment.rules.verification import verify_all
from tests.factories import COMPLETE, DATA, NOON, answer, make_assessment, make_company, make_result, make_user
from tests.faults import assert_whole


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person)


def test_a_result_stores_what_the_engine_gives_for_the_same_file_and_answers(result):
    questionnaire = questionnaire_format.load((DATA / "small.yaml").read_text())
    profile = Profile("biotech", "small", frozenset(["research"]))

    expected = score(
        questionnaire, profile, {code: Answer.from_json(value) for code, value in COMPLETE.items()}
    ).to_json()

    result.refresh_from_db()
    assert result.trace == expected
    assert str(result.score) == expected["overall"]["score"]


def test_a_result_has_a_score_row_for_each_dimension_and_capability(result):
    rows = [(row.kind, row.code, str(row.score)) for row in NodeScore.objects.filter(result=result)]

    assert rows == [
        ("dimension", "STR", "50.0"),
        ("capability", "STR.VIS", "50.0"),
        ("dimension", "OPS", "50.0"),
        ("capability", "OPS.MES", "None"),
        ("capability", "OPS.CYB", "50.0"),
    ]


def test_submission_says_who_and_when(result, person):
    assessment = result.assessment
    assessment.refresh_from_db()

    assert (assessment.status, assessment.submitted_at, assessment.submitted_by) == ("submitted", NOON, person)


def test_submitting_twice_gives_the_first_result(result, person):
    again = submit(assessment=result.assessment, by=person)

    assert again == result
    assert Result.objects.count() == 1


def test_an_incomplete_assessment_is_not_submitted(person):
    assessment = make_assessment(company=make_company(member=person))

    with pytest.raises(IncompleteError):
        submit(assessment=assessment, by=person)

    assert Assessment.objects.get().status == "open"


def test_a_draft_does_not_count_as_an_answer(person):
    assessment = make_assessment(company=make_company(member=person))
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"draft": {}}, state="draft", revision=1)

    with pytest.raises(IncompleteError):
        submit(assessment=assessment, by=person)


def test_the_profile_is_kept_as_it_was(result):
    result.company.size = "large"
    result.company.save()
    result.refresh_from_db()

    assert result.profile == {"sub_sector": "biotech", "size": "small", "activities": ["research"]}


@pytest.fixture
def complete(person):
    assessment = make_assessment(company=make_company(member=person))
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    return assessment


def stored():
    return Assessment.objects.get().status, Result.objects.count(), NodeScore.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_fault_at_any_statement_of_submit_leaves_nothing_half_done(complete, person):
    after = assert_whole(lambda: submit(assessment=complete, by=person), stored)

    assert after == ("submitted", 1, 5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "postgresql", reason="there its lock asks for a transaction")
def test_submitting_without_its_transaction_would_be_caught(complete, person):
    with pytest.raises(AssertionError, match="half done"):
        assert_whole(lambda: submit.__wrapped__(assessment=complete, by=person), stored)


# --- What was stored stays -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessment_result SET score = 99",
        "UPDATE assessment_result SET summary = '{}'",
        "UPDATE assessment_result SET answers = '{}'",
        "DELETE FROM assessment_result",
        "UPDATE assessment_nodescore SET score = 99",
        "DELETE FROM assessment_nodescore",
    ],
)
def test_a_stored_result_cannot_be_changed_by_sql(result, statement):
    message = "A stored result cannot be changed"

    with pytest.raises(DatabaseError, match=message), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_deleting_the_account_that_submitted_keeps_the_result(result, person):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assessment_result SET submitted_by_id = NULL")

    result.refresh_from_db()
    assert result.submitted_by is None


# --- verify_scores ---------------------------------------------------------------------------------------------------------


def without_triggers(*statements):
    """Change rows as somebody with the database's own rights would, triggers switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for statement in [*statements, *(sql for _name, sql in triggers)]:
            cursor.execute(statement)


def test_verify_scores_finds_no_difference_in_what_submit_stores(result):
    out = StringIO()

    call_command("verify_scores", stdout=out)

    assert out.getvalue() == "1 results checked, 0 differences\n"


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("UPDATE assessment_result SET low = 40", "low is 40.0, computed 50.0"),
        ("UPDATE assessment_result SET level = 3", "level is 3, computed 2"),
        (
            "UPDATE assessment_nodescore SET score = 99 WHERE code = 'STR'",
            "the score stored for STR is not what the stored answers give",
        ),
        (
            "DELETE FROM assessment_nodescore WHERE code = 'OPS'",
            "the score stored for OPS is not what the stored answers give",
        ),
        (
            "UPDATE assessment_answer SET state = 'unknown' WHERE question = 'STR.VIS.1'",
            "the assessment's answers are no longer those that were submitted",
        ),
        (
            "UPDATE assessment_result SET answers_sha256 = 'sha256:0'",
            "the stored answers do not match their fingerprint",
        ),
    ],
)
def test_verify_scores_names_what_was_changed_behind_the_triggers(result, statement, difference):
    without_triggers(statement)

    [(_found, differences)] = verify_all()

    assert differences == [difference]


def test_verify_scores_ends_with_status_1_where_anything_differs(result):
    without_triggers("UPDATE assessment_result SET low = 40")

    with pytest.raises(CommandError) as error:
        call_command("verify_scores", stdout=StringIO(), stderr=StringIO())

    assert error.value.returncode == 1


# --- The pages ---------------------------------------------------------------------------------------------------------------


def test_the_confirmed_submission_leads_to_the_result(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)

    response = signed_in.post(reverse("assessment_submit", args=[assessment.pk]))

    assertRedirects(response, reverse("result", args=[assessment.pk, 1]) + "?sent=yes")
    page = signed_in.get(response.url)
    assertContains(page, "Sent: your result is stored")
    assertContains(page, reverse("result_share", args=[assessment.pk, 1]))
    assertNotContains(signed_in.get(reverse("result", args=[assessment.pk, 1])), "Sent: your result is stored")


def test_a_second_click_on_submit_finds_the_first_result(signed_in, result):
    response = signed_in.post(reverse("assessment_submit", args=[result.assessment_id]))

    assertRedirects(response, result.get_absolute_url())
    assert Result.objects.count() == 1


def receipt(response):
    """Number, time and fingerprint of the answers, as the page shows them."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode().partition('class="facts receipt"')[2])
    number = re.search(r"Number\s+(\S+)", text)[1]
    return (
        number,
        re.search(r"Submitted on\s+(.+?) –", text)[1],
        re.search(r"sha256:\w{64}", text.partition("Finger")[2])[0],
    )


def test_the_receipt_is_the_same_after_submitting_twice_going_back_and_in_a_second_tab(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    url, second_tab = reverse("assessment_submit", args=[assessment.pk]), Client()
    second_tab.force_login(person)
    for client in [signed_in, second_tab]:
        assert client.get(url).status_code == 200

    pages = [
        signed_in.post(url, follow=True),
        signed_in.post(url, follow=True),
        signed_in.get(url, follow=True),
        second_tab.post(url, follow=True),
        second_tab.get(assessment.get_absolute_url(), follow=True),
    ]

    stored = Result.objects.get()
    said = date_format(timezone.localtime(stored.submitted_at), "DATETIME_FORMAT")
    assert [receipt(page) for page in pages] == [(f"{assessment.pk}/1", said, stored.answers_sha256)] * 5


def test_submitting_too_early_leads_back_to_what_is_missing(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))

    response = signed_in.post(reverse("assessment_submit", args=[assessment.pk]))

    assertRedirects(response, reverse("assessment_review", args=[assessment.pk]))


def test_the_result_page_shows_the_stored_figures_and_where_they_come_from(signed_in, result):
    page = signed_in.get(result.get_absolute_url()).context["page"]

    shares = {line.question.code: line.figures["share"] for part in page.dimensions for line in part.questions}
    assert page.overall["score"] == "50.0"
    assert shares == {
        "STR.VIS.1": "1/6",
        "STR.VIS.2": None,
        "OPS.MES.1": None,
        "OPS.MES.2": None,
        "OPS.CYB.1": "1/3",
        "OPS.CYB.2": "0/1",
    }


def test_the_result_is_read_in_the_other_model_by_the_plain_mean_of_its_capabilities(signed_in, result):
    [reading] = signed_in.get(result.get_absolute_url()).context["readings"]

    assert [(line.dimension.code, line.figure) for line in reading.lines] == [("strategy", "50.0")]


def test_the_proof_can_be_scored_again_by_anyone(signed_in, result, tmp_path):
    proof = json.loads(signed_in.get(reverse("result_proof", args=[result.assessment_id, 1])).content)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"profile": proof["profile"], "answers": proof["answers"]}))
    out = StringIO()

    call_command("score_answers", str(DATA / "small.yaml"), str(answers), stdout=out)

    assert json.loads(out.getvalue()) == proof["result"]


def test_a_result_in_french_has_its_own_words_and_commas(signed_in, result):
    url = result.get_absolute_url().replace("/en/", "/fr/")

    content = signed_in.get(url).content.decode()

    assert "Comment les dossiers" not in content
    assert '<span class="score-value">50,0</span>' in content


def test_an_old_number_of_a_result_that_does_not_exist_is_404(signed_in, result):
    assert signed_in.get(reverse("result", args=[result.assessment_id, 9])).status_code == 404


def test_staff_have_no_door_to_a_result_through_the_companys_pages(client, result):
    client.force_login(make_user(is_staff=True))

    assert client.get(result.get_absolute_url()).status_code == 404

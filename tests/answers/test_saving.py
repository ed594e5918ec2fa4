"""Saving one answer, and a whole page: what is stored, what is refused, and that nothing is lost on the way."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.answers import ConflictError, NothingPublishedError, start_assessment
from assessment.actions.errors import ClosedError
from assessment.models import Answer, AnswerChange, Assessment
from tests.factories import (
    answer,
    make_assessment,
    make_colleague,
    make_company,
    make_result,
    make_version,
)


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def post(client, assessment, code, **fields):
    url = reverse("assessment_answer", args=[assessment.pk, code])
    return client.post(url, {f"{code}-{name}": value for name, value in fields.items()})


def stored(code):
    row = Answer.objects.get(question=code)
    return row.state, row.value


@pytest.mark.parametrize(
    ("code", "fields", "expected"),
    [
        ("STR.VIS.1", {"pick": "choice.2"}, ("answered", {"choices": ["2"]})),
        ("STR.VIS.1", {"pick": "unknown"}, ("unknown", {"unknown": True})),
        (
            "STR.VIS.1",
            {"pick": "not_applicable", "reason": "no plan"},
            ("not_applicable", {"not_applicable": "no plan"}),
        ),
        ("STR.VIS.2", {"typed": "Our notebook"}, ("answered", {"text": "Our notebook"})),
        ("OPS.CYB.1", {"pick": ["choice.backup", "choice.drill"]}, ("answered", {"choices": ["backup", "drill"]})),
        ("OPS.CYB.1", {"pick": "choice.none"}, ("answered", {"choices": ["none"]})),
        ("OPS.MES.2", {"typed": "12,50"}, ("answered", {"number": "12.5"})),
        ("OPS.MES.2", {"typed": " 1 0 "}, ("answered", {"number": "10"})),
        ("OPS.MES.2", {"typed": "100"}, ("answered", {"number": "100"})),
        ("OPS.MES.2", {"pick": "unknown"}, ("unknown", {"unknown": True})),
        ("STR.VIS.1", {}, ("empty", {})),
    ],
)
def test_what_is_typed_is_stored_in_the_form_of_the_answers_file(signed_in, assessment, code, fields, expected):
    response = post(signed_in, assessment, code, **fields)

    assert (response.status_code, response["X-Revision"]) == (200, "1")
    assert stored(code) == expected


@pytest.mark.parametrize(
    ("code", "fields", "message"),
    [
        ("STR.VIS.1", {"pick": "not_applicable", "reason": " "}, "Say in a few words why this is not applicable."),
        ("STR.VIS.1", {"pick": ["choice.1", "choice.2"]}, "Choose one answer only."),
        ("STR.VIS.1", {"pick": ["choice.1", "unknown"]}, "one of them only"),
        ("OPS.CYB.1", {"pick": ["choice.none", "choice.drill"]}, "One of these answers can’t be chosen with another"),
        ("OPS.MES.2", {"typed": "many"}, "Write a number in digits, such as 12 or 12.5."),
        ("OPS.MES.2", {"typed": "NaN"}, "Write a number in digits, such as 12 or 12.5."),
        ("OPS.MES.2", {"typed": "1e309"}, "Write a number in digits, such as 12 or 12.5."),
        ("OPS.MES.2", {"typed": "０１"}, "Write a number in digits, such as 12 or 12.5."),
        ("OPS.MES.2", {"typed": "9" * 18}, "Write a shorter number"),
        ("OPS.MES.2", {"typed": "101"}, "Give a number from 0 to 100."),
        ("OPS.MES.2", {"typed": "-1"}, "Give a number from 0 to 100."),
    ],
)
def test_what_is_incomplete_or_wrong_is_kept_as_a_draft_that_says_what_to_do(
    signed_in, assessment, code, fields, message
):
    response = post(signed_in, assessment, code, **fields)

    assertContains(response, message)
    assertContains(response, ", but not as an answer: see the message under the question</p>")  # what the bar says
    assertNotContains(response, "Saved at")
    state, value = stored(code)
    pick = fields.get("pick", [])
    assert state == "draft"
    assert value["draft"] == {
        "pick": [pick] if isinstance(pick, str) else pick,
        "typed": fields.get("typed", ""),
        "reason": fields.get("reason", ""),
    }


def test_a_draft_is_shown_again_as_it_was_typed(signed_in, assessment):
    post(signed_in, assessment, "STR.VIS.1", pick="not_applicable", reason="")

    response = signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "STR"]))

    form = response.context["sections"][0].asked[0].form
    assert form.shown["pick"] == ["not_applicable"]
    assert [str(problem) for problem in form.problems] == ["Say in a few words why this is not applicable."]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("STR.VIS.1", {"pick": "choice.7"}),
        ("STR.VIS.1", {"pick": "0"}),
        ("OPS.CYB.2", {"pick": "unknown"}),
        ("STR.VIS.2", {"typed": "x" * 5001}),
        ("STR.VIS.2", {"typed": "a\0b"}),
        ("STR.VIS.2", {"typed": "ok", "comment": "y" * 5001}),
        ("STR.VIS.1", {"pick": "choice.1", "request": "not-a-uuid"}),
        ("STR.VIS.1", {"pick": "choice.1", "revision": "-1"}),
    ],
)
def test_what_no_page_of_ours_can_post_is_refused_and_nothing_is_stored(signed_in, assessment, code, fields):
    response = post(signed_in, assessment, code, **fields)

    assertContains(response, "Not saved.", status_code=422)
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("text", ["é" * 5000, "e\u0301", "🧬 \u202eright to left", "\ufeffmark", "a\u200db"])
def test_a_text_is_stored_character_for_character(signed_in, assessment, text):
    post(signed_in, assessment, "STR.VIS.2", typed=text)

    assert stored("STR.VIS.2") == ("answered", {"text": text})


def test_a_comment_and_the_evidence_are_kept_with_the_answer(signed_in, assessment):
    post(signed_in, assessment, "STR.VIS.1", pick="choice.2", comment="since May", evidence="roadmap.pdf")

    row = Answer.objects.get()

    assert (row.comment, row.evidence) == ("since May", "roadmap.pdf")


def test_saving_costs_one_query_beside_those_of_the_session(signed_in, assessment, django_assert_num_queries):
    post(signed_in, assessment, "STR.VIS.1", pick="choice.1")

    with django_assert_num_queries(3):  # session, person, the answer; one less where the session brings its person
        post(signed_in, assessment, "STR.VIS.1", pick="choice.2", revision=1)


def test_every_value_stays_in_the_history(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=1)

    history = AnswerChange.objects.filter(assessment=assessment).values_list("revision", "value")

    assert list(history) == [(1, {"choices": ["1"]}), (2, {"choices": ["2"]})]


def test_saving_an_answer_confirms_it(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    Answer.objects.update(to_confirm=True)

    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=1)

    assert Answer.objects.get().to_confirm is False


def test_one_person_in_two_tabs_never_conflicts_with_themselves(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})

    revision = answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=0)

    assert revision == 2


def test_a_colleagues_newer_answer_is_not_overwritten(person, assessment):
    colleague = make_colleague(of=assessment)
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["1"]})

    with pytest.raises(ConflictError) as conflict:
        answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=0)

    assert conflict.value.current.saved_by == colleague
    assert stored("STR.VIS.1") == ("answered", {"choices": ["1"]})


def test_a_conflict_shows_the_other_answer_and_offers_both(signed_in, assessment):
    colleague = make_colleague(of=assessment, name="Grace")
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["1"]})

    response = post(signed_in, assessment, "STR.VIS.1", pick="choice.2", revision=0)

    assertContains(response, "Grace answered this question", status_code=409)
    assertContains(response, "It is written down.", status_code=409)
    assert response.has_header("X-Revision") is False


def test_an_answer_after_submission_is_refused(signed_in, person):
    result = make_result(company=make_company(member=person), by=person)

    response = post(signed_in, result.assessment, "STR.VIS.1", pick="choice.0", revision=1)

    assert response.status_code == 410
    with pytest.raises(ClosedError):
        answer(assessment=result.assessment, by=person, question="STR.VIS.1", value={"choices": ["0"]}, revision=1)


def test_without_a_session_the_save_says_so_instead_of_showing_a_sign_in_page(client, assessment):
    assert post(client, assessment, "STR.VIS.1", pick="choice.1").status_code == 401


def test_an_unknown_question_is_404(signed_in, assessment):
    assert post(signed_in, assessment, "NO.SUCH", pick="choice.1").status_code == 404


# --- A whole page, without JavaScript ----------------------------------------------------------------------------------


def post_page(client, assessment, code, fields):
    return client.post(reverse("assessment_dimension", args=[assessment.pk, code]), fields)


def test_a_page_saves_all_its_answers_and_goes_on(signed_in, assessment):
    fields = {
        "OPS.CYB.1-pick": ["choice.backup"],
        "OPS.CYB.1-revision": "0",
        "OPS.CYB.2-pick": "choice.1",
        "OPS.CYB.2-revision": "0",
        "next": "1",
    }

    response = post_page(signed_in, assessment, "OPS", fields)

    assertRedirects(response, reverse("assessment_review", args=[assessment.pk]))
    assert stored("OPS.CYB.1") == ("answered", {"choices": ["backup"]})
    assert stored("OPS.CYB.2") == ("answered", {"choices": ["1"]})


def test_a_page_leaves_what_did_not_change_at_its_revision(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="OPS.CYB.1", value={"choices": ["backup"]})

    post_page(signed_in, assessment, "OPS", {"OPS.CYB.1-pick": "choice.backup", "OPS.CYB.1-revision": "1"})

    assert Answer.objects.get().revision == 1


def test_a_page_with_a_problem_comes_back_with_a_summary_and_all_that_was_typed(signed_in, assessment):
    fields = {
        "STR.VIS.1-pick": "not_applicable",
        "STR.VIS.1-reason": "",
        "STR.VIS.1-comment": "to discuss",
        "STR.VIS.1-revision": "0",
        "STR.VIS.2-typed": "Our notebook",
        "STR.VIS.2-revision": "0",
    }

    response = post_page(signed_in, assessment, "STR", fields)

    assertContains(response, 'id="error-summary"')
    assertContains(response, "to discuss")
    assert stored("STR.VIS.1")[0] == "draft"
    assert stored("STR.VIS.2") == ("answered", {"text": "Our notebook"})


def test_a_page_with_input_that_cannot_be_stored_saves_nothing_and_shows_it_again(signed_in, assessment):
    fields = {
        "STR.VIS.1-pick": "choice.1",
        "STR.VIS.1-revision": "0",
        "STR.VIS.2-typed": "x" * 5001,
        "STR.VIS.2-revision": "0",
    }

    response = post_page(signed_in, assessment, "STR", fields)

    assertContains(response, "x" * 5001, status_code=422)
    assert Answer.objects.count() == 0


def test_a_page_in_conflict_saves_nothing(signed_in, assessment):
    colleague = make_colleague(of=assessment)
    answer(assessment=assessment, by=colleague, question="STR.VIS.2", value={"text": "theirs"})
    fields = {
        "STR.VIS.1-pick": "choice.1",
        "STR.VIS.1-revision": "0",
        "STR.VIS.2-typed": "mine",
        "STR.VIS.2-revision": "0",
    }

    response = post_page(signed_in, assessment, "STR", fields)

    assert response.status_code == 409
    assertContains(response, "mine", status_code=409)
    assert Answer.objects.filter(question="STR.VIS.1").count() == 0


def test_the_clear_button_empties_the_answer_and_keeps_its_comment(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]}, comment="kept")
    fields = {
        "STR.VIS.1-pick": "choice.1",
        "STR.VIS.1-comment": "kept",
        "STR.VIS.1-revision": "1",
        "clear": "STR.VIS.1",
    }

    post_page(signed_in, assessment, "STR", fields)

    row = Answer.objects.get()
    assert (row.state, row.comment) == ("empty", "kept")


# --- Starting ------------------------------------------------------------------------------------------------------------


def test_starting_twice_resumes_the_same_assessment(person):
    company = make_company(member=person)
    make_version()

    first = start_assessment(company=company, by=person)
    again = start_assessment(company=company, by=person)

    assert first == again


def test_nothing_starts_before_a_questionnaire_is_published(person):
    with pytest.raises(NothingPublishedError):
        start_assessment(company=make_company(member=person), by=person)


def test_the_start_page_says_so_when_no_questionnaire_is_published(signed_in, person):
    company = make_company(member=person)

    response = signed_in.get(reverse("assessment_start", args=[company.pk]))

    assertContains(response, "The questionnaire is being prepared", status_code=503)


def test_the_start_page_starts(signed_in, person):
    company = make_company(member=person)
    make_version()

    response = signed_in.post(reverse("assessment_start", args=[company.pk]), {"path": "full"})

    resumed = reverse("assessment_resume", args=[Assessment.objects.get().pk])
    assertRedirects(response, resumed, target_status_code=302)


# --- The database has the last word ----------------------------------------------------------------------------------------


def refused(statement, *parameters):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return str(error.value)


def test_an_answer_cannot_change_without_its_revision(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})

    assert "together with its revision" in refused("UPDATE assessment_answer SET comment = 'x'")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE assessment_answer SET comment = 'x', revision = revision + 1", "DELETE FROM assessment_answer"],
)
def test_answers_of_a_submitted_assessment_cannot_be_changed_by_sql(person, statement):
    make_result(company=make_company(member=person), by=person)

    assert "submitted assessment cannot be changed" in refused(statement)


def test_the_history_cannot_be_changed_by_sql(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})

    assert "history of an answer" in refused("UPDATE assessment_answerchange SET comment = 'x'")
    assert "history of an answer" in refused("DELETE FROM assessment_answerchange")

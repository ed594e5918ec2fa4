"""The history of an answer: every value in words, newest first, readable by the company alone; one can be used again."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.carrying import start_from
from assessment.actions.moves import move
from assessment.models import Answer, AnswerChange
from tests.factories import (
    NOON,
    answer,
    make_assessment,
    make_colleague,
    make_company,
    make_membership,
    make_result,
    make_user,
)
from tests.moves.makers import make_second


@pytest.fixture
def own(person):
    return make_assessment(company=make_company(member=person, activities=["manufacturing"]))


def page(assessment, code="STR.VIS.1"):
    return reverse("answer_history", args=[assessment.pk, code])


def give(assessment, by, *values, question="STR.VIS.1"):
    """Save them one after the other: choices by their code, anything else as it is."""
    for revision, value in enumerate(values):
        state, stored = ("answered", {"choices": [value]}) if isinstance(value, str) else value
        answer(assessment=assessment, by=by, question=question, value=stored, state=state, revision=revision)


def use_again(client, assessment, again, revision, *, code="STR.VIS.1", request=None):
    fields = {"again": again, "revision": revision, "request": request or uuid.uuid4()}
    return client.post(page(assessment, code), fields)


def stored(code="STR.VIS.1"):
    row = Answer.objects.get(question=code)
    return row.state, row.value, row.revision


def test_every_value_is_there_in_words_newest_first(signed_in, person, own):
    draft = {"draft": {"pick": ["choice.3", "not_applicable"], "typed": "", "reason": "we are small"}}
    give(
        own,
        person,
        "1",
        ("unknown", {"unknown": True}),
        ("not_applicable", {"not_applicable": "No plan"}),
        ("draft", draft),
        ("empty", {}),
    )

    response = signed_in.get(page(own))

    content = response.content.decode()
    words = [
        "no answer",
        "It is reviewed every year against figures. ",
        "we are small",
        "Not applicable – No plan",
        "I don’t know",
        "It is written down.",
    ]
    places = [content.index(text) for text in words]
    assert places == sorted(places)
    assert [entry.change.revision for entry in response.context["entries"]] == [5, 4, 3, 2, 1]


def test_a_figure_has_its_unit_and_a_draft_is_as_it_was_typed(signed_in, person, own):
    draft = {"draft": {"pick": ["unknown"], "typed": "about ten", "reason": ""}}
    give(own, person, ("answered", {"number": "12.5"}), ("draft", draft), question="OPS.MES.2")

    response = signed_in.get(page(own, "OPS.MES.2"))

    assertContains(response, "12.5 % of batches")
    assertContains(response, "about ten I don’t know")


def test_each_value_has_its_author_and_time_its_comment_and_evidence(signed_in, own):
    colleague = make_colleague(of=own, name="Grace")
    answer(
        assessment=own,
        by=colleague,
        question="STR.VIS.1",
        value={"choices": ["1"]},
        comment="since <May>",
        evidence="The plan",
    )

    response = signed_in.get(page(own))

    for text in ["Grace", "since &lt;May&gt;", "The plan", '<time datetime="20']:
        assertContains(response, text)


def test_the_values_come_by_25_a_page(signed_in, person, own):
    give(own, person, *(["1", "2"] * 13))

    first, second = signed_in.get(page(own)), signed_in.get(page(own) + "?page=2")

    assert [len(response.context["entries"]) for response in (first, second)] == [25, 1]
    assertContains(first, "?page=2")


@pytest.mark.parametrize("change_count", [1, 3])
def test_the_page_costs_seven_queries(signed_in, person, own, django_assert_num_queries, change_count):
    give(own, person, *["1", "2", "3"][:change_count])
    signed_in.get(page(own))

    # session, user, assessment with its company and version, moves, the answer, its values counted, its values
    with django_assert_num_queries(7):
        response = signed_in.get(page(own))

    assert len(response.context["entries"]) == change_count


def test_a_question_never_answered_says_so(signed_in, own):
    assertContains(signed_in.get(page(own)), "Nothing has been saved yet.")


def test_an_unknown_question_is_404(signed_in, own):
    assert signed_in.get(page(own, "NONE")).status_code == 404


def test_the_dimension_leads_to_the_history_of_what_was_saved(signed_in, person, own):
    give(own, person, "1")

    response = signed_in.get(reverse("assessment_dimension", args=[own.pk, "STR"]))

    assertContains(response, f'href="{page(own)}"')
    assertNotContains(response, f'hidden href="{page(own)}"')
    assertContains(response, f'hidden href="{page(own, "STR.VIS.2")}"')


def test_someone_else_gets_404(client, person, own):
    give(own, person, "1", "2")
    client.force_login(make_user())

    assert client.get(page(own)).status_code == use_again(client, own, 1, 2).status_code == 404
    assert stored() == ("answered", {"choices": ["2"]}, 2)


def test_a_reader_reads_and_changes_nothing(client, person, own):
    give(own, person, "1", "2")
    reader = make_user()
    make_membership(company=own.company, user=reader, role="reader")
    client.force_login(reader)

    assertNotContains(client.get(page(own)), "Use this value again")
    assert use_again(client, own, 1, 2).status_code == 403


# --- Using an earlier value again --------------------------------------------------------------------------------------


def test_an_earlier_value_is_saved_again_whole(signed_in, person, own):
    answer(assessment=own, by=person, question="STR.VIS.1", value={"choices": ["1"]}, comment="first", evidence="plan")
    answer(assessment=own, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=1)

    response = use_again(signed_in, own, 1, 2)

    row = Answer.objects.get()
    assertRedirects(response, page(own))
    assert (row.value, row.comment, row.evidence, row.revision) == ({"choices": ["1"]}, "first", "plan", 3)


def test_pressing_twice_saves_once(signed_in, person, own):
    give(own, person, "1", "2")
    request = uuid.uuid4()

    for _ in range(2):
        response = use_again(signed_in, own, 1, 2, request=request)

    assert response.status_code == 302
    assert AnswerChange.objects.count() == 3


def test_a_colleagues_newer_value_is_not_replaced(signed_in, person, own):
    give(own, person, "1", "2")
    colleague = make_colleague(of=own, name="Grace")
    answer(assessment=own, by=colleague, question="STR.VIS.1", value={"choices": ["3"]}, revision=2)

    response = use_again(signed_in, own, 1, 2)

    assertContains(response, "Grace saved another answer meanwhile", status_code=409)
    assertContains(response, "<title>Error: ", status_code=409)
    assert stored() == ("answered", {"choices": ["3"]}, 3)


def test_the_value_that_stands_is_not_offered_again(signed_in, person, own):
    give(own, person, "1", "2", "1")

    entries = signed_in.get(page(own)).context["entries"]

    assert [(entry.change.revision, entry.again) for entry in entries] == [(3, False), (2, True), (1, False)]


@pytest.mark.parametrize(("again", "status"), [(9, 404), ("x", 422), ("", 422)])
def test_a_value_that_never_was_is_not_used(signed_in, person, own, again, status):
    give(own, person, "1", "2")

    assert use_again(signed_in, own, again, 2).status_code == status


def test_nothing_is_brought_back_after_submission(signed_in, person):
    result = make_result(company=make_company(member=person), by=person)

    assertNotContains(signed_in.get(page(result.assessment)), "Use this value again")
    assert use_again(signed_in, result.assessment, 1, 1).status_code == 403


# --- Across versions ---------------------------------------------------------------------------------------------------


def test_a_value_is_shown_in_the_words_of_its_time_and_says_what_the_move_did(signed_in, assessment, person):
    move(assessment=assessment, to=make_second(), by=person)

    response = signed_in.get(page(assessment, "OPS.CYB.2"))

    entries = response.context["entries"]
    assert [(entry.moved_to, entry.again) for entry in entries] == [("2", False), ("", False)]
    assertContains(response, "A named person.")
    assertContains(response, "moving to version 2")
    assert use_again(signed_in, assessment, 1, 2, code="OPS.CYB.2").status_code == 422


def test_the_history_of_a_question_that_is_gone_stays_readable(signed_in, assessment, person):
    move(assessment=assessment, to=make_second(), by=person)

    response = signed_in.get(page(assessment, "STR.VIS.2"))

    assertContains(response, "Our notebook")
    assertContains(response, "This question is no longer asked.")
    assertNotContains(response, "Use this value again")


def test_a_value_comes_back_only_to_a_question_of_the_same_kind(signed_in, assessment, person):
    draft = {"draft": {"pick": [], "typed": "", "reason": "x"}}
    for code in ["STR.VIS.1", "OPS.MES.1"]:
        answer(assessment=assessment, by=person, question=code, value=draft, state="draft", revision=1)
        answer(assessment=assessment, by=person, question=code, value={"choices": ["2"]}, revision=2)
    move(assessment=assessment, to=make_second(), by=person)

    again = {
        code: [entry.again for entry in signed_in.get(page(assessment, code)).context["entries"]]
        for code in ["STR.VIS.1", "OPS.MES.1"]
    }

    assert again == {"STR.VIS.1": [False, False, True, True], "OPS.MES.1": [False, False, False, False]}


def test_what_was_carried_over_says_so(signed_in, person):
    result = make_result(company=make_company(member=person), by=person)
    carried = start_from(result=result, version=result.version, by=person, at=NOON + timedelta(days=9))

    assertContains(signed_in.get(page(carried)), "starting from the earlier answers")

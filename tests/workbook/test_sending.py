"""Sending a workbook: what it would change is shown first, then stored whole or not at all, never over a colleague's."""

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.results import submit
from assessment.models import AnswerChange
from tests.factories import (
    COMPLETE,
    answer,
    make_assessment,
    make_company,
)
from tests.workbook.books import MAKER, Book, agree, codes, downloaded, stored, upload


def test_nothing_is_stored_before_the_person_agrees(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")

    shown = upload(signed_in, assessment, book.saved())

    assert stored(assessment) == {}
    assert codes(shown.context["foreseen"].safe) == ["STR.VIS.1"]
    assertContains(shown, "1 answer to save")
    assertContains(shown, "It has owners and a budget.")


def test_agreeing_stores_every_answer_and_says_how_many(signed_in, person, assessment):
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")
    book.fill("OPS.MES.1", "1 – Electronically for some products.")
    book.fill("OPS.MES.2", 12.5)
    book.fill("OPS.CYB.1/backup", "yes")
    book.fill("OPS.CYB.1/drill", "x")
    book.fill("STR.VIS.2", "The new LIMS")
    book.fill("STR.VIS.2", "Ask Ada", "comment")

    response = agree(signed_in, assessment, upload(signed_in, assessment, book.saved()))

    assertRedirects(response, assessment.get_absolute_url(), fetch_redirect_response=False)
    assertContains(signed_in.get(assessment.get_absolute_url()), "5 answers were saved.")
    assert stored(assessment) == {
        "STR.VIS.1": ("answered", {"choices": ["2"]}, "", ""),
        "STR.VIS.2": ("answered", {"text": "The new LIMS"}, "Ask Ada", ""),
        "OPS.MES.1": ("answered", {"choices": ["1"]}, "", ""),
        "OPS.MES.2": ("answered", {"number": "12.5"}, "", ""),
        "OPS.CYB.1": ("answered", {"choices": ["backup", "drill"]}, "", ""),
    }
    assert {row.saved_by for row in assessment.answers.all()} == {person}


def test_agreeing_twice_changes_nothing_twice(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")
    shown = upload(signed_in, assessment, book.saved())

    agree(signed_in, assessment, shown)
    again = agree(signed_in, assessment, shown)

    assertRedirects(again, assessment.get_absolute_url())
    assert AnswerChange.objects.filter(assessment=assessment).count() == 1


def test_an_emptied_cell_empties_the_answer(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]}, comment="Seen")
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", None)

    shown = upload(signed_in, assessment, book.saved())
    agree(signed_in, assessment, shown)

    assert stored(assessment) == {"STR.VIS.1": ("empty", {}, "Seen", "")}


def test_what_the_workbook_did_not_touch_stays_as_a_colleague_changed_it(signed_in, person, assessment, colleague):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})
    book = downloaded(signed_in, assessment)
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["3"]}, revision=1)
    book.fill("OPS.CYB.2", "1")

    shown = upload(signed_in, assessment, book.saved())
    agree(signed_in, assessment, shown)

    assert codes(shown.context["foreseen"].changes) == ["OPS.CYB.2"]
    assert stored(assessment)["STR.VIS.1"][1] == {"choices": ["3"]}


@pytest.mark.parametrize(("taken", "kept"), [([], {"choices": ["3"]}), (["STR.VIS.1"], {"choices": ["2"]})])
def test_where_both_changed_the_person_chooses(signed_in, person, assessment, colleague, taken, kept):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})
    book = downloaded(signed_in, assessment)
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["3"]}, revision=1)
    book.fill("STR.VIS.1", "2")

    shown = upload(signed_in, assessment, book.saved())
    agree(signed_in, assessment, shown, take=taken)

    [conflict] = shown.context["foreseen"].conflicts
    assert (conflict.question.code, conflict.mine) == ("STR.VIS.1", False)
    assertContains(shown, "Grace")
    assert stored(assessment)["STR.VIS.1"][1] == kept


def test_one_s_own_later_answer_is_ticked_to_be_replaced(signed_in, person, assessment):
    book = downloaded(signed_in, assessment)
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["1"]})
    book.fill("STR.VIS.1", "2")

    shown = upload(signed_in, assessment, book.saved())

    assertContains(shown, '<input type="checkbox" name="take" value="STR.VIS.1" checked>', html=True)


def test_a_workbook_downloaded_without_an_assessment_adds_and_never_replaces_unasked(signed_in, assessment, colleague):
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["1"]})
    answer(assessment=assessment, by=colleague, question="OPS.CYB.2", value={"choices": ["0"]})
    book = Book(signed_in.get(reverse("questionnaire_xlsx")).content)
    book.fill("STR.VIS.1", "2")
    book.fill("OPS.MES.1", "0")

    shown = upload(signed_in, assessment, book.saved())

    assert codes(shown.context["foreseen"].safe) == ["OPS.MES.1"]
    assert codes(shown.context["foreseen"].conflicts) == ["STR.VIS.1"]


def test_a_workbook_of_another_assessment_is_taken_as_one_of_none(signed_in, person, assessment):
    earlier = make_assessment(company=make_company(member=person, name="Other", **MAKER))
    answer(assessment=earlier, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    book = downloaded(signed_in, earlier)

    shown = upload(signed_in, assessment, book.saved())
    agree(signed_in, assessment, shown)

    assert stored(assessment) == {"STR.VIS.1": ("answered", {"choices": ["2"]}, "", "")}


def test_answers_that_do_not_concern_the_company_are_left_out_and_said(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    book = Book(signed_in.get(reverse("questionnaire_xlsx")).content)
    book.fill("OPS.MES.1", "0")
    book.fill("STR.VIS.1", "2")

    shown = upload(signed_in, assessment, book.saved())
    agree(signed_in, assessment, shown)

    assertContains(shown, "1 answer is left out: the question does not concern your company.")
    assert list(stored(assessment)) == ["STR.VIS.1"]


def test_a_draft_is_not_emptied_by_a_workbook_that_cannot_show_it(signed_in, person, assessment):
    draft = {"draft": {"pick": [], "typed": "about half", "reason": ""}}
    answer(assessment=assessment, by=person, question="OPS.MES.2", value=draft, state="draft")
    book = downloaded(signed_in, assessment)

    shown = upload(signed_in, assessment, book.saved())

    assert shown.context["foreseen"].changes == []


def test_an_answer_saved_between_look_and_agreement_is_shown_again(signed_in, assessment, colleague):
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")
    book.fill("OPS.CYB.2", "1")
    shown = upload(signed_in, assessment, book.saved())
    answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["3"]})

    response = agree(signed_in, assessment, shown)

    assert response.status_code == 409
    assertContains(response, "Nothing was changed: answers were saved on the site meanwhile.", status_code=409)
    assert codes(response.context["foreseen"].conflicts) == ["STR.VIS.1"]
    assert stored(assessment) == {"STR.VIS.1": ("answered", {"choices": ["3"]}, "", "")}


def test_a_submission_between_look_and_agreement_changes_nothing(signed_in, person, assessment):
    answers = COMPLETE | {"OPS.MES.1": {"choices": ["0"]}}
    for question, value in answers.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "0")
    shown = upload(signed_in, assessment, book.saved())
    submit(assessment=assessment, by=person)

    response = agree(signed_in, assessment, shown)

    assert response.status_code == 403
    assert stored(assessment)["STR.VIS.1"][1] == COMPLETE["STR.VIS.1"]


def just_before_saving(action):
    """Do something in the moment between the last look and the first statement that saves."""
    waiting = [action]

    def wrapper(execute, sql, params, many, context):
        if waiting and "INSERT INTO assessment_answer" in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def test_a_colleague_who_saves_at_the_same_moment_is_not_overwritten(signed_in, assessment, colleague):
    book = downloaded(signed_in, assessment)
    book.fill("OPS.MES.1", "0")
    book.fill("STR.VIS.1", "2")
    shown = upload(signed_in, assessment, book.saved())

    def save():
        answer(assessment=assessment, by=colleague, question="STR.VIS.1", value={"choices": ["3"]})

    with just_before_saving(save):
        response = agree(signed_in, assessment, shown)

    assert response.status_code == 409
    assert [row.saved_by for row in assessment.answers.all()] in ([], [colleague])


def test_a_submission_at_the_same_moment_is_not_altered(signed_in, person, assessment):
    for question, value in (COMPLETE | {"OPS.MES.1": {"choices": ["0"]}}).items():
        answer(assessment=assessment, by=person, question=question, value=value)
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "0")
    shown = upload(signed_in, assessment, book.saved())

    with just_before_saving(lambda: submit(assessment=assessment, by=person)):
        response = agree(signed_in, assessment, shown)

    assertRedirects(response, assessment.get_absolute_url(), fetch_redirect_response=False)
    assert stored(assessment)["STR.VIS.1"][1] == COMPLETE["STR.VIS.1"]


BAD_CELLS = [
    ("STR.VIS.1", "answer", "Maybe", "Choose one of the answers in the drop-down list."),
    ("STR.VIS.1", "answer", "7", "Choose one of the answers in the drop-down list."),
    ("STR.VIS.1", "answer", True, "Choose one of the answers in the drop-down list."),
    ("STR.VIS.1", "answer", "Not applicable", "Say in a few words why this is not applicable."),
    ("STR.VIS.1", "reason", "Because", "Empty this cell, or answer “Not applicable”."),
    ("STR.VIS.1", "comment", "x" * 5001, "Shorten this text: at most 5000 characters."),
    ("OPS.MES.2", "answer", 101, "Give a number from 0 to 100."),
    ("OPS.MES.2", "answer", "half", "Write a number in digits, such as 12 or 12.5."),
    ("OPS.CYB.1/drill", "answer", "perhaps", "Write “yes” where it applies; leave the cell empty elsewhere."),
    ("OPS.CYB.2", "answer", "I don’t know", "“I don’t know” is not possible here: give an answer."),
]


@pytest.mark.parametrize(("key", "column", "value", "message"), BAD_CELLS)
def test_a_bad_cell_is_named_by_sheet_and_cell_with_what_to_do(signed_in, assessment, key, column, value, message):
    book = downloaded(signed_in, assessment)
    book.fill(key, value, column)
    book.fill("OPS.MES.1", "0")

    response = upload(signed_in, assessment, book.saved())

    place = book.place(key, "answer" if "why this is not" in message else column)
    assert [(problem.place, problem.message) for problem in response.context["problems"]] == [(place, message)]
    assert stored(assessment) == {}
    assertContains(response, "<title>Error: ")
    assertContains(response, "1 cell can’t be read: its question stays as it is on the site.")


def test_good_rows_are_taken_and_a_bad_one_leaves_what_the_site_has(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="OPS.MES.2", value={"number": "40"})
    book = downloaded(signed_in, assessment)
    for key, value in [("OPS.MES.2", 101), ("OPS.MES.1", "1"), ("STR.VIS.1", "2")]:
        book.fill(key, value)

    shown = upload(signed_in, assessment, book.saved())
    agree(signed_in, assessment, shown)

    assert codes(shown.context["foreseen"].safe) == ["STR.VIS.1", "OPS.MES.1"]
    assert {code: value for code, (_state, value, *_notes) in stored(assessment).items()} == {
        "OPS.MES.2": {"number": "40"},
        "OPS.MES.1": {"choices": ["1"]},
        "STR.VIS.1": {"choices": ["2"]},
    }


def test_where_nothing_can_be_read_nothing_is_offered(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    book.fill("OPS.MES.2", 101)

    response = upload(signed_in, assessment, book.saved())

    assertContains(response, "Nothing was changed", status_code=422)
    assertContains(response, "What share of batches is released without paper?", status_code=422)


def test_what_would_change_stands_by_dimension(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    for key, value in [("OPS.MES.1", "1"), ("STR.VIS.1", "2"), ("STR.VIS.2", "LIMS")]:
        book.fill(key, value)

    html = upload(signed_in, assessment, book.saved()).content.decode()

    assert [part.split("</summary>")[0].split(">")[-2:] for part in html.split("<summary>")[1:]] == [
        ["2</span", ""],
        ["1</span", ""],
    ]


def test_it_is_named_after_company_and_year(signed_in, assessment):
    response = signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk]))

    year = assessment.started_at.year
    assert response["Content-Disposition"] == f'attachment; filename="acme-{year}.xlsx"'


def test_every_bad_cell_is_named_at_once(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    for key, value in [("STR.VIS.1", "?"), ("OPS.MES.1", "?"), ("OPS.CYB.1/none", "?")]:
        book.fill(key, value)

    problems = upload(signed_in, assessment, book.saved()).context["problems"]

    assert [problem.place for problem in problems] == [
        book.place("STR.VIS.1"),
        book.place("OPS.MES.1"),
        book.place("OPS.CYB.1/none"),
    ]


def test_choices_that_exclude_each_other_are_refused(signed_in, assessment):
    book = downloaded(signed_in, assessment)
    book.fill("OPS.CYB.1/none", "yes")
    book.fill("OPS.CYB.1/backup", "yes")

    [problem] = upload(signed_in, assessment, book.saved()).context["problems"]

    assert problem.place == book.place("OPS.CYB.1")
    assert problem.message.startswith("One of these answers can’t be chosen with another")

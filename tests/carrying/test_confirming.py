"""What was carried over waits until somebody says that it still holds: each is a recorded answer, and can be undone."""

import re
import uuid

import pytest
from django.db import transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.answers import ConflictError
from assessment.actions.carrying import confirm_answers, start_from, take_back
from assessment.actions.errors import ClosedError
from assessment.actions.results import IncompleteError, submit
from assessment.models import AnswerChange, Company
from tests.carrying.makers import GIVEN, left, page, rows
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

BATCH = uuid.UUID(int=1)


def test_each_page_counts_what_is_to_confirm(signed_in, carried):
    overview = signed_in.get(carried.get_absolute_url())
    dimension = signed_in.get(page("assessment_dimension", carried, "STR"))

    assertContains(overview, "4 answers to confirm")
    assertContains(dimension, "They all still hold")
    assert dimension.context["unconfirmed"] == ["STR.VIS.1", "STR.VIS.2"]
    assert left(signed_in, carried) == ["STR.VIS.1", "STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2"]


def test_nothing_is_submitted_while_an_answer_is_to_confirm(signed_in, carried, person):
    with pytest.raises(IncompleteError):
        submit(assessment=carried, by=person)

    response = signed_in.post(page("assessment_submit", carried))
    assertRedirects(response, page("assessment_review", carried))
    assertRedirects(signed_in.get(page("assessment_submit", carried)), page("assessment_review", carried))


def test_confirming_is_saving_the_same_value_under_ones_name(carried):
    grace = make_user(name="Grace")

    assert confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=grace, at=NOON) == 4

    changes = AnswerChange.objects.filter(assessment=carried, revision=2)
    assert {change.question: (change.value, change.saved_by, change.saved_at) for change in changes} == {
        code: (value, grace, NOON) for code, value in GIVEN.items()
    }
    assert rows(carried) == {code: (value, False) for code, value in GIVEN.items()}


def test_what_is_confirmed_is_submitted_with_the_same_score(carried, person):
    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=person)

    assert submit(assessment=carried, by=person).score == carried.carried_from.score


def test_a_colleague_with_the_page_open_meets_the_confirmation(carried, person):
    grace = make_colleague(of=carried)
    confirm_answers(assessment=carried, revisions={"STR.VIS.1": 1}, by=person)

    with pytest.raises(ConflictError) as conflict:
        answer(assessment=carried, by=grace, question="STR.VIS.1", value={"choices": ["1"]}, revision=1)

    assert conflict.value.current.saved_by == person


@pytest.mark.parametrize("count", [1, 4])
def test_confirming_costs_three_queries(carried, person, django_assert_num_queries, count):
    revisions = dict.fromkeys(list(GIVEN)[:count], 1)

    with (
        transaction.atomic(),
        django_assert_num_queries(5),
    ):  # the assessment, its answers, all written; a savepoint and its end
        confirm_answers(assessment=carried, revisions=revisions, by=person)


# --- Taking it back ----------------------------------------------------------------------------------------------------


def test_a_confirmation_is_taken_back_whole(carried, person):
    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=person, batch=BATCH)

    assert take_back(assessment=carried, batch=BATCH) == 4
    assert rows(carried) == {code: (value, True) for code, value in GIVEN.items()}


def test_what_was_changed_since_is_not_taken_back(carried, person):
    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=person, batch=BATCH)
    answer(assessment=carried, by=person, question="STR.VIS.1", value={"choices": ["1"]}, revision=2)

    assert take_back(assessment=carried, batch=BATCH) == 3
    assert rows(carried)["STR.VIS.1"] == ({"choices": ["1"]}, False)


def test_taken_back_it_can_be_confirmed_again_by_the_same_page(carried, person):
    confirm_answers(assessment=carried, revisions={"STR.VIS.1": 1}, by=person, batch=BATCH)
    take_back(assessment=carried, batch=BATCH)

    assert confirm_answers(assessment=carried, revisions={"STR.VIS.1": 1}, by=person, batch=BATCH) == 0
    assert confirm_answers(assessment=carried, revisions={"STR.VIS.1": 2}, by=person, batch=BATCH) == 1


def test_nothing_is_taken_back_after_submission(result):
    with pytest.raises(ClosedError):
        take_back(assessment=result.assessment, batch=BATCH)


def test_the_review_offers_to_take_back_what_was_just_confirmed(signed_in, carried):
    confirmed = signed_in.post(page("assessment_confirmations", carried), read_by(signed_in, carried), follow=True)
    assertContains(confirmed, "4 answers confirmed.")

    undone = signed_in.post(
        page("assessment_confirmations", carried), {"undo": confirmed.context["confirmed"]}, follow=True
    )

    assertContains(undone, "4 answers wait again to be confirmed.")
    assert len(left(signed_in, carried)) == 4


def test_the_page_of_a_dimension_offers_to_take_back_what_it_confirmed(signed_in, carried):
    url, fields = posted_page(carried, "OPS", confirm_all="1")
    confirmed = signed_in.post(url, fields, follow=True)
    assertContains(confirmed, "2 answers confirmed.")

    undo = {"undo": confirmed.context["confirmed"], "dimension": "OPS"}
    assertRedirects(signed_in.post(page("assessment_confirmations", carried), undo), url)

    assert len(left(signed_in, carried)) == 4


def test_what_is_confirmed_in_place_is_taken_back_in_place(signed_in, carried):
    url = page("answer_confirm", carried, "STR.VIS.1")
    reply = signed_in.post(url, {"STR.VIS.1-revision": "1"})
    assertContains(reply, "Take it back")

    assertContains(signed_in.post(url, {"undo": reply.context["replied"]}), "To confirm")
    assert left(signed_in, carried)[0] == "STR.VIS.1"


@pytest.mark.parametrize("undo", ["", "x", "6a0457d8-9a26-4122-8391-7bc8ed7d5642"])
def test_an_unknown_confirmation_takes_nothing_back(signed_in, carried, undo):
    signed_in.post(page("assessment_confirmations", carried), read_by(signed_in, carried))

    signed_in.post(page("assessment_confirmations", carried), {"undo": undo})

    assert left(signed_in, carried) == []


# --- All at once -------------------------------------------------------------------------------------------------------


def read_by(client, carried):
    """What the review sends with its button, as a browser without JavaScript does."""
    html = client.get(page("assessment_review", carried)).content.decode()
    form = re.search(rf'<form[^>]*action="{page("assessment_confirmations", carried)}".*?</form>', html, re.DOTALL)
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))


def test_all_that_wait_are_confirmed_by_one_button_of_the_review(signed_in, carried, person):
    assertContains(signed_in.get(page("assessment_review", carried)), "They all still hold: confirm them (4)")

    response = signed_in.post(page("assessment_confirmations", carried), read_by(signed_in, carried), follow=True)

    assertContains(response, "Everything is answered")
    assert set(AnswerChange.objects.filter(assessment=carried, revision=2).values_list("saved_by", flat=True)) == {
        person.pk
    }


def test_what_changed_since_the_review_was_read_still_waits(signed_in, carried, person):
    fields = read_by(signed_in, carried)
    confirm_answers(assessment=carried, revisions={"STR.VIS.1": 1}, by=person, batch=BATCH)
    take_back(assessment=carried, batch=BATCH)

    signed_in.post(page("assessment_confirmations", carried), fields)

    assert left(signed_in, carried) == ["STR.VIS.1"]


def test_sent_twice_the_button_confirms_once(signed_in, carried):
    fields = read_by(signed_in, carried)

    pages = [signed_in.post(page("assessment_confirmations", carried), fields, follow=True) for _ in range(2)]

    assert [shown.context["confirmed_count"] for shown in pages] == [4, 4]
    assert AnswerChange.objects.filter(assessment=carried).count() == 8


@pytest.mark.parametrize("changed", [{"batch": "x"}, {"STR.VIS.1-revision": str(2**63)}])
def test_a_page_out_of_date_confirms_nothing_and_says_so(signed_in, carried, changed):
    fields = read_by(signed_in, carried) | changed

    response = signed_in.post(page("assessment_confirmations", carried), fields, follow=True)

    assertContains(response, "Nothing was confirmed")
    assert len(left(signed_in, carried)) == 4


def test_an_answer_is_confirmed_at_the_revision_that_was_read(carried, person):
    assert confirm_answers(assessment=carried, revisions={"STR.VIS.1": 2}, by=person) == 0

    assert rows(carried)["STR.VIS.1"][1] is True


def test_nothing_is_confirmed_after_submission(result, person):
    with pytest.raises(ClosedError):
        confirm_answers(assessment=result.assessment, revisions={"STR.VIS.1": 1}, by=person)


def test_saving_an_answer_confirms_it(signed_in, carried, person):
    answer(assessment=carried, by=person, question="STR.VIS.1", value={"choices": ["2"]}, revision=1)

    assert left(signed_in, carried) == ["STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2"]


def test_one_answer_is_confirmed_in_place(signed_in, carried):
    response = signed_in.post(page("answer_confirm", carried, "STR.VIS.1"), {"STR.VIS.1-revision": "1"})

    assertNotContains(response, "To confirm")
    assert left(signed_in, carried) == ["STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2"]


def test_an_answer_that_changed_meanwhile_is_still_to_confirm(signed_in, carried):
    response = signed_in.post(page("answer_confirm", carried, "STR.VIS.1"), {"STR.VIS.1-revision": "7"})

    assertContains(response, "To confirm")


def test_confirming_after_submission_says_so(signed_in, result):
    response = signed_in.post(page("answer_confirm", result.assessment, "STR.VIS.1"), {"STR.VIS.1-revision": "1"})

    assert response.status_code == 403  # nobody may answer a submitted assessment


def posted_page(carried, code, **more):
    """What the page of a dimension posts without JavaScript, its answers as they stand."""
    fields = {
        "STR": {"STR.VIS.1-pick": "choice.2", "STR.VIS.2-typed": "Our notebook"},
        "OPS": {"OPS.CYB.1-pick": "choice.backup", "OPS.CYB.2-pick": "choice.1"},
    }[code]
    revisions = {f"{name.rpartition('-')[0]}-revision": "1" for name in fields}
    return page("assessment_dimension", carried, code), fields | revisions | more


def test_without_javascript_one_answer_is_confirmed_by_the_page(signed_in, carried):
    url, fields = posted_page(carried, "STR", confirm="STR.VIS.1")

    response = signed_in.post(url, fields)

    assert re.fullmatch(rf"{url}\?confirmed=[0-9a-f-]{{36}}#q1", response.url)
    assert left(signed_in, carried) == ["STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2"]


def test_without_javascript_what_was_typed_elsewhere_is_saved_with_the_confirmation(signed_in, carried):
    url, fields = posted_page(carried, "STR", confirm="STR.VIS.1")

    signed_in.post(url, fields | {"STR.VIS.2-typed": "Our new notebook"})

    assert rows(carried)["STR.VIS.2"] == ({"text": "Our new notebook"}, False)
    assert rows(carried)["STR.VIS.1"] == ({"choices": ["2"]}, False)


def test_all_answers_of_a_dimension_are_confirmed_at_once(signed_in, carried):
    url, fields = posted_page(carried, "OPS", confirm_all="1")

    signed_in.post(url, fields)

    assert left(signed_in, carried) == ["STR.VIS.1", "STR.VIS.2"]


def test_saving_the_page_alone_confirms_nothing(signed_in, carried):
    url, fields = posted_page(carried, "OPS")

    signed_in.post(url, fields)

    assert len(left(signed_in, carried)) == 4


def test_what_is_not_asked_now_needs_no_confirmation(signed_in, person):
    company = make_company(member=person, activities=["manufacturing"])
    made = GIVEN | {"OPS.MES.1": {"choices": ["1"]}, "OPS.MES.2": {"number": "40"}}
    result = make_result(company=company, by=person, answers=made)
    Company.objects.update(activities=["research"])

    carried = start_from(result=result, version=result.version, by=person)

    assert "OPS.MES.1" not in left(signed_in, carried)
    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1), by=person)
    assert submit(assessment=carried, by=person).number == 1


def test_someone_else_confirms_nothing(client, carried):
    client.force_login(make_user())

    response = client.post(page("answer_confirm", carried, "STR.VIS.1"), {"STR.VIS.1-revision": "1"})

    assert response.status_code == 404
    assert rows(carried)["STR.VIS.1"][1] is True


def test_a_reader_confirms_nothing(client, carried):
    reader = make_user()
    make_membership(company=carried.company, user=reader, role="reader")
    client.force_login(reader)

    response = client.post(page("answer_confirm", carried, "STR.VIS.1"), {"STR.VIS.1-revision": "1"})

    assert response.status_code == 403
    assertNotContains(client.get(page("assessment_dimension", carried, "STR")), 'name="confirm')


def test_an_unknown_question_is_404(signed_in, carried):
    assert signed_in.post(page("answer_confirm", carried, "NONE")).status_code == 404


def test_nothing_is_to_confirm_where_nothing_was_carried(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})

    assert left(signed_in, assessment) == []

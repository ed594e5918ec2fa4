"""A new assessment begins with the answers of the last one; each waits until somebody says that it still holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.answers import ClosedError
from assessment.actions.carrying import confirm_answers, start_from
from assessment.actions.people import erase_company
from assessment.actions.results import IncompleteError, submit
from assessment.models import Answer, AnswerChange, Assessment, Company
from tests.factories import (
    COMPLETE,
    NOON,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_user,
    make_version,
)
from tests.faults import assert_whole
from tests.moves.makers import make_second

LATER = NOON + timedelta(days=365)
GIVEN = COMPLETE | {"STR.VIS.2": {"text": "Our notebook"}}


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person, answers=GIVEN)


@pytest.fixture
def carried(result, person):
    return start_from(result=result, version=make_version(), by=person, at=LATER)


def rows(assessment):
    return {row.question: (row.value, row.to_confirm) for row in Answer.objects.filter(assessment=assessment)}


def page(name, assessment, *more):
    return reverse(name, args=[assessment.pk, *more])


def left(client, assessment):
    """What the review still asks to confirm."""
    return client.get(page("assessment_review", assessment)).context["unconfirmed"]


# --- Starting ----------------------------------------------------------------------------------------------------------


def test_every_answer_is_carried_over_and_waits_to_be_confirmed(carried, result, person):
    assert rows(carried) == {code: (value, True) for code, value in GIVEN.items()}
    assert (carried.carried_from, carried.started_by, carried.is_open) == (result, person, True)


def test_what_is_carried_is_in_the_history_from_the_start(carried, person):
    changes = AnswerChange.objects.filter(assessment=carried)

    assert {(change.revision, change.saved_by, change.saved_at) for change in changes} == {(1, person, LATER)}
    assert changes.count() == 4


def test_what_a_newer_version_no_longer_takes_is_left_behind(result, person):
    carried = start_from(result=result, version=make_second(), by=person)

    assert rows(carried) == {
        "STR.VIS.1": ({"choices": ["2"]}, True),
        "OPS.CYB.1": ({"choices": ["backup"]}, True),
    }


def test_starting_twice_resumes_the_same_assessment(carried, result, person):
    again = start_from(result=result, version=make_version(), by=person)

    assert again == carried
    assert Assessment.objects.count() == 2


def test_a_fault_at_any_statement_leaves_no_half_carried_assessment(result, person):
    version = make_version()

    after = assert_whole(
        lambda: start_from(result=result, version=version, by=person),
        lambda: (Assessment.objects.count(), Answer.objects.count(), AnswerChange.objects.count()),
    )

    assert after == (2, 8, 8)


def test_the_start_page_proposes_the_answers_of_the_last_result(signed_in, result):
    response = signed_in.get(reverse("assessment_start", args=[result.company_id]))

    assertContains(response, "From the answers of 8 June 2026")


def test_the_start_page_proposes_nothing_without_a_result(signed_in, person):
    make_version()
    company = make_company(member=person)

    response = signed_in.get(reverse("assessment_start", args=[company.pk]))

    assertNotContains(response, 'name="origin"')


@pytest.mark.parametrize(("origin", "count"), [("last", 4), ("empty", 0), ("", 0)])
def test_the_start_page_starts_from_what_was_chosen(signed_in, result, origin, count):
    signed_in.post(reverse("assessment_start", args=[result.company_id]), {"path": "full", "origin": origin})

    assert Assessment.objects.open().get().answers.count() == count


def test_another_companys_result_is_never_started_from(signed_in, person):
    make_result()
    company = make_company(member=person)

    signed_in.post(reverse("assessment_start", args=[company.pk]), {"path": "full", "origin": "last"})

    assert Assessment.objects.open().get().answers.count() == 0


@pytest.mark.parametrize("result_count", [1, 3])
def test_the_start_page_costs_seven_queries(signed_in, person, django_assert_num_queries, result_count):
    company = make_company(member=person)
    for _ in range(result_count):
        make_result(company=company, by=person)
    url = reverse("assessment_start", args=[company.pk])
    signed_in.get(url)

    with django_assert_num_queries(7):  # session, user, company, version, last result, campaigns, open assessment
        signed_in.get(url)


# --- Confirming --------------------------------------------------------------------------------------------------------


def test_each_page_counts_what_is_to_confirm(signed_in, carried):
    overview = signed_in.get(carried.get_absolute_url())
    dimension = signed_in.get(page("assessment_dimension", carried, "STR"))

    assertContains(overview, "4 answers to confirm")
    assertContains(dimension, "They all still hold")
    assert dimension.context["unconfirmed"] == {"STR.VIS.1", "STR.VIS.2"}
    assert left(signed_in, carried) == ["STR.VIS.1", "STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2"]


def test_nothing_is_submitted_while_an_answer_is_to_confirm(signed_in, carried, person):
    with pytest.raises(IncompleteError):
        submit(assessment=carried, by=person)

    response = signed_in.post(page("assessment_submit", carried))
    assertRedirects(response, page("assessment_review", carried))
    assertRedirects(signed_in.get(page("assessment_submit", carried)), page("assessment_review", carried))


def test_confirming_changes_no_revision_and_lets_submit(carried, person):
    assert confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1)) == 4

    result = submit(assessment=carried, by=person)
    assert (result.score, set(Answer.objects.filter(assessment=carried).values_list("revision", flat=True))) == (
        carried.carried_from.score,
        {1},
    )


def test_an_answer_is_confirmed_at_the_revision_that_was_read(carried, person):
    assert confirm_answers(assessment=carried, revisions={"STR.VIS.1": 2}) == 0

    assert rows(carried)["STR.VIS.1"][1] is True


def test_nothing_is_confirmed_after_submission(result):
    with pytest.raises(ClosedError):
        confirm_answers(assessment=result.assessment, revisions={"STR.VIS.1": 1})


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

    assertRedirects(response, f"{url}#q1", fetch_redirect_response=False)
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
    confirm_answers(assessment=carried, revisions=dict.fromkeys(GIVEN, 1))
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


def test_a_company_that_started_from_its_last_result_can_still_be_erased(carried):
    erase_company(company=carried.company, reason="asked for")

    assert Assessment.objects.count() == 0

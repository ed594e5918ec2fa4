"""The pages of an assessment: what they show, to whom, and at what cost."""

import json
import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.models import Answer, Assessment
from tests.factories import (
    COMPLETE,
    answer,
    make_assessment,
    make_colleague,
    make_company,
    make_membership,
    make_result,
    make_user,
)


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def complete(assessment, person):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)


def page(name, assessment, *more):
    return reverse(name, args=[assessment.pk, *more])


def test_the_overview_counts_the_required_questions_put_to_this_company(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})

    standing = signed_in.get(assessment.get_absolute_url()).context["standing"]

    assert (standing.whole.answered, standing.whole.applicable) == (1, 3)


def test_the_overview_leads_somebody_new_to_the_first_question_without_an_answer(signed_in, assessment):
    answer(assessment=assessment, by=make_colleague(of=assessment), question="STR.VIS.1", value={"choices": ["2"]})

    response = signed_in.get(assessment.get_absolute_url())

    assert response.context["next_question"] == page("assessment_dimension", assessment, "OPS") + "#q5"


def test_the_interval_narrows_with_an_answer(signed_in, person, assessment):
    before = signed_in.get(assessment.get_absolute_url()).context["standing"]
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    after = signed_in.get(assessment.get_absolute_url()).context["standing"]

    assert (before.low, before.high) == ("0.0", "100.0")
    assert (after.low, after.high) == ("16.7", "83.3")


def test_a_question_that_the_profile_rules_out_is_not_in_the_page(signed_in, assessment):
    response = signed_in.get(page("assessment_dimension", assessment, "OPS"))

    assertNotContains(response, "How are batch records kept?")


def test_a_question_that_an_answer_may_bring_up_waits_hidden_in_the_page(client, person):
    company = make_company(member=person, activities=["manufacturing"])
    assessment = make_assessment(company=company)
    answer(assessment=assessment, by=person, question="OPS.MES.1", value={"choices": ["0"]})
    client.force_login(person)

    sections = client.get(page("assessment_dimension", assessment, "OPS")).context["sections"]

    assert [(item.question.code, item.hidden) for item in sections[0].asked] == [
        ("OPS.MES.1", False),
        ("OPS.MES.2", True),
    ]


@pytest.mark.parametrize("answered", [0, 3])
def test_a_dimension_page_costs_seven_queries_however_much_is_answered(
    signed_in, person, assessment, django_assert_num_queries, answered
):
    for question, value in list(COMPLETE.items())[:answered]:
        answer(assessment=assessment, by=person, question=question, value=value)
    url = page("assessment_dimension", assessment, "OPS")
    signed_in.get(url)

    # session, user, assessment with its company and version, answers, where the person is, individual answers, who else is here
    with django_assert_num_queries(7):
        signed_in.get(url)


@pytest.mark.parametrize("name", ["assessment_review", "assessment_progress", "assessment_submit"])
def test_the_other_pages_cost_four_queries_too(signed_in, person, assessment, django_assert_num_queries, name):
    complete(assessment, person)
    signed_in.get(page(name, assessment))

    with django_assert_num_queries(4):  # session, user, assessment with its company and version, answers
        signed_in.get(page(name, assessment))


@pytest.mark.parametrize("result_count", [1, 3])
def test_the_list_of_assessments_costs_five_queries(signed_in, person, django_assert_num_queries, result_count):
    company = make_company(member=person)
    for _ in range(result_count):
        make_result(company=company, by=person)

    with django_assert_num_queries(5):  # session, user, company, open assessments, results
        response = signed_in.get(reverse("assessments", args=[company.pk]))

    assert len(response.context["results"]) == result_count


def test_a_result_page_costs_nine_queries(signed_in, person, django_assert_num_queries):
    result = make_result(company=make_company(member=person), by=person)
    signed_in.get(result.get_absolute_url())

    # session, user, result with its company and version, the one before, what the plan dropped, use cases, role,
    # requests for reopening, the others
    with django_assert_num_queries(9):
        signed_in.get(result.get_absolute_url())


GET_PAGES = [
    ("assessment", []),
    ("assessment_dimension", ["OPS"]),
    ("assessment_progress", []),
    ("assessment_review", []),
    ("assessment_submit", []),
]


@pytest.mark.parametrize(("name", "more"), GET_PAGES)
def test_someone_else_gets_the_same_404_as_for_an_assessment_that_does_not_exist(client, assessment, name, more):
    client.force_login(make_user())

    foreign = client.get(page(name, assessment, *more))
    missing = client.get(reverse(name, args=[uuid.uuid4(), *more]))

    assert foreign.status_code == missing.status_code == 404
    assert foreign.content.replace(str(assessment.pk).encode(), b"") != b""
    assert len(foreign.content) == len(missing.content)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("assessment_dimension", ["OPS"]),
        ("assessment_answer", ["OPS.CYB.1"]),
        ("assessment_submit", []),
        ("assessment_full", []),
    ],
)
def test_someone_else_cannot_write(client, person, assessment, name, more):
    complete(assessment, person)
    client.force_login(make_user())

    response = client.post(page(name, assessment, *more), {"OPS.CYB.1-pick": "choice.drill"})

    assert response.status_code == 404
    assert Assessment.objects.get().status == "open"
    assert Answer.objects.get(question="OPS.CYB.1").value == {"choices": ["backup"]}


def test_someone_elses_result_and_proof_are_404(client, person):
    result = make_result(company=make_company(member=person), by=person)
    client.force_login(make_user())

    statuses = [client.get(page(name, result.assessment, 1)).status_code for name in ["result", "result_proof"]]

    assert statuses == [404, 404]


def test_someone_elses_list_and_start_are_404(client, person):
    company = make_company(member=person)
    client.force_login(make_user())

    statuses = [
        client.get(reverse(name, args=[company.pk])).status_code for name in ["assessments", "assessment_start"]
    ]

    assert statuses == [404, 404]


@pytest.mark.parametrize(("name", "more"), GET_PAGES)
def test_a_visitor_is_asked_to_sign_in(client, assessment, name, more):
    response = client.get(page(name, assessment, *more))

    assertRedirects(
        response, f"{reverse('account_login')}?next={page(name, assessment, *more)}", fetch_redirect_response=False
    )


def test_a_reader_sees_but_cannot_answer_or_submit(client, person, assessment):
    complete(assessment, person)
    reader = make_user()
    make_membership(company=assessment.company, user=reader, role="reader")
    client.force_login(reader)

    seen = client.get(page("assessment_dimension", assessment, "OPS"))
    posted = [
        client.post(page("assessment_dimension", assessment, "OPS")).status_code,
        client.post(page("assessment_answer", assessment, "OPS.CYB.1")).status_code,
        client.post(page("assessment_submit", assessment)).status_code,
    ]

    assertContains(seen, "only contributors and managers of the company can change them")
    assert posted == [403, 403, 403]


def test_a_contributor_answers_but_does_not_submit(client, person, assessment):
    complete(assessment, person)
    colleague = make_user()
    make_membership(company=assessment.company, user=colleague, role="contributor")
    client.force_login(colleague)

    saved = client.post(page("assessment_answer", assessment, "STR.VIS.2"), {"STR.VIS.2-typed": "Our notebook"})
    submitted = client.post(page("assessment_submit", assessment))

    assert (saved.status_code, submitted.status_code) == (200, 403)


def test_an_unknown_dimension_is_404(signed_in, assessment):
    assert signed_in.get(page("assessment_dimension", assessment, "NONE")).status_code == 404


def test_the_progress_says_which_questions_are_put_now(signed_in, person, assessment):
    response = signed_in.get(page("assessment_progress", assessment))

    shown = json.loads(response["HX-Trigger"])["questions-shown"]

    assert shown == {"q1": 1, "q2": 2, "q3": 0, "q4": 0, "q5": 3, "q6": 4}


def test_the_review_lists_what_is_missing_with_a_link_to_the_first(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})

    response = signed_in.get(page("assessment_review", assessment))

    missing = [line.question.code for part in response.context["dimensions"] for line in part.missing]
    assert missing == ["OPS.CYB.1", "OPS.CYB.2"]
    assert response.context["first_missing"] == page("assessment_dimension", assessment, "OPS") + "#q5"


def test_the_confirmation_of_an_incomplete_assessment_leads_back_to_the_review(signed_in, assessment):
    response = signed_in.get(page("assessment_submit", assessment))

    assertRedirects(response, page("assessment_review", assessment))


def test_a_conflict_without_javascript_shows_the_other_answer_and_saving_again_keeps_mine(signed_in, assessment):
    grace = make_colleague(of=assessment, name="Grace")
    theirs = {"question": "STR.VIS.1", "value": {"choices": ["2"]}, "comment": "Seen on site."}
    answer(assessment=assessment, by=grace, **theirs)
    address = page("assessment_dimension", assessment, "STR")
    mine = {"STR.VIS.1-pick": "choice.1"}

    refused = signed_in.post(address, mine | {"STR.VIS.1-revision": "0"})
    stood = Answer.objects.get().value
    signed_in.post(address, mine | {"STR.VIS.1-revision": "1"})

    read = " ".join(refused.content.decode().split())
    told = [
        '<a href="#q1">How far is your digital roadmap?</a> – Grace saved another answer meanwhile',
        "Their answer: <strong>It has owners and a budget. </strong>",
        "Comment: Seen on site.",
        'name="STR.VIS.1-revision" id="q1-revision" value="1"',
    ]
    assert (refused.status_code, [read.count(words) for words in told]) == (409, [1, 1, 1, 1])
    assert (stood, Answer.objects.get().value) == ({"choices": ["2"]}, {"choices": ["1"]})

"""The answers of a result are those that it was made of, whatever became of the assessment and the company since."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.moves import move
from assessment.actions.reopenings import ask, grant
from assessment.actions.results import submit
from assessment.models import Company
from tests.factories import COMPLETE, NOON, answer, make_company, make_membership, make_result, make_staff, make_user
from tests.moves.makers import make_second

GIVEN = COMPLETE | {"STR.VIS.2": {"text": "Our notebook"}}


@pytest.fixture
def first(person):
    return make_result(company=make_company(member=person), by=person, answers=GIVEN)


@pytest.fixture
def reopened(first, person):
    asked = ask(assessment=first.assessment, reason="A figure was wrong.", by=person, at=NOON)
    grant(reopening=asked, by=make_staff(group="reviewer"), reason="Go ahead.")
    first.assessment.refresh_from_db()
    return first.assessment


@pytest.fixture
def second(reopened, person):
    answer(assessment=reopened, by=person, question="STR.VIS.1", value={"choices": ["1"]}, revision=1)
    answer(assessment=reopened, by=person, question="STR.VIS.2", value={"text": "Another tool"}, revision=1)
    return submit(assessment=reopened, by=person)


def answers(client, result):
    """What the page says, by the question's text."""
    html = client.get(answers_url(result)).content.decode()
    lines = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    return {text: strip_tags(re.sub(r"<a .*", "", said, flags=re.DOTALL)).strip() for text, said in lines}


def answers_url(result):
    return reverse("result_answers", args=[result.assessment_id, result.number])


def linked(client, result):
    """The addresses of all other pages of the assessment that the page of a result leads to."""
    html = client.get(result.get_absolute_url()).content.decode()
    addresses = re.findall(rf'href="(/en/assessments/{result.assessment_id}/[^"]+)"', html)
    return set(addresses) - {result.get_absolute_url()}


def test_each_result_shows_the_answers_it_was_made_of(signed_in, first, second):
    before, after = answers(signed_in, first), answers(signed_in, second)

    changed = {text: (before[text], after[text]) for text in before if before[text] != after[text]}
    assert list(changed.values()) == [
        ("It has owners and a budget.", "It is written down."),
        ("Our notebook", "Another tool"),
    ]


def test_a_results_page_leads_to_no_answers_but_its_own(signed_in, first, second):
    assert linked(signed_in, first) == {
        answers_url(first),
        reverse("result_share", args=[first.assessment_id, 1]),
        second.get_absolute_url(),
        reverse("result_whatif", args=[first.assessment_id, 1]),
        reverse("result_priorities", args=[first.assessment_id, 1]),
        reverse("result_plan", args=[first.assessment_id, 1]),
        reverse("result_plan", args=[first.assessment_id, 1]) + "?level=3",
    }


def test_while_the_assessment_is_open_again_the_result_keeps_its_answers(signed_in, first, reopened, person):
    answer(assessment=reopened, by=person, question="STR.VIS.2", value={"text": "Another tool"}, revision=1)

    assert list(answers(signed_in, first).values())[1] == "Our notebook"


def test_another_profile_since_neither_adds_nor_hides_a_question(signed_in, first):
    before = answers(signed_in, first)

    Company.objects.update(activities=["manufacturing"], size="large")

    assert answers(signed_in, first) == before


def test_a_move_to_another_version_since_leaves_the_words_of_the_questions(signed_in, first, reopened, person):
    before = answers(signed_in, first)

    move(assessment=reopened, to=make_second(), by=person)

    assert answers(signed_in, first) == before


def test_comment_and_evidence_are_shown_as_submitted(signed_in, first, reopened, person):
    answer(
        assessment=reopened,
        by=person,
        question="STR.VIS.1",
        value={"choices": ["2"]},
        revision=1,
        comment="Since May",
        evidence="plan.pdf",
    )
    result = submit(assessment=reopened, by=person)

    response = signed_in.get(answers_url(result))
    assertContains(response, "Since May", count=1)
    assertContains(response, "plan.pdf", count=1)


@pytest.mark.parametrize(("name", "more"), [("assessment_review", []), ("assessment_dimension", ["OPS"])])
def test_pages_of_a_submitted_assessment_lead_to_the_newest_results_answers(signed_in, second, name, more):
    Company.objects.update(activities=["manufacturing"])

    response = signed_in.get(reverse(name, args=[second.assessment_id, *more]))

    assertRedirects(response, answers_url(second))


def test_a_question_has_the_anchor_it_was_answered_at(signed_in, first):
    assertContains(signed_in.get(answers_url(first)), '<div id="q5">', count=1)


def test_a_reader_reads_the_answers(client, first):
    reader = make_user()
    make_membership(company=first.company, user=reader, role="reader")
    client.force_login(reader)

    assert client.get(answers_url(first)).status_code == 200


def test_someone_else_gets_404(client, first):
    client.force_login(make_user())

    assert client.get(answers_url(first)).status_code == 404


def test_a_number_that_is_none_is_404(signed_in, first):
    assert signed_in.get(reverse("result_answers", args=[first.assessment_id, 9])).status_code == 404


def test_the_answers_cost_three_queries(signed_in, first, second, django_assert_num_queries):
    signed_in.get(answers_url(first))

    with django_assert_num_queries(3):  # session, user, result
        signed_in.get(answers_url(first))

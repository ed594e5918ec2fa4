"""The comparison: who may open it and when, in which order it shows what, and how what counts is recorded."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from assessment.actions.individual_answers import close_consultation
from assessment.actions.people import delete_account, remove_member
from assessment.actions.results import submit
from assessment.models import Answer, AnswerChange, Consultation, IndividualAnswer, Membership
from tests.factories import COMPLETE, answer, make_assessment, make_company, make_membership, make_user
from tests.individual_answers.makers import NAMED, NOBODY, individual, own, page

CANARY = "a view that is not yours yet"


@pytest.fixture
def both(person, colleague, asked):
    """Ada and Grace agree on OPS.CYB.1 and differ on OPS.CYB.2."""
    individual(asked=asked, by=person, answers=NOBODY)
    individual(asked=asked, by=colleague, answers=NAMED)


def lines_of(client, assessment):
    return [form.line for form in client.get(page("comparison", assessment)).context["forms"]]


def latest(question):
    return IndividualAnswer.objects.filter(question=question).select_related("user").order_by("user__name")


# --- Who may compare, and when ----------------------------------------------------------------------------------------
def opens(client, assessment):
    """Whether the comparison shows what colleagues said; nothing else of the site may, either."""
    for name in ["consultation", "individual_answers", "individual_progress"]:
        assertNotContains(client.get(page(name, assessment)), CANARY)
    return CANARY in client.get(page("comparison", assessment)).content.decode()


@pytest.mark.parametrize("role", ["manager", "contributor", "reader"])
@pytest.mark.parametrize(
    ("given", "closed", "expected"),
    [
        ({}, False, False),
        ({"OPS.CYB.2": {"choices": ["0"]}}, False, False),  # one question of two
        (NOBODY, False, True),
        ({}, True, True),
        ({"OPS.CYB.2": {"choices": ["0"]}}, True, True),
    ],
)
def test_colleagues_views_are_seen_after_ones_own_or_the_close(
    client, person, colleague, assessment, asked, role, given, closed, expected
):
    reader_of_it = make_user()
    make_membership(company=assessment.company, user=reader_of_it, role=role)
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]}, comment=CANARY)
    individual(asked=asked, by=reader_of_it, answers=given)
    if closed:
        close_consultation(consultation=asked, by=person)
    client.force_login(reader_of_it)

    assert opens(client, assessment) is expected


def test_a_draft_is_not_an_individual_answer(signed_in, person, colleague, assessment, asked):
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]}, comment=CANARY)
    own(asked=asked, by=person, question="OPS.CYB.1", value={"choices": ["backup"]})
    own(
        asked=asked,
        by=person,
        question="OPS.CYB.2",
        state="draft",
        value={"draft": {"pick": [], "typed": "?", "reason": ""}},
    )

    assert opens(signed_in, assessment) is False


def test_taking_ones_answer_back_closes_the_comparison_again(signed_in, person, colleague, assessment, asked, both):
    IndividualAnswer.objects.filter(user=colleague, question="OPS.CYB.2").update(comment=CANARY)
    assert opens(signed_in, assessment) is True

    own(asked=asked, by=person, question="OPS.CYB.2", state="empty", value={})

    assert opens(signed_in, assessment) is False


def test_what_the_company_answered_does_not_stand_for_ones_own_answer(signed_in, person, colleague, assessment, asked):
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]}, comment=CANARY)
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)

    assert opens(signed_in, assessment) is False


def test_the_questions_to_answer_are_those_that_ones_own_answers_bring_up(client, person, colleague):
    company = make_company(member=person, activities=["manufacturing"])
    assessment = make_assessment(company=company)
    asked = Consultation.objects.create(assessment=assessment, dimension="OPS", opened_by=person)
    individual(asked=asked, by=person, answers={**NOBODY, "OPS.MES.1": {"choices": ["2"]}})
    client.force_login(person)
    before = client.get(page("individual_answers", assessment)).context["mine"]

    own(asked=asked, by=person, question="OPS.MES.1", value={"choices": ["0"]})  # on paper: no share to give
    after = client.get(page("individual_answers", assessment)).context["mine"]

    assert (before.count.left, before.is_complete) == (1, False)
    assert (after.count.left, after.is_complete) == (0, True)


def test_after_the_submission_every_member_compares(client, person, colleague, reader, assessment, asked):
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]}, comment=CANARY)
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    submit(assessment=assessment, by=person)
    client.force_login(reader)

    response = client.get(page("comparison", assessment))

    assertContains(response, CANARY)
    assertNotContains(response, "Take this one")


def test_whoever_has_left_sees_nothing_more_and_what_they_said_stays_under_their_name(
    client, person, colleague, assessment, asked, both
):
    remove_member(membership=Membership.objects.get(user=colleague), by=person)
    client.force_login(colleague)
    gone = client.get(page("comparison", assessment)).status_code
    client.force_login(person)

    people = [view.user.name for view in lines_of(client, assessment)[0].individuals]

    assert (gone, people) == (404, ["Ada", "Grace"])


def test_what_a_deleted_account_said_stays_without_a_name(signed_in, colleague, assessment, asked, both):
    delete_account(user=colleague)

    response = signed_in.get(page("comparison", assessment))

    assertContains(response, "Somebody who left", count=2)
    assertNotContains(response, "Grace")


# --- What it shows ----------------------------------------------------------------------------------------------------
def test_the_questions_where_people_differ_most_come_first(signed_in, assessment, asked, both):
    found = [(line.question.code, line.gap, line.anchor) for line in lines_of(signed_in, assessment)]

    assert found == [("OPS.CYB.2", "large", "q6"), ("OPS.CYB.1", "none", "q5")]


def test_equals_keep_the_order_of_the_questionnaire_and_what_cannot_be_compared_comes_last(client, person, colleague):
    company = make_company(member=person, activities=["manufacturing"])
    make_membership(company=company, user=colleague)
    assessment = make_assessment(company=company)
    asked = Consultation.objects.create(assessment=assessment, dimension="OPS", opened_by=person)
    individual(
        asked=asked, by=person, answers={**NOBODY, "OPS.MES.1": {"choices": ["2"]}, "OPS.MES.2": {"number": "10"}}
    )
    individual(asked=asked, by=colleague, answers={**NOBODY, "OPS.MES.1": {"choices": ["0"]}})
    client.force_login(person)

    found = [(line.question.code, line.difference) for line in lines_of(client, assessment)]

    assert found == [("OPS.MES.1", 1), ("OPS.CYB.1", 0), ("OPS.CYB.2", 0), ("OPS.MES.2", None)]


def test_an_answer_that_ones_own_others_rule_out_is_no_view(client, person, colleague):
    company = make_company(member=person, activities=["manufacturing"])
    assessment = make_assessment(company=company)
    asked = Consultation.objects.create(assessment=assessment, dimension="OPS", opened_by=person)
    individual(
        asked=asked, by=person, answers={**NOBODY, "OPS.MES.1": {"choices": ["2"]}, "OPS.MES.2": {"number": "10"}}
    )
    own(asked=asked, by=person, question="OPS.MES.1", value={"choices": ["0"]})
    client.force_login(person)

    found = {line.question.code: len(line.individuals) for line in lines_of(client, assessment)}

    assert found == {"OPS.MES.1": 1, "OPS.MES.2": 0, "OPS.CYB.1": 1, "OPS.CYB.2": 1}


def test_names_answers_comments_and_what_counts_stand_side_by_side(
    signed_in, person, colleague, assessment, asked, both
):
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]}, comment="Lin, since May")
    answer(assessment=assessment, by=colleague, question="OPS.CYB.2", value={"choices": ["1"]})

    response = signed_in.get(page("comparison", assessment))

    line = response.context["forms"][0].line
    assert [(row.user.name, row.comment, counts) for row, counts in line.shown] == [
        ("Ada", "", False),
        ("Grace", "Lin, since May", True),
    ]
    assertContains(response, "Lin, since May", count=1)
    assertContains(response, "You differ a lot", count=1)


# --- Recording what counts --------------------------------------------------------------------------------------------
def take(client, assessment, question, row, *, comment="", revision=0):
    fields = {"answer": row.stamp, "comment": comment, "revision": revision}
    return client.post(page("comparison", assessment), {f"{question}-{name}": value for name, value in fields.items()})


def test_a_manager_takes_one_of_the_views_as_what_counts(signed_in, person, colleague, assessment, both):
    theirs = latest("OPS.CYB.2")[1]

    response = take(signed_in, assessment, "OPS.CYB.2", theirs, comment="as agreed on Monday")

    row = Answer.objects.get()
    assertRedirects(response, page("comparison", assessment) + "#q6")
    assert (row.value, row.comment, row.saved_by, row.revision) == (
        {"choices": ["1"]},
        "as agreed on Monday",
        person,
        1,
    )
    assert AnswerChange.objects.count() == 1
    assert [(own.user.name, own.value, own.revision) for own in latest("OPS.CYB.2")] == [
        ("Ada", {"choices": ["0"]}, 1),
        ("Grace", {"choices": ["1"]}, 1),
    ]


def test_taking_a_view_keeps_the_evidence_that_was_given(signed_in, person, assessment, both):
    answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"choices": ["0"]}, evidence="chart.pdf")

    take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[1], revision=1)

    row = Answer.objects.get()
    assert (row.value, row.evidence, row.revision) == ({"choices": ["1"]}, "chart.pdf", 2)


def test_pressing_twice_records_once(signed_in, assessment, both):
    for _ in range(2):
        take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[1], comment="agreed")

    assert AnswerChange.objects.count() == 1


def test_a_colleagues_newer_answer_is_shown_before_it_is_replaced(signed_in, colleague, assessment, both):
    answer(assessment=assessment, by=colleague, question="OPS.CYB.2", value={"choices": ["0"]})

    refused = take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[1], comment="as agreed")
    assert Answer.objects.get().value == {"choices": ["0"]}
    taken = take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[1], comment="as agreed", revision=1)

    form = refused.context["forms"][0]
    assertContains(refused, "Grace saved another answer meanwhile.", status_code=409)
    assertContains(refused, "<title>Error: Compare the views", status_code=409)
    assert (form.line.revision, form.shown_comment) == (1, "as agreed")
    assert taken.status_code == 302
    assert Answer.objects.get().value == {"choices": ["1"]}


def test_a_view_that_changed_since_the_page_was_shown_is_not_taken_unseen(
    signed_in, colleague, assessment, asked, both
):
    seen = latest("OPS.CYB.2")[1]
    own(asked=asked, by=colleague, question="OPS.CYB.2", value={"choices": ["0"]})

    response = take(signed_in, assessment, "OPS.CYB.2", seen, comment="as agreed")

    assertContains(
        response, "This answer was changed meanwhile: look at it again, then choose.", count=2, status_code=422
    )
    assert next(form for form in response.context["forms"] if form.is_bound).shown_comment == "as agreed"
    assert Answer.objects.count() == 0


def test_what_all_agree_on_is_taken_at_once(signed_in, person, assessment, both):
    response = signed_in.get(page("comparison", assessment))
    fields = {
        f"{form.line.question.code}-{name}": value
        for form in response.context["agreed"]
        for name, value in [("answer", form.line.agreed.stamp), ("revision", form.line.revision), ("comment", "")]
    }

    signed_in.post(page("comparison", assessment), fields)

    assertContains(response, "Take what you agree on")
    assert list(Answer.objects.values_list("question", "value")) == [("OPS.CYB.1", {"choices": ["backup"]})]
    assertNotContains(signed_in.get(page("comparison", assessment)), "Take what you agree on")


def test_recording_without_a_choice_says_what_to_do_and_keeps_what_was_typed(signed_in, assessment, both):
    response = signed_in.post(
        page("comparison", assessment), {"OPS.CYB.2-revision": "0", "OPS.CYB.2-comment": "as agreed"}
    )

    assertContains(response, "Choose the answer that counts.", count=2, status_code=422)
    assertContains(response, "as agreed</textarea>", count=1, status_code=422)
    assert Answer.objects.count() == 0


def test_an_answer_of_another_question_is_not_taken(signed_in, assessment, both):
    response = take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.1")[0])

    assert response.status_code == 422
    assert Answer.objects.count() == 0


def test_an_incomplete_own_answer_is_not_taken(signed_in, person, colleague, assessment, asked, both):
    own(
        asked=asked,
        by=colleague,
        question="OPS.CYB.2",
        state="draft",
        value={"draft": {"pick": [], "typed": "", "reason": "?"}},
    )

    response = take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[1])

    assert response.status_code == 422
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_only_a_manager_records_what_counts(client, assessment, asked, both, role):
    member = make_user()
    make_membership(company=assessment.company, user=member, role=role)
    individual(asked=asked, by=member, answers=NAMED)
    client.force_login(member)

    seen = client.get(page("comparison", assessment))
    posted = take(client, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[0])

    assertNotContains(seen, "Take this one")
    assert (posted.status_code, Answer.objects.count()) == (403, 0)


def test_a_manager_who_has_not_answered_records_nothing_before_the_close(signed_in, colleague, assessment, asked):
    individual(asked=asked, by=colleague, answers=NAMED)

    posted = take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[0])

    assert (posted.status_code, Answer.objects.count()) == (403, 0)


def test_nothing_is_recorded_after_the_submission(signed_in, person, assessment, asked, both):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    submit(assessment=assessment, by=person)

    posted = take(signed_in, assessment, "OPS.CYB.2", latest("OPS.CYB.2")[0], revision=1)

    assert (posted.status_code, Answer.objects.get(question="OPS.CYB.2").value) == (403, COMPLETE["OPS.CYB.2"])


def test_another_answer_is_given_on_the_page_of_the_dimension(signed_in, assessment, both):
    response = signed_in.get(page("comparison", assessment))

    address = reverse("assessment_dimension", args=[assessment.pk, "OPS"])
    assertContains(response, f'href="{address}#q6"', count=1)
    assertTemplateUsed(response, "individual_answers/comparison.html")

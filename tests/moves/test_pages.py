"""The page that shows what a move to a newer version would do, to whom, and the move itself."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.moves import move
from assessment.models import Answer, Assessment, VersionMove
from tests.factories import answer, make_assessment, make_company, make_membership, make_result, make_user
from tests.moves.makers import make_second


@pytest.fixture
def second(assessment):
    return make_second()


def page(assessment):
    return reverse("assessment_move", args=[assessment.pk])


def shown(response):
    found = response.context["move"]
    return {
        "set aside": [line.before.code for line in found.set_aside],
        "to confirm": [line.before.code for line in found.to_confirm],
        "kept": [line.before.code for line in found.kept],
        "added": [listed.question.code for listed in found.changes.added],
        "removed": [listed.question.code for listed in found.changes.removed],
    }


def test_the_page_says_what_changes_and_what_becomes_of_each_answer(signed_in, assessment, second):
    response = signed_in.get(page(assessment))

    assert shown(response) == {
        "set aside": ["STR.VIS.2", "OPS.MES.1", "OPS.CYB.2"],
        "to confirm": ["STR.VIS.1"],
        "kept": ["OPS.CYB.1"],
        "added": ["OPS.CYB.3"],
        "removed": ["STR.VIS.2"],
    }
    for words in ["no longer asked", "another kind of answer", "no longer possible", "Now: How far is your digital"]:
        assertContains(response, words)


def test_looking_moves_nothing(signed_in, assessment, second):
    signed_in.get(page(assessment))

    assert Assessment.objects.get().version.number == "1"


def test_the_overview_says_that_a_newer_version_is_published(signed_in, assessment):
    assertNotContains(signed_in.get(assessment.get_absolute_url()), page(assessment))

    make_second()

    assertContains(signed_in.get(assessment.get_absolute_url()), page(assessment))


def test_a_manager_moves_to_the_version_that_was_shown(signed_in, assessment, second):
    response = signed_in.post(page(assessment), {"version": second.pk})

    assertRedirects(response, assessment.get_absolute_url())
    assert Assessment.objects.get().version == second


def test_pressing_twice_moves_once(signed_in, assessment, second):
    for _ in range(2):
        response = signed_in.post(page(assessment), {"version": second.pk})

    assertRedirects(response, assessment.get_absolute_url())
    assert VersionMove.objects.count() == 1


@pytest.mark.parametrize("posted", ["old", "", "x"])
def test_another_version_than_the_one_shown_is_shown_instead_of_moved_to(signed_in, assessment, second, posted):
    third = make_second("3", days=2)

    response = signed_in.post(page(assessment), {"version": second.pk if posted == "old" else posted})

    assertContains(response, "Error: Move to version 3", status_code=409)
    assert response.context["move"].version == third
    assert Assessment.objects.get().version.number == "1"


def test_after_the_move_the_page_says_what_became_of_the_answers(signed_in, assessment, person, second):
    move(assessment=assessment, to=second, by=person)

    [made] = signed_in.get(page(assessment)).context["moves_made"]

    assert [question.code for question in made.set_aside] == ["STR.VIS.2", "OPS.MES.1", "OPS.CYB.2"]
    assert [question.code for question in made.to_confirm] == ["STR.VIS.1"]


def test_after_the_move_every_answer_set_aside_leads_to_its_history(signed_in, assessment, person, second):
    move(assessment=assessment, to=second, by=person)

    response = signed_in.get(page(assessment))

    assertContains(response, reverse("answer_history", args=[assessment.pk, "STR.VIS.2"]))
    assertContains(signed_in.get(assessment.get_absolute_url()), "See what became of the answers")


@pytest.mark.parametrize("move_count", [1, 3])
def test_the_moves_made_cost_five_queries(signed_in, person, django_assert_num_queries, move_count):
    assessment = make_assessment(company=make_company(member=person))
    for number in range(2, 2 + move_count):
        move(assessment=assessment, to=make_second(str(number), days=number), by=person)
    signed_in.get(page(assessment))

    with django_assert_num_queries(5):  # session, user, assessment with its company and version, newer version, moves
        response = signed_in.get(page(assessment))

    assert len(response.context["moves_made"]) == move_count


def test_where_nothing_is_newer_the_page_leads_back(signed_in, assessment):
    assertRedirects(signed_in.get(page(assessment)), assessment.get_absolute_url())


def test_a_submitted_assessment_is_not_moved(signed_in, person):
    result = make_result(company=make_company(member=person), by=person)
    second = make_second()

    response = signed_in.post(page(result.assessment), {"version": second.pk})

    assert response.status_code == 403
    assert VersionMove.objects.count() == 0


def test_someone_else_gets_404(client, assessment, second):
    client.force_login(make_user())

    foreign = client.get(page(assessment)), client.post(page(assessment), {"version": second.pk})
    missing = client.get(reverse("assessment_move", args=[uuid.uuid4()]))

    assert [response.status_code for response in (*foreign, missing)] == [404, 404, 404]


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_other_members_read_what_would_change_and_do_not_move(client, assessment, second, role):
    member = make_user()
    make_membership(company=assessment.company, user=member, role=role)
    client.force_login(member)

    assertContains(client.get(page(assessment)), "A manager of the company can move the assessment.")
    assert client.post(page(assessment), {"version": second.pk}).status_code == 403


@pytest.mark.parametrize("answered", [1, 3])
def test_the_page_costs_five_queries(signed_in, person, django_assert_num_queries, answered):
    assessment = make_assessment(company=make_company(member=person))
    for code in ["STR.VIS.1", "OPS.MES.1", "OPS.CYB.2"][:answered]:
        answer(assessment=assessment, by=person, question=code, value={"choices": ["1"]})
    make_second()
    signed_in.get(page(assessment))

    with django_assert_num_queries(5):  # session, user, assessment with its company and version, newer version, answers
        response = signed_in.get(page(assessment))

    assert len(response.context["move"].lines) == answered


# --- Pages of the old version that somebody still has open --------------------------------------------------------------


@pytest.fixture
def moved(assessment, person, second):
    move(assessment=assessment, to=second, by=person)
    return assessment


def save(client, assessment, code, **fields):
    url = reverse("assessment_answer", args=[assessment.pk, code])
    return client.post(url, {f"{code}-{name}": value for name, value in fields.items()})


def test_an_answer_to_a_question_that_is_gone_is_404(signed_in, moved):
    assert save(signed_in, moved, "STR.VIS.2", typed="too late", revision="1").status_code == 404
    assert Answer.objects.get(question="STR.VIS.2").state == "empty"


def test_a_choice_that_is_gone_is_refused_in_words(signed_in, moved):
    response = save(signed_in, moved, "OPS.CYB.2", pick="choice.1", revision="1")

    assertContains(response, "This choice does not exist here.", status_code=422)


def test_a_colleagues_answer_to_the_old_words_is_a_conflict(client, moved):
    colleague = make_user()
    make_membership(company=moved.company, user=colleague)
    client.force_login(colleague)

    assert save(client, moved, "STR.VIS.1", pick="choice.3", revision="1").status_code == 409
    assert save(client, moved, "STR.VIS.1", pick="choice.3", revision="2").status_code == 200

"""Where people are: who else has a dimension open, and the way back to the question where one stopped."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions import team
from assessment.models import Answer, Assessment, Place
from assessment.models.compiled import compiled
from tests.factories import (
    FIXTURES,
    NOON,
    answer,
    make_assessment,
    make_colleague,
    make_company,
    make_membership,
    make_result,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(company):
    user = make_user(email="bob@company.example", name="Bob")
    make_membership(company=company, user=user, role="reader")
    return user


def page(assessment, code="OPS"):
    return reverse("assessment_dimension", args=[assessment.pk, code])


def tell(client, assessment, **said):
    return client.post(reverse("assessment_place", args=[assessment.pk]), {"dimension": "OPS"} | said)


def names(response):
    return [str(person) for person in response.context["others_here"]]


def test_opening_a_dimension_says_where_the_person_is(signed_in, person, assessment):
    signed_in.get(page(assessment))

    place = Place.objects.get()
    assert (place.user, place.dimension, place.question) == (person, "OPS", "")


def test_a_person_is_in_one_place_at_a_time(signed_in, assessment):
    for code in ["OPS", "STR"]:
        signed_in.get(page(assessment, code))

    assert [place.dimension for place in Place.objects.all()] == ["STR"]


def test_others_who_have_the_same_dimension_open_are_named(signed_in, assessment, bob):
    team.arrive(assessment=assessment, user=bob, dimension="OPS")

    assert (names(signed_in.get(page(assessment))), names(signed_in.get(page(assessment, "STR")))) == (["Bob"], [])


@pytest.mark.parametrize(("seconds", "shown"), [(59, ["Bob"]), (60, [])])
def test_after_a_minute_without_a_sign_a_person_is_no_longer_there(signed_in, assessment, bob, seconds, shown):
    at = timezone.now()
    team.arrive(assessment=assessment, user=bob, dimension="OPS", at=at - timedelta(seconds=seconds))

    here = Place.objects.here_now(at).filter(user=bob)

    assert [str(place.user) for place in here] == shown


def test_nobody_sees_themselves(signed_in, assessment):
    signed_in.get(page(assessment))

    assert names(signed_in.get(page(assessment))) == []


def test_another_assessment_is_another_place(signed_in, assessment, bob):
    elsewhere = make_assessment(company=make_company(member=bob))
    team.arrive(assessment=elsewhere, user=bob, dimension="OPS")

    assert names(signed_in.get(page(assessment))) == []


def test_the_open_page_says_which_question_was_touched_last(signed_in, person, assessment):
    tell(signed_in, assessment, question="OPS.CYB.2")

    place = Place.objects.get()
    assert (place.user, place.dimension, place.question) == (person, "OPS", "OPS.CYB.2")


def test_without_a_question_the_one_known_stays(signed_in, assessment):
    tell(signed_in, assessment, question="OPS.CYB.2")
    tell(signed_in, assessment)

    assert Place.objects.get().question == "OPS.CYB.2"


def test_the_reply_names_the_others_and_stays_silent_while_the_list_is_the_same(signed_in, assessment, bob):
    team.arrive(assessment=assessment, user=bob, dimension="OPS")

    first = tell(signed_in, assessment)
    again = tell(signed_in, assessment, shown=str(bob.pk))
    Place.objects.filter(user=bob).delete()
    gone = tell(signed_in, assessment, shown=str(bob.pk))

    assertContains(first, "Also here now: Bob", html=False, count=1)
    assertContains(first, f'<input type="hidden" name="shown" value="{bob.pk}">', count=1)
    assert (again.status_code, again.content) == (204, b"")
    assert (gone.status_code, names(gone)) == (200, [])
    assert first["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "said", [{"dimension": "NONE"}, {"dimension": ""}, {"question": "STR.VIS.1"}, {"question": "x" * 100}]
)
def test_a_place_that_does_not_exist_is_refused(signed_in, assessment, said):
    assert tell(signed_in, assessment, **said).status_code == 422
    assert Place.objects.count() == 0


@pytest.mark.parametrize("shown", ["x", "1 x", "²", "-1", "9" * 50])
def test_a_list_shown_that_cannot_be_read_is_another_list(signed_in, assessment, bob, shown):
    team.arrive(assessment=assessment, user=bob, dimension="OPS")

    assert tell(signed_in, assessment, shown=shown).status_code == 200


def test_a_submitted_assessment_has_no_places(signed_in, company, person):
    assessment = make_result(company=company, by=person).assessment

    told, opened = tell(signed_in, assessment), signed_in.get(page(assessment))

    assert (told.status_code, opened.status_code, Place.objects.count()) == (204, 302, 0)


def test_a_reader_is_there_too(client, assessment, bob):
    client.force_login(bob)

    assert (tell(client, assessment).status_code, Place.objects.get().user) == (204, bob)


def test_someone_else_gets_404_and_leaves_no_trace(client, assessment):
    client.force_login(make_user())

    assert tell(client, assessment).status_code == 404
    assert Place.objects.count() == 0


def test_without_a_session_the_reply_is_401_not_a_page(client, assessment):
    assert tell(client, assessment).status_code == 401


def test_telling_takes_a_post(signed_in, assessment):
    assert signed_in.get(reverse("assessment_place", args=[assessment.pk])).status_code == 405


@pytest.mark.parametrize("other_count", [1, 3])
def test_telling_costs_five_queries(signed_in, company, assessment, django_assert_num_queries, other_count):
    for _ in range(other_count):
        other = make_user()
        make_membership(company=company, user=other)
        team.arrive(assessment=assessment, user=other, dimension="OPS")
    tell(signed_in, assessment)

    with django_assert_num_queries(5):  # session, user, assessment with its version, place, others
        tell(signed_in, assessment)


def test_place_one_per_person(person, assessment):
    Place.objects.create(assessment=assessment, user=person, dimension="OPS")

    # SQLite names the columns, PostgreSQL the constraint
    with pytest.raises(IntegrityError, match="place_one_per_person|place.assessment_id"):
        Place.objects.create(assessment=assessment, user=person, dimension="STR")


# --- Coming back -----------------------------------------------------------------------------------------------------


def resumed(user, assessment):
    """Where another browser of the same person arrives."""
    elsewhere = Client()
    elsewhere.force_login(user)
    return elsewhere.get(reverse("assessment_resume", args=[assessment.pk]))["Location"]


def test_somebody_new_starts_at_the_first_question_left(person, assessment):
    answer(assessment=assessment, by=make_colleague(of=assessment), question="STR.VIS.1", value={"choices": ["2"]})

    assert resumed(person, assessment) == page(assessment, "OPS") + "#q5"


def test_the_last_answer_is_where_the_person_stopped(person, assessment):
    answer(assessment=assessment, by=person, question="OPS.CYB.1", value={"choices": ["backup"]})
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    answer(assessment=assessment, by=make_colleague(of=assessment), question="OPS.CYB.2", value={"choices": ["1"]})

    assert resumed(person, assessment) == page(assessment, "STR") + "#q1"


def test_a_page_opened_later_is_where_the_person_stopped(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    signed_in.get(page(assessment, "OPS"))

    assert resumed(person, assessment) == page(assessment, "OPS") + "#q5"


def test_a_page_opened_again_leads_to_the_answer_last_given_there(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"choices": ["1"]})
    signed_in.get(page(assessment, "OPS"))

    assert resumed(person, assessment) == page(assessment, "OPS") + "#q6"


def test_a_question_touched_and_not_answered_is_where_the_person_stopped(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    tell(signed_in, assessment, question="OPS.CYB.2")

    assert resumed(person, assessment) == page(assessment, "OPS") + "#q6"


def test_an_answer_given_after_the_page_last_said_where_it_was_counts_more(signed_in, person, assessment):
    tell(signed_in, assessment, question="OPS.CYB.2")
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})

    assert resumed(person, assessment) == page(assessment, "STR") + "#q1"


def test_a_question_no_longer_put_leads_to_what_is_left_in_its_dimension(signed_in, person, assessment):
    tell(signed_in, assessment, question="OPS.MES.1")  # for companies that manufacture

    assert resumed(person, assessment) == page(assessment, "OPS") + "#q5"


def test_a_dimension_that_no_longer_exists_leads_to_the_last_answer(person, assessment):
    answer(assessment=assessment, by=person, question="STR.VIS.1", value={"choices": ["2"]})
    team.arrive(assessment=assessment, user=person, dimension="OLD")

    assert resumed(person, assessment) == page(assessment, "STR") + "#q1"


def test_answers_carried_over_are_no_trace_of_a_person(person, assessment):
    answer(assessment=assessment, by=person, question="OPS.CYB.1", value={"choices": ["backup"]})
    Answer.objects.update(to_confirm=True)

    assert resumed(person, assessment)[-3:] == "#q1"


def test_each_member_comes_back_to_their_own_place(person, assessment, bob):
    team.arrive(assessment=assessment, user=person, dimension="STR", question="STR.VIS.2")
    team.arrive(assessment=assessment, user=bob, dimension="OPS", question="OPS.CYB.1")

    assert (resumed(person, assessment)[-3:], resumed(bob, assessment)[-3:]) == ("#q2", "#q5")


def test_a_submitted_assessment_resumes_at_its_page(signed_in, assessment):
    Assessment.objects.update(status="submitted", submitted_at=NOON)

    response = signed_in.get(reverse("assessment_resume", args=[assessment.pk]))

    assertRedirects(response, assessment.get_absolute_url(), fetch_redirect_response=False)


def test_start_page_and_company_page_lead_there(signed_in, company, assessment):
    link = f'href="{reverse("assessment_resume", args=[assessment.pk])}"'

    assertContains(signed_in.get(reverse("start")), link, count=1)
    assertContains(signed_in.get(reverse("company", args=[company.pk])), link, count=1)


def test_resuming_costs_five_queries(signed_in, assessment, django_assert_num_queries):
    url = reverse("assessment_resume", args=[assessment.pk])
    signed_in.get(url)

    with django_assert_num_queries(5):  # session, user, assessment with its company and version, answers, place
        signed_in.get(url)


@pytest.fixture
def real(company):
    return make_version(file=FIXTURES / "questionnaire-2026.1.yaml")


@pytest.mark.parametrize(("path", "at_least"), [("express", 12), ("full", 40)])
def test_leaving_at_any_question_leads_back_to_it_with_its_value(signed_in, person, company, real, path, at_least):
    assessment = make_assessment(company=company, version=real, path=path)
    expected, found = [], []

    for number, dimension, question in numbered(real):
        opened = signed_in.get(page(assessment, dimension.code)).context["standing"]
        if not opened.asks(question):
            continue  # an answer before it ruled it out
        value = value_for(question)
        state = "draft" if "draft" in value else "answered"
        answer(assessment=assessment, by=person, question=question.code, value=value, state=state)
        express = reverse("assessment_express", args=[assessment.pk])
        expected.append((f"{express if path == 'express' else page(assessment, dimension.code)}#q{number}", value))
        found.append((resumed(person, assessment), Answer.objects.get(question=question.code).value))

    assert found == expected
    assert len(found) >= at_least


def numbered(version):
    number = 0
    for dimension in compiled(version).dimensions:
        for question in dimension.questions:
            number += 1
            yield number, dimension, question


def value_for(question):
    """The highest choice, or a figure left incomplete."""
    if question.choices:
        return {"choices": [question.choices[-1].code]}
    return {"draft": {"pick": [], "typed": "1,2,3", "reason": ""}}

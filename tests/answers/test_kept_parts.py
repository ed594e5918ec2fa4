"""Pages whose parts are kept show what they would show if nothing was: to others, later, and in another language."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions.questionnaire import correct_texts
from assessment.models import Answer, Question
from fragments import memory
from tests.factories import (
    COMPLETE,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db
STR_VIS_1, CHOSEN = "STR.VIS.1", re.compile(r'name="STR\.VIS\.1-pick" value="([^"]+)" checked')
LOW = COMPLETE | {STR_VIS_1: {"choices": ["1"]}}
ANEW = re.compile(r'(name="csrfmiddlewaretoken" value="[^"]+"|data-(idle|age)="\d+")')


@pytest.fixture(autouse=True)
def nothing_kept():
    memory.clear()


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


def page_of(assessment):
    return reverse("assessment_dimension", args=[assessment.pk, "STR"])


def shown(client, address):
    return ANEW.sub("", client.get(address).content.decode())


def assert_same_as_rendered_anew(client, address):
    kept = shown(client, address)
    memory.clear()

    assert kept == shown(client, address)


def fill(assessment, person, choice, comment, *, revision=0):
    value = {"choices": [choice]}
    answer(assessment=assessment, by=person, question=STR_VIS_1, value=value, comment=comment, revision=revision)


def colleague(company, role):
    user = make_user(name=role)
    make_membership(company=company, user=user, role=role)
    return user


def test_another_pick_is_shown_at_once(signed_in, person, assessment):
    fill(assessment, person, "1", "noted early")
    before = shown(signed_in, page_of(assessment))
    fill(assessment, person, "2", "noted late", revision=1)
    after = shown(signed_in, page_of(assessment))

    assert (CHOSEN.findall(before), CHOSEN.findall(after)) == (["choice.1"], ["choice.2"])
    assert ("noted early" in before, "noted early" in after, "noted late" in after) == (True, False, True)
    assert_same_as_rendered_anew(signed_in, page_of(assessment))


def test_a_corrected_text_is_shown_at_once(signed_in, assessment):
    shown(signed_in, page_of(assessment))
    question = Question.objects.get(code=STR_VIS_1)
    correct_texts(version=assessment.version, corrections=[(question, {"text_en": "Corrected?"})])

    assertContains(signed_in.get(page_of(assessment)), "Corrected?")
    assertContains(signed_in.get(reverse("questionnaire_dimension", args=["STR"])), "Corrected?")
    assert_same_as_rendered_anew(signed_in, page_of(assessment))


def test_each_language_is_shown_its_own(signed_in, assessment):
    for language in ["en", "fr", "en"]:
        with translation.override(language):
            address = page_of(assessment)
            assertContains(signed_in.get(address), f'<html lang="{language}">')
            assert_same_as_rendered_anew(signed_in, address)


def test_nothing_of_another_company_or_person_is_shown(client, person, assessment):
    fill(assessment, person, "1", "ours alone")
    client.force_login(person)
    shown(client, page_of(assessment))
    stranger = make_user(name="Stranger")
    theirs = make_assessment(company=make_company(member=stranger, name="Other"), version=assessment.version)
    client.force_login(stranger)

    response = client.get(page_of(theirs))

    assertNotContains(response, "ours alone")
    assertNotContains(response, person.email)
    assertNotContains(response, str(assessment.pk))
    assert CHOSEN.findall(response.content.decode()) == []
    assert client.get(page_of(assessment)).status_code == 404
    assert_same_as_rendered_anew(client, page_of(theirs))


@pytest.mark.parametrize("role", ["reader", "contributor", "manager"])
def test_each_role_is_shown_what_it_may_do(client, person, assessment, role):
    client.force_login(person)
    shown(client, page_of(assessment))
    client.force_login(colleague(assessment.company, role))

    found = shown(client, page_of(assessment))

    assert ("Clear this answer" in found) is (role != "reader")
    assert_same_as_rendered_anew(client, page_of(assessment))


def test_answers_waiting_for_a_confirmation_say_so_and_then_no_more(signed_in, person, assessment):
    fill(assessment, person, "1", "")
    Answer.objects.update(to_confirm=True)
    assertContains(signed_in.get(page_of(assessment)), "Does it still hold?")
    Answer.objects.update(to_confirm=False)

    assertNotContains(signed_in.get(page_of(assessment)), "Does it still hold?")


def test_every_result_has_its_own_proof(client):
    managers, version = [make_user(), make_user()], make_version()
    results = [
        make_result(company=make_company(member=manager), by=manager, answers=answers, version=version)
        for manager, answers in zip(managers, [COMPLETE, LOW], strict=True)
    ]
    pages = []
    for manager, result in zip([*managers, managers[0]], [*results, results[0]], strict=True):
        client.force_login(manager)
        pages.append(shown(client, result.get_absolute_url()))
        assert_same_as_rendered_anew(client, result.get_absolute_url())

    assert pages[0] != pages[1]
    assert client.get(results[1].get_absolute_url()).status_code == 404

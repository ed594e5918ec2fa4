"""Figures out of the ordinary: asked about, and never refused."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.models import Answer
from assessment.rules.ordinary import ORDINARY, doubt
from tests.factories import FIXTURES, answer, definition_of, make_assessment, make_company, make_version

NEWEST = FIXTURES / "questionnaire-2026.2.yaml"


def test_each_bound_is_of_a_question_that_takes_such_figures():
    files = [definition_of(FIXTURES / f"questionnaire-2026.{number}.yaml") for number in range(3)]

    asked = {q.code: q for each in files for q in each.questions if q.kind == "number"}

    for code, (low, high) in ORDINARY.items():
        assert asked[code].minimum <= low < high <= asked[code].maximum


@pytest.mark.parametrize(
    ("code", "number", "asked"),
    [
        ("STR.INV.3", "30", False),
        ("STR.INV.3", "30.1", True),
        ("STR.INV.3", "60", True),
        ("SUS.FTP.3", "1.9", True),
        ("SUS.FTP.3", "12", False),
        ("SUS.FTP.3", "20", True),
        ("PEO.SKL.2", "100", False),
    ],
)
def test_what_companies_seldom_answer_is_asked_about(code, number, asked):
    question = definition_of(NEWEST).question(code)

    assert bool(doubt(question, {"number": number})) is asked


def test_what_is_no_figure_is_not_asked_about():
    assert doubt(definition_of(NEWEST).question("STR.INV.3"), {"unknown": True}) is None


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person), version=make_version(file=NEWEST))


@pytest.mark.django_db
def test_it_is_saved_and_asked_about_in_the_reply_and_in_the_page(signed_in, assessment):
    address = reverse("assessment_answer", args=[assessment.pk, "STR.INV.3"])
    asked = "Is that right? You answer 60; most companies are between 0 and 30 (% of running costs)."

    reply = signed_in.post(address, {"STR.INV.3-typed": "60"})

    assertContains(reply, asked)
    assertContains(signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "STR"])), asked)
    assertContains(signed_in.get(reverse("assessment_review", args=[assessment.pk])), asked)
    assert (Answer.objects.get().state, Answer.objects.get().value) == ("answered", {"number": "60"})


@pytest.mark.django_db
def test_an_ordinary_figure_is_just_saved(signed_in, person, assessment):
    answer(assessment=assessment, by=person, question="STR.INV.3", value={"number": "3"})

    page = signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "STR"]))

    assertNotContains(page, "Is that right?")

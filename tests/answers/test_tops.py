"""A card says while it is answered what is enough for the most points: on the page, in readings, PDF and workbook."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from assessment.exchange.workbook import possible_answers
from assessment.maturity.file.format import load_document
from assessment.reports.questionnaire.pdf import document
from assessment.reports.questionnaire.preview import preview
from assessment.rules.tops import asked_for
from tests.factories import make_assessment, make_company, make_version
from tests.maturity.documents import flat, make_multiple, make_number, make_open_question, make_question

EIGHT_OF_TEN = make_multiple(points=[1] * 10, cap=8)
UNEVEN = make_multiple(points=(1, 3, 2), cap=5)


def question(document):
    return load_document(flat(document)).questions[0]


@pytest.mark.parametrize(
    ("asked", "french", "english"),
    [
        (
            EIGHT_OF_TEN,
            ["8 réponses suffisent pour le maximum de points."],
            ["8 answers are enough for the most points."],
        ),
        (
            make_multiple(points=(1, 1), cap=1),
            ["1 réponse suffit pour le maximum de points."],
            ["1 answer is enough for the most points."],
        ),
        (
            UNEVEN,
            ["2 réponses peuvent suffire pour le maximum de points, selon lesquelles."],
            ["2 answers can be enough for the most points, depending on which."],
        ),
        (make_multiple(points=(1, 1)), [], []),
        (
            make_number(bands=((0, 0), (Decimal("12.5"), 1), (95, 2))),
            ["Un nombre de 0 à 100.", "Le maximum de points commence à 95."],
            ["A number from 0 to 100.", "95 or more gives the most points."],
        ),
        (
            make_number(bands=((0, 2), (Decimal("2.5"), 0))),
            ["Un nombre de 0 à 100.", "En dessous de 2,5, c’est le maximum de points."],
            ["A number from 0 to 100.", "Less than 2.5 gives the most points."],
        ),
        (
            make_number(bands=((0, 0), (20, 2), (40, 1))),
            ["Un nombre de 0 à 100.", "De 20 à moins de 40, c’est le maximum de points."],
            ["A number from 0 to 100.", "From 20 to under 40 gives the most points."],
        ),
        (make_number(weight=0), ["Un nombre de 0 à 100."], ["A number from 0 to 100."]),
        (make_question(), [], []),
        (make_open_question(), [], []),
    ],
)
def test_what_is_asked_for_in_words(asked, french, english):
    said = {}
    for language in ["fr", "en"]:
        with override(language):
            said[language] = asked_for(question(asked))

    assert said == {"fr": french, "en": english}


def test_the_workbook_says_it_above_the_lines_to_tick():
    with override("en"):
        assert possible_answers(question(EIGHT_OF_TEN), "en").split("\n") == [
            "Several answers possible: “yes” on each line below that applies.",
            "8 answers are enough for the most points.",
        ]
        assert possible_answers(question(make_number()), "en").split("\n") == [
            "%",
            "A number from 0 to 100, without a unit.",
            "50 or more gives the most points.",
        ]


def test_the_page_says_it_on_the_card(signed_in, person):
    company = make_company(member=person, sub_sector="cdmo", activities=["manufacturing"])
    assessment = make_assessment(company=company)

    response = signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "OPS"]))

    assertContains(response, "A number from 0 to 100. 90 or more gives the most points.")
    assertContains(
        response, "Several answers possible. 2 answers can be enough for the most points, depending on which."
    )
    assertNotContains(response, "answers are enough")


def test_readings_say_it_too(client, db):
    make_version()

    response = client.get(reverse("questionnaire_dimension", args=["OPS"]))

    assertContains(response, "At most 4 points. 2 answers can be enough for the most points, depending on which.")
    assertContains(response, "A number from 0 to 100. 90 or more gives the most points.")


def test_the_print_says_it_below_the_answers(db):
    words = document(preview(make_version()), labels=[])

    notes = [
        asked["note"]
        for dimension in words["dimensions"]
        for capability in dimension["capabilities"]
        for asked in capability["questions"]
        if asked["note"]
    ]
    assert notes == [
        "A number from 0 to 100. 90 or more gives the most points.",
        "At most 4 points. 2 answers can be enough for the most points, depending on which.",
    ]

"""Numbers as people type them: by the language of the page, with their unit, and never guessed at."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.maturity.definition import Band, Question
from assessment.rules.typed import read, shown_value
from assessment.templatetags.words import decimal
from tests.texts import NUMBERS

LOTS = {"fr": "% des lots", "en": "% of batches"}
YEARS = {"fr": "ans", "en": "years"}
FAR = 10**15
TWO = "can be read in two ways"


def question(unit=None):
    far = Fraction(FAR)
    return Question(
        code="A", kind="number", text={"en": "?"}, unit=unit, minimum=-far, maximum=far, bands=(Band(-far, 0),)
    )


def typed(text, language, unit=None):
    """Return the number that is stored, or what is said instead."""
    with translation.override(language):
        answer = read(question(unit), [], text, "")
        return answer.value.get("number", [str(problem) for problem in answer.problems])


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("1000", "1000", "1000"),
        ("7,5", "7.5", "7.5"),
        ("7.5", "7.5", "7.5"),
        ("12,50", "12.5", "12.5"),
        ("1,000", "1", "1000"),
        ("1.000", None, "1"),
        ("12.345", None, "12.345"),
        ("12,345", "12.345", "12345"),
        ("0,125", "0.125", "0.125"),
        ("0.125", "0.125", "0.125"),
        ("1234.567", "1234.567", "1234.567"),
        ("1 234,5", "1234.5", "1234.5"),
        ("1\u00a0234,5", "1234.5", "1234.5"),
        ("1\u202f234,567", "1234.567", "1234.567"),
        ("1’234.5", "1234.5", "1234.5"),
        ("1.234,5", "1234.5", "1234.5"),
        ("1,234.5", "1234.5", "1234.5"),
        ("1.234.567", "1234567", "1234567"),
        ("1,234,567", "1234567", "1234567"),
        ("-7,5", "-7.5", "-7.5"),
        ("\u22127,5", "-7.5", "-7.5"),
        ("-0", "0", "0"),
    ],
)
def test_the_language_of_the_page_decides_or_it_is_asked(text, french, english):
    assert typed(text, "fr") == (
        french
        or [
            f"«\u00a0{text}\u00a0» peut se lire de deux façons\u00a0: n’écrivez rien entre les milliers, comme dans 1000."
        ]
    )
    assert typed(text, "en") == english


@pytest.mark.parametrize(
    "text", ["1,23,456", "1.23.456", "1,2,3", "1.234,56.7", "12..5", "5.", ".5", "1e3", "0x10", "½"]
)
def test_what_is_no_number_in_any_language_is_asked_again(text):
    assert typed(text, "en") == ["Write a number in digits, such as 12 or 12.5."]


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12,5 %", LOTS, "12.5"),
        ("12.5%", LOTS, "12.5"),
        ("12,5\u202f%", LOTS, "12.5"),
        ("80 % des lots", LOTS, "80"),
        ("80 per cent", LOTS, "80"),
        ("80 pour cent", LOTS, "80"),
        ("80 %", None, "80"),
        ("4 fois", YEARS, "4"),
        ("4 fois", None, "4"),
        ("4 times", None, "4"),
        ("3 ans", YEARS, "3"),
        ("3 years", YEARS, "3"),
        ("1 year", YEARS, "1"),
    ],
)
def test_the_unit_typed_after_a_number_is_understood(text, unit, number):
    assert typed(text, "fr", unit) == number
    assert typed(text, "en", unit) == number


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("12 lots", LOTS, "Write the number alone, or with its unit: % of batches."),
        ("6 months", YEARS, "Write the number alone, or with its unit: years."),
        ("80 %", YEARS, "Write the number alone, or with its unit: years."),
        ("4 k", YEARS, "Write the number alone, or with its unit: years."),
        ("4 million", None, "Write a number in digits, such as 12 or 12.5."),
    ],
)
def test_another_unit_is_asked_about(text, unit, said):
    assert typed(text, "en", unit) == [said]


@given(number=NUMBERS, language=st.sampled_from(["fr", "en"]))
@settings(max_examples=200, deadline=None)
def test_any_number_is_read_as_it_is_shown(number, language):
    value = {"number": f"{number:f}"}

    with translation.override(language):
        shown = shown_value(value)["typed"]

    assert typed(shown, language) == value["number"]


@pytest.mark.parametrize(("language", "shown"), [("fr", "7,5"), ("en", "7.5")])
def test_a_number_is_shown_with_the_mark_of_the_page(language, shown):
    with translation.override(language):
        assert shown_value({"number": "7.5"})["typed"] == shown


@pytest.mark.parametrize(
    ("number", "french", "english"), [("25/2", "12,5", "12.5"), ("60", "60", "60"), (None, None, None)]
)
def test_a_number_of_the_questionnaire_is_written_as_the_page_does(number, french, english):
    exact = Fraction(number) if number else None

    for language, written in [("fr", french), ("en", english)]:
        with translation.override(language):
            assert decimal(exact) == written


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Donnez un nombre de 0,5 à 7,5."), ("en", "Give a number from 0.5 to 7.5.")]
)
def test_bounds_are_said_with_the_mark_of_the_page(language, said):
    bounded = replace(question(), minimum=Fraction(1, 2), maximum=Fraction(15, 2), bands=(Band(Fraction(1, 2), 0),))

    with translation.override(language):
        assert [str(problem) for problem in read(bounded, [], "8", "").problems] == [said]

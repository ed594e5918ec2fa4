"""What an answer may say, and what is said of one that can't count."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.maturity.answers import Answer, check_answer, points
from tests.maturity.documents import (
    make_multiple,
    make_number,
    make_open_question,
    make_question,
    make_questionnaire,
)

CHOICE = make_question(allow_not_applicable=True)
MULTIPLE = make_multiple()
WITH_NONE = make_multiple(exclusive=[0])
NUMBER = make_number(minimum=Decimal("-0.5"), maximum=100, bands=((-1, 0), (10, 1), (50, 2)))
TEXT = make_open_question()


def question(document):
    return make_questionnaire(document).question(document["code"])


@pytest.mark.parametrize(
    ("document", "answer", "problems"),
    [
        (CHOICE, Answer(choices=("3",)), []),
        (CHOICE, Answer(unknown=True), []),
        (CHOICE, Answer(not_applicable="No plant"), []),
        (CHOICE, Answer(), ["not_one_form"]),
        (CHOICE, Answer(choices=("3",), unknown=True), ["not_one_form"]),
        (CHOICE, Answer(choices=("3",), not_applicable="No plant"), ["not_one_form"]),
        (CHOICE, Answer(choices=()), ["one_choice"]),
        (CHOICE, Answer(choices=("2", "3")), ["one_choice"]),
        (CHOICE, Answer(choices=("9", "x")), ["unknown_choice", "unknown_choice"]),
        (CHOICE, Answer(number=Fraction(3)), ["choice_expected"]),
        (CHOICE, Answer(text="3"), ["choice_expected"]),
        (CHOICE, Answer(not_applicable=" \n"), ["reason_missing"]),
        (CHOICE, Answer(not_applicable="No\0plant"), ["bad_character"]),
        (make_question(), Answer(not_applicable="No plant"), ["not_applicable_not_allowed"]),
        (make_question(allow_unknown=False), Answer(unknown=True), ["unknown_not_allowed"]),
        (MULTIPLE, Answer(choices=("0", "2")), []),
        (MULTIPLE, Answer(choices=()), []),  # nothing to say "none of these" with: the empty list says it
        (MULTIPLE, Answer(choices=("0", "0")), ["repeated_choice"]),
        (WITH_NONE, Answer(choices=("0",)), []),
        (WITH_NONE, Answer(choices=("1", "2")), []),
        (WITH_NONE, Answer(choices=()), ["nothing_chosen"]),
        (WITH_NONE, Answer(choices=("0", "1")), ["exclusive_choice"]),
        (NUMBER, Answer(number=Fraction(-1, 2)), []),
        (NUMBER, Answer(number=Fraction(100)), []),
        (NUMBER, Answer(number=Fraction(-501, 1000)), ["out_of_range"]),
        (NUMBER, Answer(number=Fraction(100001, 1000)), ["out_of_range"]),
        (NUMBER, Answer(choices=("1",)), ["number_expected"]),
        (TEXT, Answer(text="Our plan"), []),
        (TEXT, Answer(text=" "), ["text_expected"]),
        (TEXT, Answer(number=Fraction(1)), ["text_expected"]),
        (TEXT, Answer(text="a\ud800b"), ["bad_character"]),
    ],
)
def test_check_answer(document, answer, problems):
    assert [code for code, _ in check_answer(question(document), answer)] == problems


def test_a_problem_says_what_to_do():
    assert check_answer(question(NUMBER), Answer(number=Fraction(101))) == [
        ("out_of_range", "Give a number from -0.5 to 100.")
    ]
    assert check_answer(question(make_question(points=(0, 1))), Answer(choices=("9",))) == [
        ("unknown_choice", "“9” is not a choice here: choose among 0, 1.")
    ]


@pytest.mark.parametrize(
    ("document", "answer", "expected"),
    [
        (CHOICE, Answer(choices=("3",)), 3),
        (MULTIPLE, Answer(choices=("0", "2")), 4),
        (MULTIPLE, Answer(choices=()), 0),
        (make_multiple(cap=3), Answer(choices=("0", "2")), 3),
        (NUMBER, Answer(number=Fraction(-1, 2)), 0),
        (NUMBER, Answer(number=Fraction(9999, 1000)), 0),
        (NUMBER, Answer(number=Fraction(10)), 1),
        (NUMBER, Answer(number=Fraction(50)), 2),
    ],
)
def test_points(document, answer, expected):
    assert points(question(document), answer) == expected


@pytest.mark.parametrize(
    ("json", "answer"),
    [
        ({"choices": ["a", "c"]}, Answer(choices=("a", "c"))),
        ({"choices": []}, Answer(choices=())),
        ({"number": 12}, Answer(number=Fraction(12))),
        ({"number": 0.1}, Answer(number=Fraction(1, 10))),
        ({"number": -12.5}, Answer(number=Fraction(-25, 2))),
        ({"number": 3.3333333333333335}, Answer(number=Fraction("3.3333333333333335"))),
        ({"text": "Été 2026 🌿"}, Answer(text="Été 2026 🌿")),
        ({"unknown": True}, Answer(unknown=True)),
        ({"not_applicable": "No plant"}, Answer(not_applicable="No plant")),
    ],
)
def test_an_answer_is_read_and_written_as_json(json, answer):
    assert Answer.from_json(json) == answer
    assert answer.to_json() == json


@pytest.mark.parametrize(
    "json",
    [
        None,
        [],
        "3",
        {},
        {"choice": "a"},
        {"choices": ["a"], "unknown": True},
        {"choices": "a"},
        {"choices": [1]},
        {"choices": None},
        {"number": "12"},
        {"number": True},
        {"number": float("nan")},
        {"number": float("inf")},
        {"number": 1e15},
        {"number": Decimal("1E-61")},
        {"number": Decimal("1E+999999999")},
        {"text": 3},
        {"not_applicable": True},
        {"unknown": False},
        {"unknown": 1},
    ],
)
def test_an_answer_of_another_shape_is_refused(json):
    with pytest.raises(ValueError, match=r"^(give|choices|number|write|unknown)"):
        Answer.from_json(json)

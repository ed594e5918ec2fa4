"""The next better step of an answer."""

from fractions import Fraction

import pytest

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.gains import gains, next_better
from tests.maturity.documents import (
    make_multiple,
    make_number,
    make_open_question,
    make_question,
    make_questionnaire,
)

UNKNOWN = Answer(unknown=True)
CAPPED = make_multiple(points=(1, 3, 2), cap=4)
WITH_NONE = make_multiple(points=(0, 3, 2), exclusive=[0])
ALL_IN_ONE = make_multiple(points=(9, 3, 2), exclusive=[0], cap=9)
NUMBER = make_number(bands=((-5, 3), (10, 2), (20, 0), (60, 4)))


def chosen(*codes):
    return Answer(choices=codes)


def number(value):
    return Answer(number=Fraction(value))


@pytest.mark.parametrize(
    ("document", "answer", "better"),
    [
        (make_question(points=(0, 1, 2)), chosen("1"), chosen("2")),
        (make_question(points=(0, 1, 2)), chosen("2"), None),
        (make_question(points=(4, 0, 2, 3)), chosen("2"), chosen("3")),  # by points, in whatever order
        (make_question(points=(1, 3, 3, 5)), chosen("0"), chosen("1")),  # the first of two equal steps
        (make_question(points=(0, 0, 2, 3)), UNKNOWN, chosen("2")),  # the first step above 0
        (make_question(points=(0, 1)), Answer(not_applicable="No plant"), None),
        (make_open_question(), Answer(text="Our plan"), None),
        (CAPPED, chosen("0"), chosen("0", "1")),  # the one with most points
        (CAPPED, chosen("0", "1"), None),  # at the cap, though one is left
        (CAPPED, UNKNOWN, chosen("1")),
        (WITH_NONE, chosen("0"), chosen("1")),  # "none of these" leaves
        (WITH_NONE, chosen("1"), chosen("1", "2")),
        (WITH_NONE, chosen("1", "2"), None),
        (ALL_IN_ONE, chosen("1", "2"), chosen("0")),  # an exclusive choice that is worth more than all others
        (ALL_IN_ONE, chosen("0"), None),
        (NUMBER, number(25), number(10)),  # from 0 points to 2, the next higher, though they lie below
        (NUMBER, number(10), number(0)),  # that band starts below the smallest number allowed
        (NUMBER, number(0), number(60)),
        (NUMBER, number(60), None),
        (NUMBER, UNKNOWN, number(10)),
    ],
)
def test_next_better(document, answer, better):
    question = make_questionnaire(document).question(document["code"])

    assert next_better(question, answer) == better


def test_there_are_no_gains_without_an_overall_score():
    questionnaire = make_questionnaire(make_question("Q1"), make_question("Q2"))

    assert gains(questionnaire, Profile(), {"Q1": chosen("1")}) == {}


def test_a_step_is_followed_through_a_chain_of_conditions():
    """Q1 opens Q2, whose stored answer closes Q3: (0 + 1)/2 becomes (1 + 1)/2."""
    questionnaire = make_questionnaire(
        make_question("Q1", points=(0, 1)),
        make_question("Q2", points=(0, 1), applies_when={"answer": "Q1", "in": ["1"]}),
        make_question("Q3", points=(0, 1), applies_when={"not": {"answer": "Q2", "in": ["1"]}}),
    )
    answers = {"Q1": chosen("0"), "Q2": chosen("1"), "Q3": chosen("1")}

    assert gains(questionnaire, Profile(), answers) == {"Q1": Fraction(1, 2), "Q3": Fraction(0)}


def test_two_ways_from_one_answer_to_another_question_count_once():
    """Q4 reads Q2 and Q3, which both open with Q1."""
    opens = {"answer": "Q1", "in": ["1"]}
    questionnaire = make_questionnaire(
        make_question("Q1", points=(0, 1)),
        make_multiple("Q2", points=(1, 1), applies_when=opens),
        make_multiple("Q3", points=(1, 1), applies_when=opens),
        make_question(
            "Q4", points=(0, 1), applies_when={"any": [{"answer": "Q2", "in": ["0"]}, {"answer": "Q3", "in": ["0"]}]}
        ),
    )
    answers = {"Q1": chosen("0"), "Q2": chosen("0"), "Q3": chosen("0"), "Q4": chosen("1")}

    assert gains(questionnaire, Profile(), answers) == {"Q1": Fraction(3, 4)}

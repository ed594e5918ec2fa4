"""What two answer sets have in common."""

import pytest

from assessment.maturity.answers import Answer
from assessment.maturity.common import common_part, scale
from assessment.maturity.conditions import Profile
from tests.maturity.documents import make_choice, make_multiple, make_number, make_question, make_questionnaire

ANY = Profile()


def chosen(code):
    return Answer(choices=(code,))


def codes(part):
    return [question.code for question in part.questions]


def test_questions_that_both_put_on_the_same_scale_are_kept():
    old = make_questionnaire(make_question("Q1"), make_question("Q2"), make_question("Q4"))
    new = make_questionnaire(make_question("Q1"), make_question("Q2", points=(0, 1)), make_question("Q3"))
    answers = {"Q1": chosen("1"), "Q2": chosen("1"), "Q3": chosen("1"), "Q4": chosen("1")}

    assert codes(common_part(old, new, [(ANY, answers), (ANY, answers)])) == ["Q1"]


def test_what_one_side_leaves_unanswered_goes_with_what_rests_on_it():
    opened = {"answer": "Q1", "in": ["1"]}
    new = make_questionnaire(make_question("Q1"), make_question("Q2", applies_when=opened), make_question("Q3"))
    before, after = {"Q3": chosen("1")}, {"Q1": chosen("1"), "Q2": chosen("1"), "Q3": chosen("2")}

    assert codes(common_part(new, new, [(ANY, before), (ANY, after)])) == ["Q3"]


def test_nothing_in_common_is_an_empty_part():
    old, new = make_questionnaire(make_question("Q1")), make_questionnaire(make_question("Q2"))

    assert common_part(old, new, [(ANY, {}), (ANY, {"Q2": chosen("1")})]).dimensions == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (make_question(weight=1), make_question(weight=3), True),
        (make_question(), make_question(points=(0, 1, 2, 3, 5)), False),
        (make_multiple(cap=3), make_multiple(cap=4), False),
        (make_multiple(), make_multiple(exclusive=[0]), False),
        (make_number(), make_number(bands=((0, 0), (11, 1), (50, 2))), False),
        (
            make_question(points=(0, 1)),
            make_question() | {"choices": [make_choice("1", 1), make_choice("0", 0)]},
            True,
        ),
    ],
)
def test_the_scale_of_a_question(one, other, same):
    scales = [scale(make_questionnaire(document).question("Q1")) for document in (one, other)]

    assert (scales[0] == scales[1]) is same

"""The frozen questionnaire: what can be asked of it at no cost."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from tests.maturity.documents import (
    make_multiple,
    make_number,
    make_open_question,
    make_question,
    make_questionnaire,
)

QUESTIONNAIRE = make_questionnaire(
    make_question("Q1", points=(0, 3, 1)),
    make_multiple("Q2", points=(1, 2)),
    make_multiple("Q3", points=(1, 2), cap=2, weight=0),
    make_number("Q4"),
    make_open_question("Q5"),
)


def test_parts_are_found_by_their_codes():
    assert [question.code for question in QUESTIONNAIRE.questions] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    assert QUESTIONNAIRE.question("Q2") is QUESTIONNAIRE.questions[1]
    assert QUESTIONNAIRE.dimension("D1") is QUESTIONNAIRE.dimensions[0]
    assert QUESTIONNAIRE.capability("D1.C1") is QUESTIONNAIRE.dimensions[0].capabilities[0]
    assert QUESTIONNAIRE.level(3).start == 45
    assert QUESTIONNAIRE.question("Q1").choice("1").points == 3
    assert (QUESTIONNAIRE.has_question("Q5"), QUESTIONNAIRE.has_question("Q6")) == (True, False)
    assert (QUESTIONNAIRE.question("Q1").has_choice("2"), QUESTIONNAIRE.question("Q1").has_choice("3")) == (True, False)


@pytest.mark.parametrize(
    ("code", "max_points", "scored"),
    [("Q1", 3, True), ("Q2", 3, True), ("Q3", 2, False), ("Q4", 2, True), ("Q5", None, False)],
)
def test_what_a_question_can_bring(code, max_points, scored):
    question = QUESTIONNAIRE.question(code)

    assert (question.max_points, question.scored) == (max_points, scored)


def test_nothing_can_be_changed():
    with pytest.raises(FrozenInstanceError):
        QUESTIONNAIRE.question("Q1").weight = 2


def test_it_can_be_kept_outside_the_process():
    copy = pickle.loads(pickle.dumps(QUESTIONNAIRE))

    assert copy == QUESTIONNAIRE
    assert copy.question("Q4") == QUESTIONNAIRE.question("Q4")

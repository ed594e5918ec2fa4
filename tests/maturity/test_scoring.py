"""Corners of scoring that deserve a sentence each."""

from fractions import Fraction

import pytest

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.scoring import Interval, State, coverage, interval, is_complete, missing, score, states
from tests.maturity.documents import make_multiple, make_open_question, make_question, make_questionnaire

NOBODY = Profile()


def chosen(*codes):
    return Answer(choices=codes)


def test_an_answer_that_is_no_longer_valid_leaves_its_question_unanswered():
    questionnaire = make_questionnaire(make_question("Q1"), make_question("Q2"))

    result = score(questionnaire, NOBODY, {"Q1": chosen("gone"), "Q2": chosen("4")})

    assert [question.state for question in result.questions] == [State.UNANSWERED, State.ANSWERED]
    assert (result.complete, result.overall.score) == (False, None)


def test_an_answer_to_a_question_of_another_version_counts_for_nothing():
    questionnaire = make_questionnaire(make_question("Q1"))

    assert score(questionnaire, NOBODY, {"Q1": chosen("2"), "OLD": chosen("4")}).overall.score == Fraction(1, 2)


def test_an_optional_question_on_which_others_rest_must_be_answered_all_the_same():
    questionnaire = make_questionnaire(
        make_question("Q1", weight=0, required=False),
        make_question("Q2", applies_when={"answer": "Q1", "in": ["1"]}),
    )

    found = states(questionnaire, NOBODY, {"Q2": chosen("4")})

    assert found == {"Q1": State.UNANSWERED, "Q2": State.UNANSWERED}
    assert missing(questionnaire, found) == ["Q2"]


def test_an_undetermined_question_leaves_those_that_read_it_undetermined():
    """Q2's old answer is not counted, so what reads it waits too, even where that answer would close it."""
    questionnaire = make_questionnaire(
        make_question("Q1"),
        make_question("Q2", applies_when={"answer": "Q1", "in": ["1"]}),
        make_question("Q3", applies_when={"answer": "Q2", "in": ["1"]}),
    )

    assert set(states(questionnaire, NOBODY, {"Q2": chosen("0"), "Q3": chosen("0")}).values()) == {State.UNANSWERED}


@pytest.mark.parametrize("answer", [Answer(unknown=True), Answer(not_applicable="No plant")])
def test_a_condition_on_what_is_unknown_or_not_applicable_is_false(answer):
    questionnaire = make_questionnaire(
        make_question("Q1", allow_not_applicable=True),
        make_question("Q2", applies_when={"answer": "Q1", "in": ["0", "1", "2", "3", "4"]}),
    )

    assert states(questionnaire, NOBODY, {"Q1": answer})["Q2"] is State.HIDDEN


def test_answers_complete_without_the_texts_that_are_optional():
    questionnaire = make_questionnaire(make_question("Q1"), make_open_question("Q2", required=False))

    found = states(questionnaire, NOBODY, {"Q1": chosen("2")})

    assert is_complete(questionnaire, found)
    assert coverage(questionnaire, found).to_json() == {
        "applicable": 1,
        "answered": 1,
        "unknown": 0,
        "not_applicable": 0,
        "hidden": 0,
        "unanswered": 0,
    }


def test_the_interval_so_far():
    questionnaire = make_questionnaire(make_question("Q1"), make_multiple("Q2", points=(1, 1)))

    assert interval(questionnaire, NOBODY, {}) == Interval(None, Fraction(0), Fraction(1), is_open=True)
    assert interval(questionnaire, NOBODY, {"Q1": chosen("2")}) == Interval(
        None, Fraction(1, 4), Fraction(3, 4), is_open=True
    )
    half = Fraction(1, 2)
    assert interval(questionnaire, NOBODY, {"Q1": chosen("2"), "Q2": chosen("1")}) == Interval(half, half, half)


def test_a_result_lists_its_parts_in_order():
    result = score(make_questionnaire(make_question("Q1"), make_question("Q2")), NOBODY, {})

    assert [capability.code for capability in result.capabilities] == ["D1.C1"]
    assert [question.code for question in result.questions] == ["Q1", "Q2"]
    assert [(question.low, question.high) for question in result.questions] == [(0, 1), (0, 1)]

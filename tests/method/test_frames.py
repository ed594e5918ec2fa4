"""The reading in another model: a plain mean of exact scores, None where there is nothing to read."""

from fractions import Fraction

import pytest

from assessment.maturity.frames import reading
from assessment.maturity.scoring import score
from tests.content.material import FULL, best, questionnaire, typical_companies


@pytest.fixture
def whole():
    return questionnaire(FULL)


def means(questionnaire, scores):
    [frame] = questionnaire.frames
    return {line.dimension.code: line.mean for line in reading(questionnaire, frame, scores)}


def capabilities(questionnaire, frame_dimension):
    [frame] = questionnaire.frames
    lines = {line.dimension.code: line for line in reading(questionnaire, frame, {})}
    return [capability.code for capability in lines[frame_dimension].capabilities]


def test_each_dimension_of_the_frame_reads_at_least_one_capability(whole):
    codes = ["strategy", "readiness", "human", "data", "automation", "green"]

    assert [code for code in codes if capabilities(whole, code)] == codes


def test_a_capability_is_read_once_at_most(whole):
    read = [code for part in whole.frames[0].dimensions for code in capabilities(whole, part.code)]

    assert len(set(read)) == len(read)


def test_the_mean_is_plain_and_exact(whole):
    first, second, third = capabilities(whole, "strategy")[:3]
    scores = {first: Fraction(1, 3), second: Fraction(1, 2), third: Fraction(1)}

    assert means(whole, scores)["strategy"] == Fraction(11, 18)


def test_a_capability_without_a_score_is_left_out_and_is_not_zero(whole):
    first, second = capabilities(whole, "strategy")[:2]

    assert means(whole, {first: Fraction(1, 2), second: None})["strategy"] == Fraction(1, 2)


def test_a_zero_counts(whole):
    first, second = capabilities(whole, "strategy")[:2]

    assert means(whole, {first: Fraction(0), second: Fraction(1)})["strategy"] == Fraction(1, 2)


def test_nothing_to_read_gives_none(whole):
    assert set(means(whole, {}).values()) == {None}


@pytest.mark.parametrize("company", typical_companies(), ids=str)
def test_the_best_answers_reach_the_top_of_every_dimension(whole, company):
    result = score(whole, company.profile, {question.code: best(question) for question in whole.questions})
    scores = {capability.code: capability.score for capability in result.capabilities}

    assert set(means(whole, scores).values()) - {None} == {Fraction(1)}

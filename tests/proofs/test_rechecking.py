"""A signed result is scored again, and every figure that does not follow from its answers is named."""

import pytest

from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.problems import FormatError
from assessment.maturity.rechecking import Difference, recheck
from assessment.maturity.scoring import score
from tests.content.material import FIRST, FULL, questionnaire
from tests.proofs.makers import signed_file, statement


def test_every_figure_of_a_genuine_result_follows_from_its_answers():
    assert [recheck(statement(seed=seed), questionnaire(FULL)) for seed in range(10)] == [[]] * 10


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("overall.score", lambda result: result["overall"].update(score="99.9")),
        ("overall.level", lambda result: result["overall"].update(level=5)),
        ("complete", lambda result: result.update(complete=1)),
        ("dimensions.STR.score", lambda result: result["dimensions"][0].update(score="99.9")),
        ("coverage.unknown", lambda result: result["coverage"].update(unknown=50)),
        ("dimensions.XXX", lambda result: result["dimensions"].append({"code": "XXX"})),
        ("more", lambda result: result.update(more=7)),
    ],
)
def test_a_figure_that_was_changed_is_named(place, change):
    stated = statement(seed=3)
    change(stated["result"])

    assert [difference.place for difference in recheck(stated, questionnaire(FULL))] == [place]


def test_both_values_are_told():
    stated = statement(seed=3)
    computed = stated["result"]["overall"]["score"]
    stated["result"]["overall"]["score"] = "99.9"

    assert recheck(stated, questionnaire(FULL)) == [Difference("overall.score", "99.9", computed)]


def test_a_list_that_is_no_list_of_parts_is_one_difference():
    stated = statement(seed=3)
    stated["result"]["dimensions"] = [7]

    assert [difference.place for difference in recheck(stated, questionnaire(FULL))] == ["dimensions"]


def test_a_signed_file_is_an_answers_file_too():
    definition, stated = questionnaire(FULL), statement(seed=5)

    profile, answers = load_answers(signed_file(seed=5).decode(), definition)

    assert score(definition, profile, answers).to_json() == stated["result"]


@pytest.mark.parametrize(
    ("content", "version", "place"),
    [(signed_file(with_answers=False), FULL, "answers"), (signed_file(), FIRST, "result.checksum")],
)
def test_one_that_cannot_be_scored_says_why(content, version, place):
    with pytest.raises(FormatError) as refused:
        load_answers(content.decode(), questionnaire(version))

    assert [problem.place for problem in refused.value.problems] == [place]

"""Gap × gain: what comes first where a company has targets."""

from assessment.maturity.conditions import Profile
from assessment.maturity.file.format import load_document
from assessment.maturity.priorities import priorities, proposed_targets
from tests.maturity.documents import flat, make_question


def order(*steps):
    return [step.question for step in priorities(steps)]


def test_the_furthest_dimension_times_the_largest_gain_comes_first():
    assert order(("A", 100, 5), ("B", 300, 2), ("C", 50, 9)) == ["B", "A", "C"]


def test_at_their_target_steps_follow_by_gain_and_then_in_order():
    assert order(("A", 0, 5), ("B", -80, 7), ("C", 1, 1), ("D", 0, 5)) == ["C", "B", "A", "D"]


def test_a_step_without_gain_is_none():
    assert order(("A", 100, 0), ("B", 100, -3)) == []


def test_the_first_target_that_suits_the_profile_is_proposed():
    document = flat(make_question("Q1"))
    code = document["dimensions"][0]["code"]
    document["format"] = 2
    document["targets"] = [
        {"when": {"profile": "size", "in": ["small"]}, "dimensions": {code: 30}},
        {"when": {"profile": "size", "in": ["small", "large"]}, "dimensions": {code: 40}},
    ]
    questionnaire = load_document(document)

    proposed = [proposed_targets(questionnaire, Profile(size=size)) for size in ["small", "large", None]]
    assert proposed == [{code: 30}, {code: 40}, {}]

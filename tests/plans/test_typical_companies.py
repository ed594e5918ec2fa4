"""Plans of the questionnaire that companies answer, for each of the thirty-five typical ones."""

from fractions import Fraction

import pytest
import yaml

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.plans import best_plan
from assessment.maturity.tree import build_tree
from tests.factories import FIXTURES, definition_of

NEWEST = definition_of(FIXTURES / "questionnaire-2026.2.yaml")
PROFILES = yaml.safe_load((FIXTURES.parent / "tests" / "content" / "profiles.yaml").read_text(encoding="utf-8"))
TYPICAL = [
    Profile(sub_sector, size, frozenset(company["activities"]))
    for sub_sector, sizes in PROFILES.items()
    for size, company in sizes.items()
]


def lowest(question):
    if question.kind == "text":
        return Answer(text="–")
    if question.kind == "number":
        return Answer(number=question.minimum)
    worth = [choice for choice in question.choices if question.kind == "choice" or choice.exclusive]
    return Answer(choices=(min(worth, key=lambda choice: choice.points).code,) if worth else ())


def best(question):
    if question.kind == "text":
        return Answer(text="–")
    if question.kind == "number":
        return Answer(number=max(question.bands, key=lambda band: band.points).start)
    if question.kind == "multiple":
        return Answer(choices=tuple(choice.code for choice in question.choices if not choice.exclusive))
    return Answer(choices=(max(question.choices, key=lambda choice: choice.points).code,))


@pytest.mark.parametrize("profile", TYPICAL, ids=lambda profile: f"{profile.sub_sector}-{profile.size}")
def test_all_steps_reach_100_and_none_the_score_of_today(profile):
    """Asked are the questions of a company at the lowest answers; what its steps open has the best answer."""
    asked = {question.code: lowest(question) for question in NEWEST.questions}
    hidden = {code for code, state in build_tree(NEWEST, profile, asked).states.items() if state == "hidden"}
    answers = {code: best(NEWEST.question(code)) if code in hidden else answer for code, answer in asked.items()}

    plan = best_plan(NEWEST, profile, answers)
    nothing = best_plan(NEWEST, profile, answers, effort=0)

    assert (plan.score, plan.bound) == (Fraction(1), Fraction(1))
    assert nothing.score == build_tree(NEWEST, profile, answers).overall.score

"""What is left of a condition once the profile is known: worked out by hand, then against the engine."""

import itertools

import pytest

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import All, AnswerIn, AnyOf, Not, Profile, ProfileIn, evaluate
from assessment.maturity.remaining import remaining
from assessment.maturity.states import State, states
from tests.content.material import FULL, questionnaire, typical_companies

MAKER = ProfileIn("activities", ("manufacturing",))
MICRO = ProfileIn("size", ("micro",))
DRILL = AnswerIn("Q1", ("drill",))
BACKUP = AnswerIn("Q2", ("backup",))
COMPANY = Profile("biotech", "micro", frozenset({"research"}))


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (None, True),
        (MICRO, True),
        (MAKER, False),
        (DRILL, DRILL),
        (Not(MAKER), True),
        (Not(DRILL), Not(DRILL)),
        (All((MICRO, DRILL)), DRILL),
        (All((MAKER, DRILL)), False),
        (All((MICRO, Not(MAKER))), True),
        (AnyOf((MICRO, DRILL)), True),
        (AnyOf((MAKER, DRILL)), DRILL),
        (AnyOf((MAKER, Not(MICRO))), False),
        (All((DRILL, BACKUP, MICRO)), All((DRILL, BACKUP))),
        (AnyOf((DRILL, BACKUP, MAKER)), AnyOf((DRILL, BACKUP))),
        (AnyOf((All((MICRO, DRILL)), All((MAKER, BACKUP)))), DRILL),
    ],
)
def test_the_profile_settles_what_it_can(condition, left):
    assert remaining(condition, COMPANY, hidden=()) == left


def test_an_answer_that_is_never_asked_for_is_in_no_list():
    assert remaining(DRILL, COMPANY, hidden={"Q1"}) is False
    assert remaining(Not(DRILL), COMPANY, hidden={"Q1"}) is True


@pytest.mark.parametrize("company", typical_companies(), ids=str)
def test_what_is_left_says_the_same_as_the_whole_condition(company):
    whole = questionnaire(FULL)
    found = states(whole, company.profile, {})
    hidden = {code for code, state in found.items() if state is State.HIDDEN}
    answers = [None, ()] + [(code,) for code in "01234"]
    checked = 0

    for question in whole.questions:
        left = remaining(question.applies_when, company.profile, hidden)
        assert (left is False) == (question.code in hidden)
        for codes in itertools.islice(answers, 7):
            chosen = {other.code: () if other.code in hidden else codes for other in whole.questions}
            told = left if isinstance(left, bool) else evaluate(left, company.profile, chosen)
            asked = question.applies_when is None or evaluate(question.applies_when, company.profile, chosen)
            assert told == asked
            checked += 1
    assert checked == 7 * 50


def test_a_condition_that_rests_on_an_answer_stays_open_until_it_is_given():
    whole = questionnaire(FULL)
    profile = Profile("biotech", "small", frozenset({"research"}))

    before = states(whole, profile, {})["STR.VIS.2"]
    after = states(whole, profile, {"STR.VIS.1": Answer(choices=("0",))})["STR.VIS.2"]

    assert (before, after) == (State.UNANSWERED, State.HIDDEN)

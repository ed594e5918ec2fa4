"""Every promise of docs/scoring.md, on random questionnaires and answers; and proof that each would notice a breach."""

from fractions import Fraction
from random import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.maturity import answers, gains, levels, scoring, shares, tree
from assessment.maturity.states import State
from assessment.maturity.tree import NOT_COUNTED, Interval
from tests.maturity import properties
from tests.maturity.strategies import cases

CALM = {"deadline": None, "suppress_health_check": [HealthCheck.filter_too_much, HealthCheck.too_slow]}


@pytest.mark.parametrize("promise", properties.ALWAYS, ids=lambda promise: promise.__name__)
@settings(max_examples=50, **CALM)
@given(st.data(), cases(max_size=2))
def test_promise_holds(promise, data, case):
    promise(data, case)


@pytest.mark.parametrize("promise", properties.WITHOUT_CONDITIONS, ids=lambda promise: promise.__name__)
@settings(max_examples=50, **CALM)
@given(st.data(), cases(with_conditions=False, max_size=2))
def test_promise_holds_where_no_condition_ties_questions(promise, data, case):
    promise(data, case)


# --- the engine, broken on purpose ------------------------------------------------------------------------------------

aggregate, join, question_interval, split = tree.aggregate, tree.join, tree.question_interval, shares.split


def uncapped(question, answer):
    return sum(question.choice(code).points for code in answer.choices or ()) or answers.points(question, answer)


def nothing_counts_as_zero(how, children):
    return aggregate(how, [(weight or 1, value or Fraction(0)) for weight, value in children])


def one_more_weight_each(how, children):
    return aggregate(how, [(weight + 1, value) for weight, value in children])


def first_child_decides(how, children):
    return next((value for _, value in children if value is not None), None)


def hidden_scores_zero(question, state, answer, policy):
    known = question_interval(question, state, answer, policy)
    return Interval(None, Fraction(0), Fraction(0)) if state is State.HIDDEN and question.scored else known


def best_scores_worst(question, state, answer, policy):
    known = question_interval(question, state, answer, policy)
    return known if known.score is None or known.low != known.high else Interval(*[1 - known.score] * 3)


def top_is_always_open(how, children):
    known = join(how, children)
    return known if known is NOT_COUNTED or known.high is None else Interval(known.score, known.low, Fraction(1))


def weakest_are_all_charged(how, children, whole):
    return [whole if how == "minimum" else part for part in split(how, children, whole)]


BREACHES = [
    (tree, "points", uncapped, properties.stays_in_bounds),
    (
        tree,
        "UNKNOWN",
        dict.fromkeys(("zero", "exclude"), Interval(None, *[Fraction(0)] * 2)),
        properties.score_lies_in_its_interval,
    ),
    (tree, "join", top_is_always_open, properties.interval_closes_when_all_is_known),
    (shares, "split", weakest_are_all_charged, properties.shares_add_up),
    (levels, "reaches", lambda score, bound: score * 100 >= bound, properties.level_agrees_with_published_score),
    (scoring, "checksum", lambda questionnaire: str(random()), properties.same_input_same_bytes),
    (gains, "tenths", lambda score: int(score * 1000), properties.gain_is_what_scoring_again_shows),
    (tree, "aggregate", one_more_weight_each, properties.scaling_sibling_weights_changes_nothing),
    (tree, "OPEN", Interval(None, Fraction(0), Fraction(1, 2), is_open=True), properties.any_completion_lies_within),
    (tree, "OPEN", Interval(None, *[Fraction(1, 2)] * 2, is_open=True), properties.answering_narrows),
    (tree, "aggregate", first_child_decides, properties.order_does_not_matter),
    (tree, "aggregate", nothing_counts_as_zero, properties.not_applicable_is_neutral),
    (tree, "question_interval", hidden_scores_zero, properties.hidden_is_neutral),
    (tree, "question_interval", best_scores_worst, properties.better_choice_never_lowers),
]


@pytest.mark.parametrize(
    ("module", "name", "broken", "promise"), BREACHES, ids=lambda value: getattr(value, "__name__", None)
)
def test_promise_notices_a_broken_engine(monkeypatch, module, name, broken, promise):
    monkeypatch.setattr(module, name, broken)

    @settings(max_examples=500, phases=[Phase.generate], derandomize=True, report_multiple_bugs=False, **CALM)
    @given(st.data(), cases(with_conditions=promise in properties.ALWAYS, max_size=2))
    def check(data, case):
        promise(data, case)

    with pytest.raises(AssertionError):
        check()


def test_every_promise_is_shown_to_notice():
    assert {promise for *_, promise in BREACHES} == {*properties.ALWAYS, *properties.WITHOUT_CONDITIONS}

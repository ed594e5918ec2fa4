"""Plans against every plan tried one by one, greedy plans and random ones; what they say of themselves."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.maturity import plans, search
from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.file.format import load_document
from assessment.maturity.frontiers import unbeaten, within
from assessment.maturity.gains import gains
from assessment.maturity.plans import best_plan, least_plan
from assessment.maturity.scoring import published
from tests.maturity.documents import (
    flat,
    make_capability,
    make_dimension,
    make_document,
    make_level,
    make_multiple,
    make_number,
    make_question,
    make_questionnaire,
)
from tests.maturity.planned import MOST_PLANS, planned_cases, read

NOBODY = Profile()
UNKNOWN = Answer(unknown=True)
FEW_PLANS = 300


def chosen(*codes):
    return Answer(choices=codes)


def given_of(plan):
    return {step.question: step.answer for step in plan.steps}


def amounts(case, plan):
    return case.amounts({step.question: (step.answer, step.effort) for step in plan.steps})


def check_quick_values(case):
    """What the many plans are judged by is what the engine says of some of them."""
    for ranks, value in case.random_plans(Random(case.plans).random, 10):
        assert case.value(case.changes(ranks)) == value


def check_best(case, tried, effort):
    plan = best_plan(case.questionnaire, case.profile, case.answers, effort=effort)

    assert case.value(given_of(plan)) == (plan.score, plan.level)
    assert plan.bound == plan.score
    assert list(plan.frontier) == unbeaten((taken, score) for taken, score, _, _ in tried)
    affordable = [(-score, taken, amount) for taken, score, _, amount in tried if taken <= effort]
    if affordable:
        assert (-plan.score, plan.effort, amounts(case, plan)) == min(affordable)
    else:
        assert (plan.steps, plan.score) == ((), None)


def check_least(case, tried, level):
    plan = least_plan(case.questionnaire, case.profile, case.answers, level=level)
    reaching = [(taken, -score, amount) for taken, score, reached, amount in tried if (reached or 0) >= level]

    if plan is None:
        assert reaching == []
    else:
        assert (plan.effort, -plan.score, amounts(case, plan)) == min(reaching)
        assert case.value(given_of(plan)) == (plan.score, plan.level)
        assert plan.is_proven


def check_gains(case):
    before = case.value({})[0]
    for step in best_plan(case.questionnaire, case.profile, case.answers).steps:
        after = case.value({step.question: step.answer})
        if after and None not in (before, after[0]):
            assert step.gain * 100 == Fraction(published(after[0])) - Fraction(published(before))


def check_against_every_plan(case, effort):
    tried = list(case.everything())

    check_quick_values(case)
    check_best(case, tried, effort)
    check_gains(case)
    for level in case.questionnaire.levels:
        check_least(case, tried, level.number)


@settings(max_examples=15, deadline=None)
@given(planned_cases(), st.integers(0, 25))
def test_plans_equal_the_best_of_all_plans_tried_one_by_one(case, effort):
    case = read(*case, load_document)

    if case is not None and case.plans <= FEW_PLANS:
        check_against_every_plan(case, effort)


@settings(max_examples=8, deadline=None)
@given(planned_cases(), st.integers(0, 25), st.integers(0, 2**32))
def test_no_greedy_plan_and_no_random_one_is_better(case, effort, seed):
    case = read(*case, load_document)

    if case is not None:
        check_against_others(case, effort, Random(seed).random, 100)


def check_against_others(case, effort, random, times):
    """``times``: of random plans that leave no question without an answer, each worth at most what the frontier says."""
    plan = best_plan(case.questionnaire, case.profile, case.answers, effort=effort)
    highest = {}
    for ranks, value in case.random_plans(random, times):
        taken = case.effort(ranks)
        if value[0] is not None and value[0] >= highest.get(taken, 0):
            highest[taken] = value[0]

    affordable = [score for taken, score in highest.items() if taken <= effort]
    assert max([case.greedy(effort) or 0, *affordable]) <= (plan.score or 0)
    for taken, score in highest.items():
        assert within(plan.frontier, taken)[1] >= score


GATED = make_document(
    make_dimension(make_capability(make_question("A1"), make_question("A2"), code="A.C"), code="A"),
    make_dimension(make_capability(make_question("B1"), make_question("B2"), code="B.C"), code="B"),
    levels=[make_level(1, 0), make_level(2, 50, every_dimension_at_least=50)],
)
LOW_A = {"A1": chosen("1"), "A2": chosen("2"), "B1": chosen("2"), "B2": chosen("2")}


def test_a_level_is_reached_with_its_gates():
    plan = least_plan(load_document(GATED), NOBODY, LOW_A, level=2)

    assert (given_of(plan), plan.effort, plan.level) == ({"A2": chosen("3")}, 1, 2)
    assert plan.left_out == {"A1": "not_needed", "B1": "not_needed", "B2": "not_needed"}


def test_an_optimiser_that_ignores_gates_is_caught(monkeypatch):
    monkeypatch.setattr(search.LeastFor, "_failing", lambda *_: {})
    case = read(GATED, {}, {code: answer.to_json() for code, answer in LOW_A.items()}, (), load_document)

    with pytest.raises(AssertionError):
        check_least(case, list(case.everything()), 2)


def test_an_optimiser_that_forgets_conditions_is_caught(monkeypatch):
    monkeypatch.setattr(plans.Search, "settled", _only_what_nothing_excludes)
    document = flat(
        make_question("Q1", points=(0, 1)),
        make_question("Q2", points=(0, 1), applies_when={"answer": "Q1", "in": ["1"]}),
    )
    answers = {"Q1": {"choices": ["0"]}, "Q2": {"choices": ["0"]}}
    case = read(document, {}, answers, (), load_document)

    with pytest.raises(AssertionError):
        check_best(case, list(case.everything()), 5)


def _only_what_nothing_excludes(self, worth):
    world = self.ground.everything()
    yield world, self.outlook(world).whole


def test_a_gate_that_no_plan_passes_is_said():
    answers = {**LOW_A, "A1": Answer(not_applicable="None"), "A2": chosen("0")}
    document = make_document(
        *GATED["dimensions"], levels=[make_level(1, 0), make_level(2, 50, every_dimension_at_least=50)]
    )
    for dimension in document["dimensions"]:
        for question in dimension["capabilities"][0]["questions"]:
            question["allow_not_applicable"] = True
    questionnaire = load_document(document)

    assert least_plan(questionnaire, NOBODY, answers, level=2, without=["A2"]) is None
    assert least_plan(questionnaire, NOBODY, answers, level=2).left_out["A1"] == "not_applicable"


def test_equal_plans_change_the_first_questions_least():
    questionnaire = make_questionnaire(make_question("Q1"), make_question("Q2"))

    plan = best_plan(questionnaire, NOBODY, {"Q1": chosen("0"), "Q2": chosen("0")}, effort=1)

    assert given_of(plan) == {"Q2": chosen("1")}
    assert plan.left_out == {"Q1": "effort"}


@pytest.mark.parametrize(
    ("question", "answer", "effort", "better", "taken"),
    [
        (make_question(points=(0, 1, 2)), chosen("0"), 2, chosen("2"), 2),
        (make_question(points=(1, 2)), UNKNOWN, 0, chosen("0"), 0),
        (make_multiple(points=(1, 3, 2), cap=3), chosen("0"), 9, chosen("0", "1"), 1),
        (make_multiple(points=(0, 3), exclusive=[0]), chosen("0"), 9, chosen("1"), 1),
        (make_multiple(points=(9, 3), exclusive=[0], cap=9), chosen("1"), 9, None, 0),
        (make_number(), Answer(number=Fraction(3)), 9, Answer(number=Fraction(50)), 2),
        (
            make_number(bands=((-9, 3), (5, 1), (9, 4)), minimum=-2),
            Answer(number=Fraction(6)),
            1,
            Answer(number=Fraction(-2)),
            1,
        ),
    ],
)
def test_a_better_answer_and_what_it_takes(question, answer, effort, better, taken):
    plan = best_plan(make_questionnaire(question), NOBODY, {"Q1": answer}, effort=effort)

    assert (given_of(plan).get("Q1"), plan.effort) == (better, taken)


def test_what_is_put_aside_stays_and_says_so():
    questionnaire = make_questionnaire(make_question("Q1"), make_question("Q2"))
    answers = {"Q1": chosen("0"), "Q2": chosen("3")}

    plan = best_plan(questionnaire, NOBODY, answers, without=["Q1"])

    assert (given_of(plan), plan.left_out) == ({"Q2": chosen("4")}, {"Q1": "put_aside"})


def test_a_step_that_opens_a_question_without_an_answer_is_left_out():
    questionnaire = make_questionnaire(
        make_question("Q1", points=(0, 1)),
        make_question("Q2", applies_when={"answer": "Q1", "in": ["1"]}),
    )

    plan = best_plan(questionnaire, NOBODY, {"Q1": chosen("0")})

    assert (plan.steps, plan.left_out) == ((), {"Q1": "opens_question"})


def test_a_step_that_opens_an_unscored_question_without_an_answer_is_left_out():
    questionnaire = make_questionnaire(
        make_question("Q1", points=(0, 1)),
        make_question("Q2", weight=0, applies_when={"answer": "Q1", "in": ["1"]}),
    )

    plan = best_plan(questionnaire, NOBODY, {"Q1": chosen("0")})

    assert (plan.steps, plan.left_out) == ((), {"Q1": "opens_question"})


def test_beside_the_weakest_a_step_adds_nothing():
    document = flat(make_question("Q1", points=(1, 2, 4)), make_question("Q2", points=(1, 2)))
    document["dimensions"][0]["capabilities"][0]["aggregation"] = "minimum"

    plan = best_plan(load_document(document), NOBODY, {"Q1": chosen("1"), "Q2": chosen("0")}, effort=0)

    assert plan.left_out == {"Q1": "no_gain", "Q2": "no_gain"}


def test_what_the_plan_hides_is_said():
    questionnaire = make_questionnaire(
        make_question("Q1", points=(0, 1)),
        make_question("Q2", points=(0, 1), applies_when={"answer": "Q1", "in": ["0"]}),
    )

    plan = best_plan(questionnaire, NOBODY, {"Q1": chosen("0"), "Q2": chosen("0")})

    assert (given_of(plan), plan.left_out) == ({"Q1": chosen("1")}, {"Q2": "hidden"})


def test_where_nothing_counts_there_is_no_score():
    questionnaire = make_questionnaire(make_question("Q1", allow_not_applicable=True))

    plan = best_plan(questionnaire, NOBODY, {"Q1": Answer(not_applicable="No plant")})

    assert plan.to_json() == {
        "steps": [],
        "effort": 0,
        "score": None,
        "exact": None,
        "level": None,
        "bound": None,
        "left_out": [{"question": "Q1", "why": "not_applicable"}],
        "frontier": [],
    }


def test_one_step_of_a_plan_gains_what_the_result_says():
    questionnaire = make_questionnaire(make_question("Q1"), make_question("Q2"))
    answers = {"Q1": chosen("0"), "Q2": chosen("3")}

    plan = best_plan(questionnaire, NOBODY, answers, effort=1)

    assert [step.gain for step in plan.steps] == [gains(questionnaire, NOBODY, answers)["Q2"]]


def test_a_search_that_is_given_up_says_so(monkeypatch):
    monkeypatch.setattr(search, "MOST_SUMS", 0)
    opens = [make_question(f"R{n}", points=(0, 4), applies_when={"answer": f"Q{n}", "in": ["1"]}) for n in range(6)]
    questionnaire = make_questionnaire(*(make_question(f"Q{n}", points=(0, 1)) for n in range(6)), *opens)
    answers = {f"{letter}{n}": chosen("0") for letter in "QR" for n in range(6)}

    plan = best_plan(questionnaire, NOBODY, answers)
    least = least_plan(questionnaire, NOBODY, answers, level=1)

    assert (plan.score, plan.is_proven, plan.bound > plan.score) == (Fraction(0), False, True)
    assert (least.effort, least.bound) == (0, Fraction(1))


def test_tables_too_large_to_keep_give_the_same_plan(monkeypatch):
    questionnaire = make_questionnaire(*(make_question(f"Q{n}", points=(0, 1, 5), weight=n) for n in range(1, 10)))
    answers = {f"Q{n}": chosen("0") for n in range(1, 10)}
    kept = best_plan(questionnaire, NOBODY, answers, effort=7)

    monkeypatch.setattr("assessment.maturity.frontiers.MOST_CELLS", 0)

    assert best_plan(questionnaire, NOBODY, answers, effort=7) == kept


OPTIONAL = make_question("Q0", points=(0, 1), weight=0, required=False)
ON_Q0 = {"answer": "Q0", "in": ["1"]}
OPENED = {"answer": "Q1", "in": ["1"]}


def only_minimum(*questions, **keys):
    document = flat(*questions, **keys)
    document["dimensions"][0]["capabilities"][0]["aggregation"] = "minimum"
    return document


@pytest.mark.parametrize(
    ("document", "answers"),
    [
        (  # a question nobody must answer leaves another open
            flat(
                OPTIONAL,
                make_question("Q1", weight=0, required=False, applies_when=ON_Q0),
                make_question("Q3", weight=0, required=False, applies_when=OPENED),
                make_question("Q2"),
            ),
            {"Q2": "1"},
        ),
        (  # either of two ways opens Q3, which has no answer: both together close it
            flat(
                make_question("Q1", points=(0, 1)),
                make_question("Q2", points=(0, 1), weight=3),
                make_question("Q3", applies_when={"all": [OPENED, {"answer": "Q2", "in": ["1"]}]}),
            ),
            {"Q1": "0", "Q2": "0"},
        ),
        (  # the weakest of what counts, where a plan can hide all of it
            only_minimum(
                make_question("Q1", points=(0, 1), weight=0),
                make_question("Q2", points=(1, 2), applies_when={"not": OPENED}),
                make_question("Q3", points=(1, 3), applies_when={"not": OPENED}),
            ),
            {"Q1": "0", "Q2": "0", "Q3": "0"},
        ),
        (  # nothing is known, and nothing unknown counts
            only_minimum(make_question("Q1", points=(0, 3)), make_question("Q2"), policy={"unknown": "exclude"}),
            {"Q1": None, "Q2": None},
        ),
        (
            flat(make_question("Q1", points=(0, 3)), make_question("Q2"), policy={"unknown": "exclude"}),
            {"Q1": None, "Q2": "1"},
        ),
    ],
)
def test_cases_that_rarely_come_by_chance(document, answers):
    given = {code: {"unknown": True} if choice is None else {"choices": [choice]} for code, choice in answers.items()}
    case = read(document, {}, given, (), load_document)

    for effort in range(6):
        check_against_every_plan(case, effort)


@pytest.mark.long
def test_two_thousand_random_questionnaires():
    """Every plan is tried where there are few enough, 10,000 random ones elsewhere."""
    exhausted, sampled = [], []

    @settings(max_examples=2_000, deadline=None, database=None)
    @given(planned_cases(max_size=4), st.integers(0, 25), st.integers(0, 2**32))
    def compare(case, effort, seed):
        case = read(*case, load_document)
        if case is None:
            return
        if case.plans <= MOST_PLANS:
            exhausted.append(case.plans)
            check_against_every_plan(case, effort)
            check_against_others(case, effort, Random(seed).random, 50)
        else:
            sampled.append(case.plans)
            check_quick_values(case)
            check_against_others(case, effort, Random(seed).random, 10_000)

    compare()

    print(f"every plan of {len(exhausted)} cases, 10,000 of {len(sampled)}; most: {max(exhausted)}, {max(sampled)}")
    assert (len(exhausted) >= 500, len(sampled) >= 100) == (True, True)

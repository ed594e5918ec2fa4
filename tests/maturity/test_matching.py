"""The ranking of use cases: monotone, the same every time, and its reasons are true."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.maturity.matching import Case, Need, rank

CODES = ["A", "B", "C", "D"]
codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple)
points = st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10))
some = st.frozensets(st.sampled_from(["x", "y"]))
cases = st.builds(
    Case,
    key=st.uuids().map(str),
    capabilities=codes,
    sub_sectors=some,
    size=st.sampled_from(["", "small", "large"]),
    activities=some,
    labelled=st.booleans(),
    evidence=st.booleans(),
)
needs = st.builds(
    Need,
    gaps=st.dictionaries(st.sampled_from(CODES), points),
    gains=st.dictionaries(st.sampled_from(CODES), points),
    sub_sector=st.sampled_from(["x", "z"]),
    size=st.sampled_from(["small", "medium"]),
    activities=some,
)


def keys(matches):
    return [match.case.key for match in matches]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Case("1", ("A",)), Case("2", ("B",))),  # A lacks 60 points, B 20
        (Case("1", ("C",)), Case("2", ("B",))),  # the same gap, but C brings 4 points and B none
        (Case("2", ("A",), sub_sectors=frozenset(["biotech"])), Case("1", ("A",))),
        (Case("2", ("A",), size="small"), Case("1", ("A",), size="large")),
        (Case("2", ("A",), activities=frozenset(["research"])), Case("1", ("A",))),
        (Case("2", ("A",), labelled=True), Case("1", ("A",))),
        (Case("2", ("A",), evidence=True), Case("1", ("A",))),
        (Case("2", ("A",), labelled=True), Case("1", ("A",), evidence=True)),
        (Case("1", ("A",)), Case("2", ("A",))),  # equals in the order of their keys
    ],
)
def test_which_of_two_comes_first(better, worse):
    need = Need(
        gaps={"A": Fraction(60), "B": Fraction(20), "C": Fraction(20)},
        gains={"C": Fraction(4)},
        sub_sector="biotech",
        size="small",
        activities=frozenset(["research"]),
    )

    assert keys(rank(need, [worse, better])) == [better.key, worse.key]


def test_a_case_that_meets_no_gap_is_left_out():
    need = Need(gaps={"A": Fraction(0), "B": Fraction(10)})

    assert keys(rank(need, [Case("1", ("A",)), Case("2", ("C",)), Case("3", ())])) == []


def test_no_more_are_given_than_asked_for():
    need = Need(gaps={"A": Fraction(10)})

    assert keys(rank(need, [Case(str(number), ("A",)) for number in range(9)], most=2)) == ["0", "1"]


def test_the_worth_can_be_worked_out_by_hand():
    need = Need(gaps={"A": Fraction(50)}, gains={"A": Fraction(19, 10)}, size="small")

    [match] = rank(need, [Case("1", ("A",), size="small")])

    assert match.worth == 50 * 2 * Fraction(120, 100)


@given(needs, st.lists(cases, max_size=12, unique_by=lambda case: case.key), st.randoms())
def test_the_order_the_cases_come_in_changes_nothing(need, given_cases, random):
    shuffled = random.sample(given_cases, len(given_cases))

    assert rank(need, shuffled) == rank(need, given_cases)


@given(needs, cases, st.sampled_from(CODES), points)
def test_a_larger_gap_never_lowers_the_worth_of_a_case(need, case, code, more):
    larger = Need(
        gaps={**need.gaps, code: need.gaps.get(code, Fraction(0)) + more},
        gains=need.gains,
        sub_sector=need.sub_sector,
        size=need.size,
        activities=need.activities,
    )

    assert worth(larger, case) >= worth(need, case)


def worth(need, case):
    return next((match.worth for match in rank(need, [case])), Fraction(0))


@given(needs, cases, st.lists(cases, max_size=8, unique_by=lambda case: case.key), points)
def test_a_larger_gap_that_one_case_alone_meets_never_lowers_its_rank(need, case, others, more):
    alone = Case(**{name: getattr(case, name) for name in case.__slots__} | {"capabilities": ("ALONE",)})
    before = Need(**fields(need) | {"gaps": {**need.gaps, "ALONE": Fraction(1)}})
    after = Need(**fields(need) | {"gaps": {**need.gaps, "ALONE": 1 + more}})
    shown = [alone, *(other for other in others if other.key != alone.key)]

    assert keys(rank(after, shown)).index(alone.key) <= keys(rank(before, shown)).index(alone.key)


@given(needs, cases, st.sampled_from(CODES), st.sampled_from(CODES))
def test_of_two_cases_alike_in_all_else_the_one_on_the_larger_gap_is_never_below(need, case, first, second):
    same_gains = Need(**fields(need) | {"gains": dict.fromkeys(CODES, Fraction(1))})
    gap = same_gains.gaps.get
    if gap(first, 0) <= gap(second, 0):
        first, second = second, first
    larger = Case(**fields(case) | {"key": "z", "capabilities": (first,)})
    smaller = Case(**fields(case) | {"key": "a", "capabilities": (second,)})

    ranked = keys(rank(same_gains, [smaller, larger]))

    if gap(first, 0) > gap(second, 0):
        assert ranked[0] == "z"
    else:
        assert ranked in (["a", "z"], [])


def fields(thing):
    return {name: getattr(thing, name) for name in thing.__slots__}


@given(needs, cases)
def test_reasons_are_true_and_none_is_left_out(need, case):
    for match in rank(need, [case]):
        told = dict(match.reasons)
        assert told["capability"] in case.capabilities
        assert need.gaps[told["capability"]] > 0
        assert ("sub_sector" in told) == (need.sub_sector in case.sub_sectors)
        assert ("size" in told) == (need.size == case.size)
        assert ("activities" in told) == bool(need.activities & case.activities)
        assert ("label" in told, "evidence" in told) == (case.labelled, case.evidence)

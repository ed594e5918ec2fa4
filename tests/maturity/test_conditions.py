"""Conditions, in three-valued logic."""

import pytest

from assessment.maturity.conditions import (
    All,
    AnswerIn,
    AnyOf,
    Not,
    Profile,
    ProfileIn,
    as_data,
    depends_on,
    evaluate,
    from_data,
)

PROFILE = Profile("biotech", "small", frozenset({"research", "clinical"}))
CHOSEN = {"Q": ("a", "b"), "NONE": (), "OPEN": None}

TRUE = AnswerIn("Q", ("a",))
FALSE = AnswerIn("Q", ("z",))
OPEN = AnswerIn("OPEN", ("a",))


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        (ProfileIn("sub_sector", ("medtech", "biotech")), True),
        (ProfileIn("sub_sector", ("medtech",)), False),
        (ProfileIn("size", ("small",)), True),
        (ProfileIn("activities", ("manufacturing", "clinical")), True),
        (ProfileIn("activities", ("manufacturing",)), False),
        (AnswerIn("Q", ("b", "z")), True),  # any chosen code is enough
        (AnswerIn("Q", ("z",)), False),
        (AnswerIn("NONE", ("a",)), False),  # unknown, not applicable or hidden
        (AnswerIn("OPEN", ("a",)), None),
        (Not(TRUE), False),
        (Not(FALSE), True),
        (Not(OPEN), None),
        (All((TRUE, TRUE)), True),
        (All((TRUE, OPEN)), None),
        (All((OPEN, FALSE)), False),  # false settles it, whatever the open one will say
        (All((OPEN, OPEN)), None),
        (AnyOf((FALSE, FALSE)), False),
        (AnyOf((FALSE, OPEN)), None),
        (AnyOf((OPEN, TRUE)), True),
        (All((AnyOf((FALSE, TRUE)), Not(All((TRUE, FALSE))))), True),
    ],
)
def test_condition(condition, value):
    assert evaluate(condition, PROFILE, CHOSEN) is value


@pytest.mark.parametrize("key", ["sub_sector", "size", "activities"])
def test_an_empty_profile_is_in_no_list(key):
    assert evaluate(ProfileIn(key, ("small", "biotech")), Profile(), {}) is False


def test_a_condition_depends_on_the_questions_it_reads():
    condition = All((AnswerIn("A", ("1",)), AnyOf((Not(AnswerIn("B", ("1",))), ProfileIn("size", ("small",))))))

    assert depends_on(condition) == {"A", "B"}
    assert depends_on(None) == set()


def test_a_condition_is_data_as_a_file_writes_it_and_back():
    condition = All((AnswerIn("A", ("1", "2")), AnyOf((Not(AnswerIn("B", ("1",))), ProfileIn("size", ("small",))))))

    data = as_data(condition)

    assert data == {
        "all": [
            {"answer": "A", "in": ["1", "2"]},
            {"any": [{"not": {"answer": "B", "in": ["1"]}}, {"profile": "size", "in": ["small"]}]},
        ]
    }
    assert from_data(data) == condition

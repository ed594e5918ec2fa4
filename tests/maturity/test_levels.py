"""Levels and gates, read off published scores."""

from fractions import Fraction

import pytest

from assessment.maturity.definition import Level
from assessment.maturity.levels import Standing, level_by_score, standing


def make_level(number, start, gate=None):
    gate = None if gate is None else Fraction(gate)
    return Level(number=number, start=Fraction(start), every_dimension_at_least=gate, title={"en": str(number)})


LEVELS = [make_level(1, 0), make_level(2, 25, 10), make_level(3, 45), make_level(4, "65.5", 35)]


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (None, None),
        ("0", 1),
        ("0.2494", 1),  # read as 24.9
        ("0.2495", 2),  # read as 25.0
        ("0.25", 2),
        ("0.6544", 3),
        ("0.655", 4),
        ("1", 4),
    ],
)
def test_level_by_score(score, level):
    assert level_by_score(LEVELS, None if score is None else Fraction(score)) == level


@pytest.mark.parametrize(
    ("score", "dimensions", "expected"),
    [
        (None, {"A": "1"}, Standing(None, None)),
        ("0.7", {"A": "0.9", "B": "0.5"}, Standing(4, 4)),
        ("0.7", {"A": "0.9", "B": "0.3495"}, Standing(4, 4)),  # read as 35.0: passes
        ("0.7", {"A": "0.9", "B": "0.3494"}, Standing(3, 4, ("B",))),
        ("0.7", {"A": "0.05", "B": "0.3"}, Standing(1, 4, ("A", "B"))),  # the gate of 2 holds 3 back too
        ("0.5", {"A": "0.09", "B": "0.3"}, Standing(1, 3, ("A",))),  # the gate of 4 is not asked
        ("0.7", {"A": None, "B": "0.8"}, Standing(4, 4)),  # without a score, every gate is passed
    ],
)
def test_standing(score, dimensions, expected):
    scores = {code: None if value is None else Fraction(value) for code, value in dimensions.items()}

    assert standing(LEVELS, None if score is None else Fraction(score), scores) == expected


def test_a_gate_on_the_first_level_can_leave_a_company_without_a_level():
    levels = [make_level(1, 0, gate=20), make_level(2, 50)]

    assert standing(levels, Fraction(1, 2), {"A": Fraction(1, 10)}) == Standing(None, 2, ("A",))

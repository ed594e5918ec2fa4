"""What is enough for the most points."""

from fractions import Fraction

import pytest

from assessment.maturity.tops import answers_enough, top_ranges
from tests.maturity.documents import make_multiple, make_number, make_open_question, make_question, make_questionnaire


def question(document):
    return make_questionnaire(document).questions[0]


@pytest.mark.parametrize(
    ("document", "enough"),
    [
        (make_multiple(points=(1, 1, 1)), None),  # each counts
        (make_multiple(points=(1, 1, 1), cap=2), (2, 2)),
        (make_multiple(points=(2, 2, 2), cap=3), (2, 2)),  # one point too many is lost
        (make_multiple(points=(2, 2, 2), cap=5), None),  # below the sum, and still all are needed
        (make_multiple(points=(0, 1, 1, 1), cap=2, exclusive=[0]), (2, 2)),  # “none of these” is no answer to count
        (make_multiple(points=(9, 1, 1), cap=9, exclusive=[0]), None),  # the others never get there
        (make_multiple(points=(1, 3, 2), cap=5), (2, 3)),  # at best the two largest
        (make_multiple(points=(1, 1, 1, 1, 1, 2), cap=5), (4, 5)),
        (make_multiple(points=(1, 1, 1), cap=2, weight=0), None),  # shown, not scored
        (make_question(points=(0, 1, 2)), None),
        (make_open_question(), None),
    ],
)
def test_answers_that_are_enough(document, enough):
    assert answers_enough(question(document)) == enough


@pytest.mark.parametrize(
    ("bands", "ranges"),
    [
        (((0, 0), (10, 1), (40, 2)), [(40, None)]),
        (((0, 2), (10, 1), (40, 0)), [(0, 10)]),
        (((0, 0), (10, 2), (20, 2), (40, 1)), [(10, 40)]),
        (((0, 2), (10, 1), (40, 2)), [(0, 10), (40, None)]),
        (((0, 1), (10, 1)), [(0, None)]),
    ],
)
def test_figures_that_give_the_most(bands, ranges):
    expected = [(Fraction(start), end and Fraction(end)) for start, end in ranges]

    assert top_ranges(question(make_number(bands=bands))) == expected


def test_what_is_not_scored_has_no_top():
    assert top_ranges(question(make_number(bands=((0, 0), (10, 1)), weight=0))) == []

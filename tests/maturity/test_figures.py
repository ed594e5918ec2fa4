"""Numbers as people read them."""

from fractions import Fraction

import pytest

from assessment.maturity.figures import decimal_text, lowest_published, published, reduced, signed_tenths


@pytest.mark.parametrize(
    ("score", "read"),
    [
        (None, None),
        (Fraction(0), "0.0"),
        (Fraction(1), "100.0"),
        (Fraction(1, 3), "33.3"),
        (Fraction(2, 3), "66.7"),
        (Fraction(1, 2000), "0.1"),  # 0.05, half up
        (Fraction(4995, 100000), "5.0"),  # 4.995
        (Fraction(12345, 100000), "12.3"),  # 12.345: once, not 12.35 and then 12.4
        (Fraction(99949, 100000), "99.9"),
        (Fraction(9995, 10000), "100.0"),
    ],
)
def test_published(score, read):
    assert published(score) == read


@pytest.mark.parametrize(
    ("bound", "figure"),
    [
        (Fraction(0), "0.0"),
        (Fraction(75), "75.0"),
        (Fraction("66.62"), "66.7"),  # 66.6 is below it
        (Fraction("66.600000000000001"), "66.7"),  # which a float takes for 66.6
        (Fraction(100), "100.0"),
    ],
)
def test_the_lowest_published_score_that_reaches_a_bound(bound, figure):
    assert lowest_published(bound) == figure


@pytest.mark.parametrize(("tenths", "read"), [(0, "0.0"), (13, "1.3"), (-13, "-1.3"), (-3, "-0.3"), (1000, "100.0")])
def test_signed_tenths(tenths, read):
    assert signed_tenths(tenths) == read


@pytest.mark.parametrize(("value", "text"), [(None, None), (Fraction(24, 50), "12/25"), (Fraction(0), "0/1")])
def test_reduced(value, text):
    assert reduced(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("100", "100"),
        ("-3", "-3"),
        ("12.50", "12.5"),
        ("0.125", "0.125"),
        ("-0.05", "-0.05"),
        ("0.2", "0.2"),
    ],
)
def test_decimal_text_is_the_shortest_exact_one(value, text):
    assert decimal_text(Fraction(value)) == text


def test_decimal_text_refuses_what_no_decimal_says_exactly():
    with pytest.raises(ValueError, match="1/3 has no finite decimal form"):
        decimal_text(Fraction(1, 3))

"""Numbers as people read them: exact inside, rounded once on the way out."""

from fractions import Fraction
from math import ceil, floor


def tenths(score: Fraction) -> int:
    """Return a 0–1 score in tenths of a point, 0 to 1000, half up: what a published score says."""
    return floor(score * 1000 + Fraction(1, 2))


def published(score: Fraction | None) -> str | None:
    """Return a 0–1 score as people read it, "0.0" to "100.0"; None where there is nothing to score."""
    return None if score is None else signed_tenths(tenths(score))


def lowest_published(bound: Fraction) -> str:
    """Return the lowest published score that is at or above a bound of 0 to 100."""
    return signed_tenths(ceil(bound * 10))


def signed_tenths(count: int) -> str:
    sign = "-" if count < 0 else ""
    return f"{sign}{abs(count) // 10}.{abs(count) % 10}"


def reduced(value: Fraction | None) -> str | None:
    """Return "a/b", whole numbers too ("1/1")."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def decimal_text(value: Fraction) -> str:
    """Return the shortest decimal that is exactly this number; ValueError for one that has none, such as 1/3."""
    places, rest = 0, value.denominator
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= next(factor for factor in (10, 5, 2) if rest % factor == 0)
        places += 1
    if rest != 1:
        raise ValueError(f"{value} has no finite decimal form")
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}".rstrip("0") if places else digits)

"""A number as people write it: 1 234,5 and 1,234.5 and "12,5 %". What can be read in two ways is not guessed at."""

import re
from dataclasses import dataclass
from decimal import Decimal

BLANKS = " \u00a0\u2009\u202f"
TYPED = re.compile(
    rf"(?P<sign>[+\-\u2212]?)(?P<digits>[0-9](?:[0-9.,'’{BLANKS}]*[0-9])?)(?P<unit>[^0-9.,'’][^0-9]*)?", re.DOTALL
)
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:_[0-9]{3})+")  # whichever sign stands between thousands
ONE_OR_A_THOUSAND = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
LONGEST = 20  # digits before and after the mark


class NotANumberError(ValueError):
    """No number, or not one alone."""


class TwoReadingsError(ValueError):
    """1,000 is a thousand to some and one to others."""


@dataclass(frozen=True, slots=True)
class Written:
    number: Decimal
    unit: str  # whatever follows the digits: "%", "days"


def written_number(text: str, *, mark: str) -> Written:
    """``mark``: "." or ",", what the language of the page has before decimals; "" where nobody knows."""
    match = TYPED.fullmatch(text.strip().replace("\t", " "))
    if match is None:
        raise NotANumberError
    digits = re.sub(f"[{BLANKS}]+", " ", match["digits"]).replace("’", "'")
    whole, _point, decimals = plain_digits(digits, mark).partition(".")
    if len(whole) > LONGEST or len(decimals) > LONGEST:
        raise NotANumberError
    number = Decimal(f"{whole}.{decimals or 0}").normalize()
    return Written(-number if match["sign"] in {"-", "\u2212"} and number else number, (match["unit"] or "").strip())


def plain_digits(digits: str, mark: str) -> str:
    """Return the digits with a point before decimals, and nothing between thousands."""
    marks = [sign for sign in digits if sign in ".,"]
    last = marks[-1] if marks else ""
    if not marks or marks.count(last) > 1:
        return ungrouped(digits)
    whole, _mark, decimals = digits.rpartition(last)
    decimals = decimals.replace(" ", "")
    if not decimals.isdigit():
        raise NotANumberError
    if not whole.isdigit() or not ONE_OR_A_THOUSAND.fullmatch(digits):
        return f"{ungrouped(whole)}.{decimals}"
    if last == mark:
        return f"{whole}.{decimals}"
    if mark == ".":  # then the comma stands between thousands, and nothing else does
        return whole + decimals
    raise TwoReadingsError


def ungrouped(digits: str) -> str:
    """Take out the sign between thousands: one and the same, three digits after each."""
    signs = set(re.sub("[0-9]", "", digits))
    if signs <= {" "}:  # a blank separates nothing else
        return digits.replace(" ", "")
    [sign, *others] = signs
    if others or not GROUPED.fullmatch(digits.replace(sign, "_")):
        raise NotANumberError
    return digits.replace(sign, "")

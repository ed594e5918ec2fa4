"""What a cell shows of a number or a date: the format decides."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from spreadsheets.shown import elapsed, percents, shown_moment, shown_number
from spreadsheets.xlsx import seen_number

MOMENT = datetime(2026, 3, 12, 14, 5, 9)


@pytest.mark.parametrize(
    ("code", "number", "value", "french", "english"),
    [
        ("General", "33", "33", "33", "33"),
        ("General", "3.5", "3.5", "3,5", "3.5"),
        ("General", "123456789012", "123456789012", None, None),
        ("@", "33", "33", "33", "33"),
        ("00000", "33", "33", "00033", "00033"),
        ("0%", "0.8", "80", "80%", "80%"),
        ("0%", "0.125", "12.5", "13%", "13%"),
        ("0.00%", "0.125", "12.5", "12,50%", "12.50%"),
        ("0.0##%", "0.125", "12.5", "12,5%", "12.5%"),
        ("0\\ %", "0.8", "80", "80 %", "80 %"),
        ('0" %"', "80", "80", "80 %", "80 %"),
        ("0\\%", "80", "80", "80%", "80%"),
        ("[Red]0%;[Blue]-0.0%", "-0.125", "-12.5", "-12,5%", "-12.5%"),
        ("[<1]0%;0", "0.8", "80", "80%", "80%"),
        ("[<1]0%;0", "80", "80", "80", "80"),
        ("[>=1]0;[<0]0.0;0.0%", "0.8", "80", "80,0%", "80.0%"),
        ("#,##0.00", "1234.5", "1234.5", "1\u202f234,50", "1,234.50"),
        ('#,##0.00\\ "€"', "1234.5", "1234.5", "1\u202f234,50 €", "1,234.50 €"),
        ("[$€-40C]\\ 0", "5", "5", "€ 5", "€ 5"),
        ("0.00E+00", "1234", "1234", None, None),
        ("# ?/?", "0.5", "0.5", None, None),
        ('0#" "##" "##', "102030", "102030", None, None),
        ("0,", "1000", "1000", None, None),
    ],
)
def test_a_number(code, number, value, french, english):
    number = Decimal(number)

    assert (shown_number(code, number, "fr"), shown_number(code, number, "en")) == (french, english)
    assert seen_number(number, code, "fr") == Decimal(value)


@pytest.mark.parametrize(("code", "count"), [("0", 0), ("0%", 1), ('0"%"', 0), ("0\\%", 0), ("General", 0), ("@", 0)])
def test_per_cent_signs_that_multiply(code, count):
    assert percents(code, Decimal("0.5")) == count


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("yyyy-mm-dd", "2026-03-12", "2026-03-12"),
        ("mm-dd-yy", "12/03/2026", "12/03/2026"),
        ("m/d/yy h:mm", "12/03/2026 14:05", "12/03/2026 14:05"),
        ("dd/mm/yyyy", "12/03/2026", "12/03/2026"),
        ("DD/MM/YY", "12/03/26", "12/03/26"),
        ("[$-40C]d mmmm yyyy;@", "12 mars 2026", "12 March 2026"),
        ("d-mmm", "12-mars", "12-Mar"),
        ("dddd d", "jeudi 12", "Thursday 12"),
        ("h:mm", "14:05", "14:05"),
        ("hh:mm:ss", "14:05:09", "14:05:09"),
        ("h:mm AM/PM", "2:05 PM", "2:05 PM"),
        ("mm:ss", "05:09", "05:09"),
        ("mm:ss.0", None, None),
    ],
)
def test_a_date_or_a_time(code, french, english):
    assert (shown_moment(code, MOMENT, "fr"), shown_moment(code, MOMENT, "en")) == (french, english)


@pytest.mark.parametrize(("code", "shown"), [("[h]:mm", "26:30"), ("[hh]:mm:ss", "26:30:05"), ("d", None)])
def test_hours_that_are_no_time_of_day(code, shown):
    assert elapsed(code, timedelta(hours=26, minutes=30, seconds=5)) == shown

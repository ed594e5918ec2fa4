"""Figures of a case in the notation of the page's language, never another figure."""

import pytest

from assessment.reports.showcase.pages import written_in


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        ("8,3", "8.3", "8,3"),
        ("2.25", "2.25", "2,25"),
        ("-0,5", "-0.5", "-0,5"),
        ("0.1234", "0.1234", "0,1234"),
        ("3,4 to 5,6", "3.4 to 5.6", "3,4 to 5,6"),
        ("1,200", "1,200", "1,200"),
        ("1.200", "1.200", "1.200"),
        ("1.200,5", "1.200,5", "1.200,5"),
        ("1 200", "1 200", "1 200"),
        ("12", "12", "12"),
        ("8.6.2026", "8.6.2026", "8.6.2026"),
        ("none", "none", "none"),
        ("", "", ""),
    ],
)
def test_only_what_is_surely_a_decimal_mark_follows_the_language(typed, english, french):
    assert (written_in("en", typed), written_in("fr", typed)) == (english, french)

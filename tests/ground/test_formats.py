"""Dates as the reader's language writes them in Europe."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format

MOMENT = datetime(2026, 6, 8, 14, 5)


@pytest.mark.parametrize(
    ("language", "format", "text"),
    [
        ("en", "DATE_FORMAT", "8 June 2026"),
        ("en", "DATETIME_FORMAT", "8 June 2026, 14:05"),
        ("en", "SHORT_DATE_FORMAT", "8 Jun 2026"),
        ("en", "SHORT_DATETIME_FORMAT", "8 Jun 2026, 14:05"),
        ("fr", "DATE_FORMAT", "8 juin 2026"),
        ("fr", "DATETIME_FORMAT", "8 juin 2026 14:05"),
        ("fr", "SHORT_DATETIME_FORMAT", "08/06/2026 14:05"),
    ],
)
def test_a_date_is_written_as_in_europe(language, format, text):
    with translation.override(language):
        assert date_format(MOMENT, format) == text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_typed_date_has_its_day_first(language):
    with translation.override(language):
        assert forms.DateField(localize=True).clean("08/06/2026") == date(2026, 6, 8)

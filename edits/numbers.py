"""Numbers as forms take them: by the language of the page, never guessed at."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from spreadsheets.numbers import NotANumberError, TwoReadingsError, written_number


def in_digits(value: Any) -> Any:
    """Return a typed number with a point before decimals; what is none as it is, for the field to refuse."""
    if not isinstance(value, str):
        return value
    try:
        written = written_number(value, mark=get_format("DECIMAL_SEPARATOR"))
    except NotANumberError:
        return value
    except TwoReadingsError:
        told = _("“%(typed)s” can be read in two ways: write nothing between thousands, as in 1000.")
        raise ValidationError(told % {"typed": value.strip()}, code="two_readings") from None
    return value if written.unit else f"{written.number:f}"


class NumberField(forms.DecimalField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(in_digits(value))


class WholeNumberField(forms.IntegerField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(in_digits(value))


class NumberInput(forms.NumberInput):
    """12.5, whatever number of zeros the column keeps after it; 12.3450, which nobody takes for twelve thousand."""

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, Decimal):
            return super().format_value(value)
        text = f"{value.normalize():f}"
        return f"{text}0" if len(text.partition(".")[2]) == 3 else text


NUMBER_FIELDS = {
    models.DecimalField: {"form_class": NumberField, "widget": NumberInput},
    models.IntegerField: {"form_class": WholeNumberField},
}

"""Values that a filter of the administration understands: those that it offers, days of the calendar."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.admin import filters
from django.core.exceptions import ValidationError

YES_OR_NO = {"0", "1", "True", "False"}
YEARS = range(2, 9999)  # whose first and last moments are moments in any zone


def understood(spec: Any, name: str, values: list[str]) -> list[str]:
    """Return those of the values that the filter narrows by, as they came."""
    if isinstance(spec, filters.SimpleListFilter):
        return [value for value in values if value in offered(spec.lookup_choices)][-1:]
    if hasattr(spec, "understands"):
        return [value for value in values if spec.understands(name, value)][-1:]
    return [value for value in values if of_field(spec, name, value)]


def of_field(spec: Any, name: str, value: str) -> bool:
    if name.endswith("__isnull"):
        return value in YES_OR_NO
    match spec:
        case filters.DateFieldListFilter():
            return is_day(spec.field, value)
        case filters.ChoicesFieldListFilter():
            return value in offered(spec.field.flatchoices)
        case filters.RelatedFieldListFilter():
            return value in offered(spec.lookup_choices)
        case filters.AllValuesFieldListFilter():
            return value in {str(choice) for choice in spec.lookup_choices}
    return value in {"0", "1"}


def offered(choices: Iterable[tuple[Any, Any]]) -> set[str]:
    return {str(value) for value, _label in choices}


def is_day(field: Any, value: str) -> bool:
    try:
        day = field.to_python(value)
    except (ValidationError, ValueError, OverflowError):
        return False
    return day is not None and day.year in YEARS


def is_part_of_calendar(year: Any, month: Any = None, day: Any = None) -> bool:
    """As a hierarchy of dates names it: a year, one of its months, a day of that."""
    try:
        return datetime(int(year), int(month or 1), int(day or 1)).year in YEARS and (month is not None or day is None)
    except (TypeError, ValueError, OverflowError):
        return False

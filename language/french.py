"""French dates that Django's formats can't say: the first of a month is "1er", its other days are plain numbers."""

from datetime import date
from typing import cast

from django.utils import dateformat
from django.utils.dateformat import DateFormat
from django.utils.translation import get_language


def day_of_month(self: DateFormat) -> int | str:
    # In place of Django's "j", which French formats use beside the name of a month alone.
    day = cast("date", self.data).day  # a time has no day to write
    return "1er" if day == 1 and get_language() == "fr" else day


def write_first_days() -> None:
    dateformat.DateFormat.j = day_of_month  # type: ignore[method-assign, assignment]  # Django's own says int

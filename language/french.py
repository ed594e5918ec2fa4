"""French dates that Django's formats can't say: the first of a month is "1er", its other days are plain numbers."""

from django.utils import dateformat
from django.utils.translation import get_language


def day_of_month(self):
    # In place of Django's "j", which French formats use beside the name of a month alone.
    return "1er" if self.data.day == 1 and get_language() == "fr" else self.data.day


def write_first_days():
    dateformat.DateFormat.j = day_of_month

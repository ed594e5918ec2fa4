"""Whole numbers that pages send back, within what a column holds."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from edits.numbers import WholeNumberField

LARGEST_COUNT = 2_147_483_647
LARGEST_SMALL_COUNT = 32_767
LARGEST_KEY = models.BigIntegerField.MAX_BIGINT
UNKNOWN = _("This page is out of date: reload it, then try again.")


class SentBackField(forms.IntegerField):
    """A number that the page gave and nobody types: one that it never gave is no more than an old or altered page."""

    default_error_messages = {"invalid": UNKNOWN, "min_value": UNKNOWN, "max_value": UNKNOWN}


class RevisionField(SentBackField):
    def __init__(self, *, min_value: int = 0, **options: Any) -> None:
        super().__init__(min_value=min_value, max_value=LARGEST_COUNT, **options)


class SmallCountField(WholeNumberField):
    def __init__(self, *, min_value: int = 0, max_value: int = LARGEST_SMALL_COUNT, **options: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **options)


class KeyField(SentBackField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_KEY, **options)

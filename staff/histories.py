"""Histories in words: what changed between two states of a row; no code, no True, no list in brackets."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from simple_history.template_utils import HistoricalRecordContextHelper


class InWords(HistoricalRecordContextHelper):
    """``words`` puts a column's value into words where its own labels don't."""

    def __init__(self, *args: Any, words: Mapping[str, Callable[[Any], str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        value = super().prepare_delta_change_value(change, value)
        field = self.model._meta.get_field(change.field)
        if change.field in self.words:
            return self.words[change.field](value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return shown(value)


def shown(value: Any) -> Any:
    if value is None or value == "" or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str | dict) else localize(value)

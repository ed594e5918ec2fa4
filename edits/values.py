"""Values of a form's fields as a browser sends them, touched or not."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseForm
from django.forms import Field as FormField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _


def sendings(widget: Any, name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield each name under which the widget sends, with the strings that it sends while it shows ``value``."""
    widget = getattr(widget, "widget", widget)  # the administration wraps those of related rows
    if isinstance(widget, forms.MultiWidget):
        for suffix, part, its in zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True):  # type: ignore[attr-defined, arg-type]  # in no stub
            yield from sendings(part, name + suffix, its)
    elif isinstance(widget, forms.CheckboxInput):
        yield name, ["on"] if widget.check_test(value) else []
    else:
        shown = widget.format_value(value)
        several = shown if isinstance(shown, list | tuple) else [shown]
        yield name, [str(each) for each in several if each not in (None, "")]


def untouched(form: BaseForm, name: str, field: FormField, initial: Any) -> dict[str, list[str]]:
    """By name, the strings that a browser sends of a field that shows ``initial``."""
    return dict(sendings(field.widget, form.add_prefix(name), field.prepare_value(initial)))


def sent(data: MultiValueDict[str, str], names: Iterable[str]) -> list[str]:
    return [string for name in names for string in data.getlist(name)]


def plain(strings: Iterable[str]) -> list[str]:
    # Without what a browser or a form changes by itself: line ends, space around, the order of ticks, nothing.
    trimmed = [string.replace("\r\n", "\n").replace("\r", "\n").strip() for string in strings]
    return sorted(string for string in trimmed if string)


def digest(strings: Iterable[str]) -> str:
    # Of nothing, nothing.
    kept = plain(strings)
    return hashlib.blake2b(json.dumps(kept).encode(), digest_size=6).hexdigest() if kept else ""


def in_words(field: FormField, strings: Sequence[str]) -> str:
    # As a reader would say it: labels of choices, yes or no.
    if isinstance(field, forms.BooleanField):
        return _("yes") if strings else _("no")
    if isinstance(field, forms.ModelChoiceField):
        choice: QuerySet[Any] = field.queryset  # type: ignore[assignment]  # None before it has one
        rows = choice.filter(pk__in=[string for string in strings if can_be_key(choice, string)])
        return ", ".join(field.label_from_instance(row) for row in rows)
    if hasattr(field, "choices"):
        labels = {str(value): str(label) for value, label in flat(field.choices)}
        return ", ".join(labels.get(string, string) for string in strings if string)
    return "\n".join(strings)


def can_be_key(rows: QuerySet[Any], string: str) -> bool:
    try:
        return rows.model._meta.pk.to_python(string) is not None
    except forms.ValidationError:
        return False


def flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        yield from flat(label) if isinstance(label, list | tuple) else [(value, label)]


def changeable(data: Any) -> MultiValueDict[str, str]:
    if hasattr(data, "getlist"):
        return data.copy()
    return MultiValueDict(
        {name: list(value) if isinstance(value, list | tuple) else [value] for name, value in data.items()}
    )

"""Deletions in words: what goes along with a row; nothing of the tables that only join two others."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def joins() -> set[type[Model]]:
    return {model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created}


def in_sentences(told: Iterable[Any]) -> list[Any]:
    # Django's nested list of "Kind: name", escaped where it is to be.
    hidden = tuple(f"{capfirst(model._meta.verbose_name)}: " for model in joins())
    lines = [line for line in told if isinstance(line, list) or not line.startswith(hidden)]
    return [in_sentences(line) if isinstance(line, list) else spaced(line) for line in lines]


def spaced(line: str) -> str:
    kind, colon, rest = line.partition(": ")
    if not colon or re.search(r"[<&]", kind):
        return line
    if hasattr(line, "__html__"):
        return format_html(_("{label}: {value}"), label=kind, value=mark_safe(rest))  # noqa: S308 (Django's own)
    return _("{label}: {value}").format(label=kind, value=rest)


def without_joins(counts: Mapping[str, int]) -> dict[str, int]:
    names = {str(model._meta.verbose_name_plural) for model in joins()}
    return {name: count for name, count in counts.items() if str(name) not in names}

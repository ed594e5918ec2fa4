"""Columns that hold codes, shown in words to whoever only reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model
from django.http import HttpRequest


class Worded(BaseModelAdmin):
    """``worded``: by column, the method that shows it in its place where it can't be changed."""

    worded: Mapping[str, str] = {}

    def only_reads(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is not None and not self.has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.only_reads(request, obj):
            return fieldsets
        return [(title, {**options, "fields": self.in_their_place(options["fields"])}) for title, options in fieldsets]

    def in_their_place(self, names: Iterable[Any]) -> list[Any]:
        # A line of several columns is a tuple.
        return [
            self.worded.get(name, name) if isinstance(name, str) else tuple(self.in_their_place(name)) for name in names
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, *self.worded.values()] if self.only_reads(request, obj) else readonly

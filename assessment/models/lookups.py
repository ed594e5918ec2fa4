"""Whole numbers asked for by the list: as Django does for one alone, what no column can hold matches nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


def kept(values: Iterable[Any], field: Any, connection: BaseDatabaseWrapper) -> list[Any]:
    # Those of the values that the field's column may hold.
    lowest, highest = connection.ops.integer_field_range(field.get_internal_type())
    return [value for value in values if not isinstance(value, int) or lowest <= value <= highest]


@models.IntegerField.register_lookup
class IntegerIn(In):
    def process_rhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        if self.rhs_is_direct_value():
            self.rhs = kept(self.rhs, self.lhs.output_field, connection)
        return super().process_rhs(compiler, connection)

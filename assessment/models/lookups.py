"""Whole numbers asked for by the list: as Django does for one alone, what no column can hold matches nothing."""

from django.db import models
from django.db.models.lookups import In


def kept(values, field, connection):
    # Those of the values that the field's column may hold.
    lowest, highest = connection.ops.integer_field_range(field.get_internal_type())
    return [value for value in values if not isinstance(value, int) or lowest <= value <= highest]


@models.IntegerField.register_lookup
class IntegerIn(In):
    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            self.rhs = kept(self.rhs, self.lhs.output_field, connection)
        return super().process_rhs(compiler, connection)

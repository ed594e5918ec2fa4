"""Lists in the administration that answer to the filters they declare, and to nothing else.

Django filters by any column that is named in the address, shown or not. Whoever sees a list could ask it letter by
letter for what it never shows: a password's hash, an answer, what is stored about a related row.
"""

from typing import Any

from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, TextField
from django.http import HttpRequest
from modeltranslation.manager import rewrite_lookup_key

from language.expressions import Alphabetical


def as_read(model: type[Model], order: Any) -> Any:
    # What a column is put in order by: words as in a dictionary, the rest as its admin says.
    try:
        path = rewrite_lookup_key(model, order)
        field = get_fields_from_path(model, path)[-1]
    except (AttributeError, TypeError, FieldDoesNotExist, NotRelationField):  # an expression, an annotation
        return order
    is_words = isinstance(field, CharField | TextField) and not field.choices
    return Alphabetical(path) if is_words else order


class DeclaredChangeList(ChangeList):
    """Whatever is refused is refused in one way, before a row is read: the whole list instead, which says so."""

    def __init__(self, *args: Any, **options: Any) -> None:
        try:
            super().__init__(*args, **options)
        except DisallowedModelAdminToField as error:
            raise IncorrectLookupParameters from error

    def get_filters(self, request: HttpRequest) -> Any:
        # Filters take what they declare out of the parameters; a parameter that none of them took is refused.
        try:
            filters = super().get_filters(request)
        except (DisallowedModelAdminLookup, ValueError, OverflowError) as error:  # such as a year of no calendar
            raise IncorrectLookupParameters from error
        if set(filters[2]) - self.bounds_of_hierarchy(request):
            raise IncorrectLookupParameters
        return filters

    def get_ordering_field(self, field_name: Any) -> Any:
        return as_read(self.model, super().get_ordering_field(field_name))

    def get_ordering_field_columns(self) -> dict[int, Any]:
        # Django doesn't tell which column an expression of the model's own order belongs to.
        columns = super().get_ordering_field_columns()
        if ORDER_VAR not in self.params:
            default = self._get_default_ordering()  # type: ignore[attr-defined]  # in no stub
            own = [order for order in default if isinstance(order, Alphabetical)]
            fields = enumerate(map(self.get_ordering_field, self.list_display))
            columns |= {index: "asc" for index, field in fields if field in own}
        return columns

    def bounds_of_hierarchy(self, request: HttpRequest) -> set[str]:
        # The dates between which Django put a year, month or day that was asked for.
        day = self.date_hierarchy
        return {f"{day}__gte", f"{day}__lt"} if day and f"{day}__year" in request.GET else set()

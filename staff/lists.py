"""Lists in the administration that answer to the filters they declare, and to nothing else.

Django filters by any column that is named in the address, shown or not. Whoever sees a list could ask it letter by
letter for what it never shows: a password's hash, an answer, what is stored about a related row.
"""

from typing import Any

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IS_FACETS_VAR, IncorrectLookupParameters, ShowFacets
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, TextField
from django.http import HttpRequest
from django.utils.http import urlencode
from modeltranslation.manager import rewrite_lookup_key

from language.expressions import Alphabetical
from staff.understanding import is_part_of_calendar, understood
from staff.windows import AFTER_VAR, NullsLast, begun_after, in_words, with_ties


def as_read(model: type[Model], order: Any) -> Any:
    # What a column is put in order by: words as in a dictionary, the rest as its admin says.
    try:
        path = rewrite_lookup_key(model, order)
        field = get_fields_from_path(model, path)[-1]
    except (AttributeError, TypeError, FieldDoesNotExist, NotRelationField):  # an expression, an annotation
        return order
    is_words = isinstance(field, CharField | TextField) and not field.choices
    if is_words:
        return Alphabetical(path)
    return NullsLast(path) if field.null and not field.is_relation else order


class DeclaredChangeList(ChangeList):
    """What it doesn't understand it leaves out, before a row is read, and says so; the rest of the address counts.

    ``left_out``: what was, as the address has it. Nothing may be written or sent for a list that left something out.
    """

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.left_out: list[str] = []
        self.after = request.GET.get(AFTER_VAR)
        super().__init__(request, *args, **options)
        if self.left_out:
            self.preserved_filters = urlencode({"_changelist_filters": self.get_query_string()[1:]})
            self.remove_facet_link = self.get_query_string(remove=[IS_FACETS_VAR])
            self.add_facet_link = self.get_query_string({IS_FACETS_VAR: True})

    def leave_out(self, name: str, values: list[str]) -> None:
        self.left_out += [f"{name}={value}" for value in values]
        kept = [value for value in self.filter_params.get(name, []) if value not in values]
        if kept:
            self.filter_params[name], self.params[name] = kept, kept[-1]
        else:
            self.filter_params.pop(name, None)
            self.params.pop(name, None)

    def get_filters(self, request: HttpRequest) -> Any:
        # Filters take what they declare out of the parameters; what none of them took, or none of them knows, goes.
        for params in [self.params, self.filter_params]:
            params.pop(AFTER_VAR, None)
        self.leave_out_names(request)
        try:
            filters = super().get_filters(request)
        except (DisallowedModelAdminLookup, ValueError, OverflowError) as error:
            raise IncorrectLookupParameters from error
        wrong = self.not_understood(filters[0])
        for name, values in wrong.items():
            self.leave_out(name, values)
        return self.get_filters(request) if wrong else filters

    def leave_out_names(self, request: HttpRequest) -> None:
        # What no filter is to see, and what Django itself would pass over.
        for name, values in self.get_filters_params().items():
            if not all(self.model_admin.lookup_allowed(name, value, request) for value in values):
                self.leave_out(name, values)
        asked = self.of_hierarchy()
        if asked and not is_part_of_calendar(*(asked.get(part, [None])[-1] for part in self.parts_of_hierarchy())):
            for name, values in asked.items():
                self.leave_out(name, values)
        if self.params.get(SEARCH_VAR) and not (self.search_fields and self.query):
            self.leave_out(SEARCH_VAR, self.filter_params[SEARCH_VAR])
        if IS_FACETS_VAR in self.params and self.model_admin.show_facets is ShowFacets.NEVER:
            self.leave_out(IS_FACETS_VAR, self.filter_params[IS_FACETS_VAR])
        self.leave_out_orders()

    def leave_out_orders(self) -> None:
        asked = self.params.get(ORDER_VAR, "").split(".")
        wrong = [part for part in asked if part and not self.is_order(part)]
        if wrong:
            rest = ".".join(part for part in asked if part not in wrong)
            self.leave_out(ORDER_VAR, self.filter_params[ORDER_VAR])
            self.left_out[-1] = f"{ORDER_VAR}={'.'.join(wrong)}"
            if rest:
                self.filter_params[ORDER_VAR], self.params[ORDER_VAR] = [rest], rest
        if ORDER_VAR in self.params:  # one column at a time: no index has two of them
            self.params[ORDER_VAR] = self.params[ORDER_VAR].split(".")[0]

    def is_order(self, part: str) -> bool:
        place = part.removeprefix("-")
        column = place.isdecimal() and len(place) < 4 and int(place) < len(self.list_display)
        return bool(column and self.get_ordering_field(self.list_display[int(place)]))

    def not_understood(self, specs: list[Any]) -> dict[str, list[str]]:
        """Return the values of each parameter that no filter narrows by."""
        declared = {name: spec for spec in specs for name in spec.expected_parameters()}
        wrong = {}
        for name, values in self.get_filters_params().items():
            if name in self.of_hierarchy():
                continue
            known = understood(declared[name], name, values) if name in declared else []
            wrong[name] = [value for value in values if value not in known]
        return {name: values for name, values in wrong.items() if values}

    def parts_of_hierarchy(self) -> list[str]:
        return [f"{self.date_hierarchy}__{part}" for part in ["year", "month", "day"]] if self.date_hierarchy else []

    def of_hierarchy(self) -> dict[str, list[str]]:
        return {name: self.filter_params[name] for name in self.parts_of_hierarchy() if name in self.filter_params}

    def get_results(self, request: HttpRequest) -> None:
        asked = request.GET.get(PAGE_VAR)
        if asked is not None and not (asked.isdecimal() and len(asked) < 10):
            self.left_out.append(f"{PAGE_VAR}={asked}")
            asked = None
        try:
            super().get_results(request)
        except IncorrectLookupParameters:  # a page that isn't there
            self.page_num = 1
            super().get_results(request)
        if asked is not None and not 1 <= int(asked) <= self.paginator.num_pages:
            self.left_out.append(f"{PAGE_VAR}={asked}")
            self.page_num = 1
        if self.show_all and not self.can_show_all:
            self.leave_out(ALL_VAR, self.filter_params[ALL_VAR])

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """The whole list where no row is named to begin after, or where it is gone."""
        rows = super().get_queryset(request, exclude_parameters)
        if self.after is None or exclude_parameters:
            return rows
        rest = begun_after(rows, self.after)
        if rest is None:
            self.left_out.append(f"{AFTER_VAR}={self.after}")
            self.after = None
        return rows if rest is None else rest

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        ordering = super().get_ordering(request, queryset)
        chosen = self.params.get(ORDER_VAR) and ordering[:-1]
        default = list(self._get_default_ordering())  # type: ignore[attr-defined]  # in no stub
        return with_ties(chosen[0], [*default, *([] if "pk" in str(default) else ["-pk"])]) if chosen else ordering

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """Pages go on after the same row; any other choice begins anew."""
        if self.after is not None and PAGE_VAR in (new_params or {}):
            new_params = {AFTER_VAR: self.after} | new_params
        return super().get_query_string(new_params, remove)

    @property
    def count_in_words(self) -> str:
        return in_words(self.paginator)

    @property
    def beyond(self) -> str | None:
        """Where the list goes on after the last page that is counted; None elsewhere."""
        rows = list(self.result_list)
        if not rows or not self.paginator.has_more or self.page_num != self.paginator.num_pages:
            return None
        return super().get_query_string({AFTER_VAR: rows[-1].pk})

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

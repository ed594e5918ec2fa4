"""The list of results: its columns, and its rows read and written without a model and a template for each cell.

At a hundred rows of sixteen cells, the admin's own way takes longer than all the rest of the page.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import FilteredRelation, Func, IntegerField, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assessment.admin.result_filters import LevelFilter
from assessment.maturity.definition import Capability, Dimension, Questionnaire
from assessment.models import NodeScore, Result, Size, SubSector
from assessment.rules.words import in_language, points
from language.texts import Text
from staff.lists import DeclaredChangeList
from staff.windows import NullsLast

FIELDS = ["pk", "company__name", "version__number", "submitted_at", "sub_sector", "size", "score", "level", "summary"]


class SmallestFirst(Func):
    """Letter for letter the expression of the index: as parameters, the sizes would be unknown to it."""

    template = (
        "(CASE %(expressions)s " + " ".join(f"WHEN '{size}' THEN {n}" for n, size in enumerate(Size.values)) + " END)"
    )
    output_field = IntegerField()


SMALLEST_FIRST = SmallestFirst("size")


class ResultList(DeclaredChangeList):
    """``result_list`` holds rows of FIELDS: answers and traces are ten times as much, and no cell shows them."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        # Only the join of the column that the list is sorted by is ever made.
        shown: list[Any] = list(self.list_display)
        joins = {column.__name__: column.join for column in shown if hasattr(column, "join")}
        self.root_queryset = self.root_queryset.annotate(**joins)
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        # Beside the score of a node its own index has the key of the result, and nothing else.
        ordering = super().get_ordering(request, queryset)
        if self.node_sorted_by() is None:
            return ordering
        return [ordering[0], "-pk" if ordering[0].descending else "pk"]

    def node_sorted_by(self) -> str | None:
        """The name of the join with the scores of a dimension or capability, where the list is sorted by one."""
        chosen = self.params.get(ORDER_VAR, "").removeprefix("-")
        column: Any = self.list_display[int(chosen)] if chosen else None
        return column.__name__ if hasattr(column, "join") else None

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        # Sorted first by what sorting needs; what the cells need is then read for one page alone.
        node = self.node_sorted_by()
        if node and self.multi_page and not self.show_all:
            keys = self.keys_by_node(node)
        else:
            keys = list(self.result_list.values_list("pk", flat=True))
        rows = {row.pk: row for row in Result.objects.filter(pk__in=keys).values_list(*FIELDS, named=True)}
        self.result_list = [rows[key] for key in keys]

    def keys_by_node(self, node: str) -> list[int]:
        """Begin with the scores, which are in order; results without one come after all that have it."""
        first, rows = (self.page_num - 1) * self.list_per_page, self.queryset.values_list("pk", flat=True)
        scored = rows.filter(**{f"{node}__isnull": False})
        keys = list(scored[first : first + self.list_per_page])
        if len(keys) < self.list_per_page:
            number = first + len(keys) if keys else scored.order_by().count()
            start = max(0, first - number)
            rest = rows.filter(**{f"{node}__isnull": True})
            keys += list(rest[start : start + self.list_per_page - len(keys)])
        return keys

    def results_told(self, request: HttpRequest) -> set[int]:
        """Return the keys of the results that the page tells something of.

        Those shown, and those that the filter by level left out of a list short enough to be seen through.
        """
        told = {row.pk for row in self.result_list}
        if LevelFilter.parameter_name in self.get_filters_params():
            wider = self.get_queryset(request, exclude_parameters=[LevelFilter.parameter_name])
            keys = list(wider.order_by().values_list("pk", flat=True)[: self.list_per_page + 1])
            told |= set(keys) if len(keys) <= self.list_per_page else set()
        return told

    def headers(self) -> list[Any]:
        return list(result_headers(self))

    def sorted_fields(self) -> int:
        return len(self.get_ordering_field_columns())

    def rows(self) -> Iterator[list[SafeString]]:
        """Yield each row as one cell of HTML, which the admin's template prints as it is."""
        filters = f"?{self.preserved_filters}" if self.preserved_filters else ""
        html = '<th class="field-company"><a href="{}/change/{}">{}</a></th>' + "<td>{}</td>" * (
            len(self.list_display) - 1
        )
        columns = cast(list[Callable[[Any], Any]], self.list_display)
        for row in self.result_list:
            yield [format_html(html, row.pk, filters, *[column(row) for column in columns])]


def fixed_columns() -> tuple[list[Callable[[Any], Any]], list[Callable[[Any], Any]]]:
    """Return those before the scores and those after, made for each request: labels and dates are in its language."""
    sub_sectors, sizes = dict(SubSector.choices), dict(Size.choices)

    @admin.display(description=_("company"), ordering="company__name")
    def company(row: Any) -> str:
        return row.company__name

    @admin.display(description=_("version"), ordering="version_id")
    def version(row: Any) -> str:
        return row.version__number

    @admin.display(description=_("submitted on"), ordering="submitted_at")
    def submitted(row: Any) -> str:
        return date_format(timezone.localtime(row.submitted_at), "DATE_FORMAT")

    @admin.display(description=_("sub-sector"), ordering="sub_sector")
    def sub_sector(row: Any) -> Text:
        return sub_sectors[row.sub_sector]

    @admin.display(description=_("size"), ordering=SMALLEST_FIRST)
    def size(row: Any) -> Text:
        return sizes[row.size]

    return [company, submitted], [sub_sector, size, version]


def overall_columns() -> list[Callable[[Any], Any]]:
    language = translation.get_language()

    @admin.display(description=_("overall"), ordering=NullsLast("score"))
    def overall(row: Any) -> str:
        return figure(row.score, language)

    @admin.display(description=_("level"), ordering=NullsLast("level"))
    def level(row: Any) -> Any:
        return "–" if row.level is None else row.level

    return [overall, level]


def score_column(kind: NodeScore.Kind, node: Dimension | Capability) -> Any:
    """The score of one dimension or capability; its ``join`` lets the database sort by the index of node scores."""
    alias = f"{kind.value}_{node.code.encode().hex()}"  # a code may hold what the name of a join may not
    scores = "dimensions" if kind is NodeScore.Kind.DIMENSION else "capabilities"
    language = translation.get_language()

    @admin.display(
        description=format_html('<abbr title="{}">{}</abbr>', in_language(node.title), node.code),
        ordering=NullsLast(f"{alias}__score"),
    )
    def column(row: Any) -> str:
        return figure(row.summary[scores].get(node.code), language)

    column.__name__ = alias
    vars(column)["join"] = FilteredRelation(
        "node_scores", condition=Q(node_scores__kind=kind, node_scores__code=node.code)
    )
    return column


def score_columns(questionnaire: Questionnaire, *, capability: str | None = None) -> list[Any]:
    # The dimensions', then the one of a capability that the reader asked for.
    dimensions = questionnaire.dimensions
    chosen = [part for dimension in dimensions for part in dimension.capabilities if part.code == capability]
    return [
        *(score_column(NodeScore.Kind.DIMENSION, node) for node in dimensions),
        *(score_column(NodeScore.Kind.CAPABILITY, node) for node in chosen),
    ]


@cache  # a thousand figures in two languages
def figure(score: Any, language: str | None) -> str:
    return points(score)

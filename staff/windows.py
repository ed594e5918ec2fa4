"""Pages of a list that cost the same however long it is: counted up to a bound, and beyond it begun anew at a row.

A page is found by skipping those before it, of which there are at most ``MOST``; further on the address names the last
row before (``after``), and the rest of the list is one whose first page comes next.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST = 10_000
AFTER_VAR = "after"


class BoundedPaginator(Paginator):
    """``count`` is at most ``MOST``; ``has_more`` where there are more."""

    @cached_property
    def counted(self) -> int:
        return self.object_list.order_by().values("pk")[: MOST + 1].count()  # type: ignore[attr-defined]

    @property
    def count(self) -> int:
        return min(self.counted, MOST)

    @property
    def has_more(self) -> bool:
        return self.counted > MOST


def in_words(paginator: BoundedPaginator) -> str:
    count = number_format(paginator.count, force_grouping=True)
    return _("more than %(count)s") % {"count": count} if paginator.has_more else count


class NullsLast(F):
    """What has no value stands below all that have one, whichever way the list is sorted."""

    def asc(self, **options: Any) -> OrderBy:
        return super().asc(nulls_last=True)

    def desc(self, **options: Any) -> OrderBy:
        return super().desc(nulls_last=True)


def as_order(term: Any) -> OrderBy:
    if isinstance(term, str):
        field = F(term.removeprefix("-"))
        return field.desc() if term.startswith("-") else field.asc()
    return term if isinstance(term, OrderBy) else term.asc()


def turned(term: Any) -> Any:
    """Return the order the other way round, in the same form."""
    if isinstance(term, str):
        return term.removeprefix("-") if term.startswith("-") else f"-{term}"
    order = as_order(term).copy()
    return OrderBy(order.expression, descending=not order.descending, nulls_last=order.nulls_last)


def with_ties(chosen: Any, own: list[Any]) -> list[Any]:
    """Return the list's own order after the chosen column, turned with it: one index then serves both ways."""
    return [chosen, *(map(turned, own) if as_order(chosen).descending else own)]


def begun_after(rows: QuerySet[Any], key: Any) -> QuerySet[Any] | None:
    """Return what comes after a row in the rows' own order; None where the row is no longer among them. One query."""
    orders = [as_order(term) for term in rows.query.order_by]
    names = {f"place_{number}": order.expression for number, order in enumerate(orders)}
    rows = rows.alias(**names)
    try:
        values = rows.filter(pk=key).values_list(*names.values()).first()
    except (ValueError, OverflowError):
        values = None
    if values is None:
        return None
    places = list(zip(names, orders, values, strict=True))
    condition, same = Q(), Q()
    for name, order, value in places:
        condition |= same & later(name, order, value)
        same &= level_with(name, value)
    first, order, value = places[0]
    # Said once more of the first alone, for the index to begin there
    return rows.filter(later(first, order, value) | level_with(first, value), condition)


def later(name: str, order: OrderBy, value: Any) -> Q:
    if value is None:
        return Q(pk__in=[])  # nothing is below what has no value
    beyond = Q(**{f"{name}__{'lt' if order.descending else 'gt'}": value})
    return beyond | Q(**{f"{name}__isnull": True}) if order.nulls_last else beyond


def level_with(name: str, value: Any) -> Q:
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})

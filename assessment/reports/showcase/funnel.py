"""The funnel of use cases: from a strength found to a capability improved elsewhere; fictional companies apart."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from assessment.maturity.figures import lowest_published
from assessment.models import Bookmark, Interest, NodeScore, Result, UseCase, ViewCount
from assessment.rules.capabilities import current_questionnaire, top_level_start
from language.texts import Text


@dataclass(frozen=True, slots=True)
class Stage:
    code: str
    label: Text
    real: int
    fictional: int


def funnel() -> list[Stage]:
    """Nine queries, and one result read for each company that does what it kept."""
    return [
        Stage("invited", _("Companies invited: a capability at the top levels"), *invited()),
        Stage("drafted", _("Use cases begun"), *cases(Q())),
        Stage("submitted", _("Submitted with a consent"), *cases(Q(submitted_at__isnull=False))),
        Stage("published", _("Published"), *cases(Q(first_published_at__isnull=False))),
        Stage("viewed", _("Views of their pages"), *viewed()),
        Stage("contacted", _("Requests for contact"), *by_company(Interest.objects.all())),
        Stage("taken_up", _("Taken up: “we are doing this”"), *by_company(doing())),
        Stage("improved", _("Capability improved at the next assessment"), *improved()),
    ]


def split(queryset: QuerySet[Any], path: str, count: str = "pk") -> tuple[int, int]:
    real = Count(count, filter=Q(**{f"{path}fictional": False}), distinct=True)
    fictional = Count(count, filter=Q(**{f"{path}fictional": True}), distinct=True)
    counts = queryset.order_by().aggregate(real=real, fictional=fictional)
    return counts["real"], counts["fictional"]


def invited() -> tuple[int, int]:
    questionnaire = current_questionnaire()
    if questionnaire is None:
        return 0, 0
    start = Decimal(lowest_published(top_level_start(questionnaire)))
    strong = NodeScore.objects.filter(kind=NodeScore.Kind.CAPABILITY, score__gte=start)
    return split(strong, "result__company__", count="result__company")


def cases(condition: Q) -> tuple[int, int]:
    return split(UseCase.objects.filter(condition, company__isnull=False), "company__")


def viewed() -> tuple[int, int]:
    counts = ViewCount.objects.filter(use_case__company__isnull=False).values_list("use_case__company__fictional")
    sums = dict(counts.order_by().annotate(Sum("count")))
    return sums.get(False, 0), sums.get(True, 0)


def by_company(queryset: QuerySet[Any]) -> tuple[int, int]:
    return split(queryset, "company__")


def doing() -> QuerySet[Bookmark]:
    return Bookmark.objects.filter(doing_since__isnull=False)


def improved() -> tuple[int, int]:
    counted = {False: 0, True: 0}
    for bookmark in doing().filter(result__isnull=False).select_related("use_case", "company", "result"):
        counted[bookmark.company.fictional] += is_better(bookmark)
    return counted[False], counted[True]


def is_better(bookmark: Bookmark) -> bool:
    kept = cast(Result, bookmark.result)
    later = Result.objects.filter(company=bookmark.company_id, submitted_at__gt=kept.submitted_at)
    latest = later.order_by("-submitted_at", "-pk").first()
    if latest is None:
        return False
    before, after = kept.summary["capabilities"], latest.summary["capabilities"]
    return any(
        before.get(code) is not None and after.get(code) is not None and Fraction(after[code]) > Fraction(before[code])
        for code in bookmark.use_case.capabilities
    )

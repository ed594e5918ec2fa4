"""The log of staff's readings: each company is shown its part of it, staff the whole."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessment.admin.readonly import ReadOnlyAdmin
from assessment.models import AccessedCompany, AccessedResult, Company, Export, MemberChange, Result, StaffAccess
from language.texts import Text
from staff.options import ClosedTabularInline

NAMED = 100


class MemberChangeInline(ClosedTabularInline):
    model = MemberChange
    readonly_fields: ClassVar[Any] = ["user", "before", "after"]
    fields = readonly_fields
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the access that it belongs to."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user")


@admin.register(StaffAccess)
class StaffAccessAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "kind", "company", "reason", "format", "number_of_results"]
    list_filter = ["kind", "at"]
    sortable_by = ["at", "kind"]
    list_select_related = ["by", "person", "export"]
    search_fields = ["by__email", "by__name", "reason"]
    fields = [
        *["at", "by", "kind", "person", "reason", "format", "filters", "number_of_results", "checksum"],
        *["company_names"],
    ]
    inlines = [MemberChangeInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Counted and named for the rows of the page alone: an export has thousands of results."""
        results = AccessedResult.objects.filter(access=OuterRef("pk")).order_by().values("access")
        number = Count("result__company", distinct=True)
        companies = AccessedCompany.objects.filter(access=OuterRef("pk")).order_by().values("access")
        return (
            super()
            .get_queryset(request)
            .annotate(
                result_count=Subquery(results.values(number=Count("result"))),
                company_of_results=Subquery(results.values("result__company__name")[:1]),
                companies_of_results=Subquery(results.values(number=number)),
                company_read=Subquery(companies.values("company__name")[:1]),
                companies_read=Subquery(companies.values(number=Count("company"))),
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Found by company too, in keys: a join would show an access once for each of its companies."""
        rows, duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return rows, duplicates
        results = AccessedResult.objects.filter(result__company__name__icontains=search_term).values("access")
        companies = AccessedCompany.objects.filter(company__name__icontains=search_term).values("access")
        exports = Export.objects.that_took(Result.objects.filter(company__name__icontains=search_term))
        of_companies = queryset.filter(
            Q(pk__in=results) | Q(pk__in=companies) | Q(pk__in=exports.order_by().values("access"))
        )
        return queryset.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=of_companies.values("pk"))), False

    @admin.display(description=_("results"))
    def number_of_results(self, access: Any) -> int:
        """Of an export those sent; one whose results are not named was broken off, or is on its way."""
        export = getattr(access, "export", None)
        if export is None or export.highest is None:
            return access.result_count or 0
        return export.rows

    @admin.display(description=_("checksum of the file"))
    def checksum(self, access: StaffAccess) -> Text | None:
        export = getattr(access, "export", None)
        return export and (export.sha256 or _("not whole"))

    @admin.display(description=_("company"))
    def company(self, access: Any) -> str:
        number = (access.companies_of_results or 0) + (access.companies_read or 0)
        if number > 1:
            return ngettext("%(n)d company", "%(n)d companies", number) % {"n": number}
        return access.company_of_results or access.company_read

    @admin.display(description=_("companies"))
    def company_names(self, access: StaffAccess) -> str:
        export = getattr(access, "export", None)
        if export is None or export.highest is None:
            companies = Company.objects.filter(Q(results__accesses=access) | Q(accesses=access)).distinct()
        else:
            companies = Company.objects.filter(Exists(export.results().filter(company=OuterRef("pk"))))
        names = list(companies.values_list("name", flat=True)[: NAMED + 1])
        return ", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])

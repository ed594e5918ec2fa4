"""The log of staff's readings: each company is shown its part of it, staff the whole."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from assessment.admin.readonly import ReadOnlyAdmin
from assessment.models import AccessedResult, StaffAccess


@admin.register(StaffAccess)
class StaffAccessAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "kind", "reason", "format", "number_of_results"]
    list_filter = ["kind", "at"]
    list_select_related = ["by"]
    search_fields = ["by__email", "by__name", "reason", "results__company__name"]
    fields = ["at", "by", "kind", "reason", "format", "filters", "number_of_results"]

    def get_queryset(self, request):
        """Counted for the rows of the page alone: an export has thousands of results."""
        accessed = AccessedResult.objects.filter(access=OuterRef("pk")).order_by().values("access")
        return super().get_queryset(request).annotate(result_count=Subquery(accessed.values(number=Count("result"))))

    @admin.display(description=_("results"))
    def number_of_results(self, access):
        return access.result_count or 0

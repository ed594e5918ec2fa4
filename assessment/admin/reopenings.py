"""Requests for reopening as reviewers decide them: what waits first, one decision each, with its reason."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from assessment.actions import reopenings as actions
from assessment.admin.recorded import RecordsReadings
from assessment.forms.reopenings import DECIDED, OTHER_OPEN, DecisionForm
from assessment.models import Company, Reopening, StaffAccess
from assessment.rules.requests import signed_in
from edits.reading import READ_AT
from language.texts import Text

WAITING_FIRST = Case(When(status="asked", then=Value(0)), default=Value(1), output_field=IntegerField())


@admin.register(Reopening)
class ReopeningAdmin(RecordsReadings):
    opened, listed = StaffAccess.Kind.REOPENING, StaffAccess.Kind.REOPENINGS
    form = DecisionForm
    list_display = ["company", "status", "asked_at", "asked_by", "decided_at"]
    list_filter = ["status", "asked_at"]
    list_select_related = ["assessment__company", "asked_by"]
    search_fields = ["assessment__company__name"]
    readonly_fields = ["company", "result", "status", "reason", "asked_by", "asked_at", "decided_by", "decided_at"]
    show_facets = admin.ShowFacets.ALWAYS  # how many wait
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        texts = ["assessment__company", "assessment__campaign", "result__company", "asked_by", "decided_by"]
        return super().get_queryset(request).select_related(*texts)

    def get_ordering(self, request: HttpRequest) -> Any:
        return [WAITING_FIRST, "-asked_at", "pk"]

    def companies_of(self, row: Reopening) -> list[UUID]:
        return [row.assessment.company_id]

    @admin.display(description=gettext_lazy("company"))
    def company(self, reopening: Reopening) -> Company:
        return reopening.assessment.company

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.is_decidable(request, obj):
            return ["company", "result", "reason", "asked_by", "asked_at", "verdict", "decision"]
        return [*self.readonly_fields, "decision"]

    def is_decidable(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(actions.MAY_DECIDE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A page made while it waited comes back with its words when a colleague was faster.
        is_late = request.method == "POST" and READ_AT in request.POST
        return self.has_view_permission(request) and (obj is None or obj.is_waiting or is_late)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        decide = actions.grant if form.cleaned_data["verdict"] == form.GRANTED else actions.refuse
        try:
            decide(reopening=obj, reason=form.cleaned_data["decision"], by=signed_in(request).user)
        except actions.OtherOpenError:
            self.refuse(request, OTHER_OPEN)
        except actions.DecidedError:
            self.refuse(request, DECIDED)

    def refuse(self, request: HttpRequest, text: Text) -> None:
        # Between the form and the action somebody was faster: say it instead of the admin's own message.
        vars(request)["not_decided"] = True
        messages.error(request, text)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if not hasattr(request, "not_decided"):
            return super().log_change(request, obj, message)
        return None

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **options: Any) -> None:
        if not hasattr(request, "not_decided"):
            super().message_user(request, message, *args, **options)

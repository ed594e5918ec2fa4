"""Pages of the administration that show something of a named company: each is on record once it is shown."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from assessment.actions.access import record_reading
from assessment.models import StaffAccess
from assessment.rules.requests import signed_in
from staff.options import ClosedAdmin

OBJECT_IN = ["original", "object"]  # as Django's pages of change, deletion and history name it


class RecordsReadings(ClosedAdmin):
    """``opened`` and ``listed`` are kinds of readings; a list that tells nothing of a company has none.

    Recorded when the page is made, not when it is asked for: what is refused or not there isn't read.
    """

    opened: StaffAccess.Kind
    listed: StaffAccess.Kind | None = None

    def companies_of(self, row: Any) -> Iterable[UUID | None]:
        """Return the keys of the companies that the row tells of; None among them for none."""
        raise NotImplementedError

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().changelist_view(request, extra_context)
        chosen = getattr(response, "context_data", {}).get("cl")
        if chosen is not None and self.listed:
            companies = [key for row in chosen.result_list for key in self.companies_of(row)]
            record_reading(kind=self.listed, companies=companies, by=signed_in(request).user)
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self.recorded(request, super().changeform_view(request, object_id, form_url, extra_context))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.recorded(request, super().delete_view(request, object_id, extra_context))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.recorded(request, super().history_view(request, object_id, extra_context))

    def recorded(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        self.record(request, getattr(response, "context_data", None) or {})
        return response

    def record(self, request: HttpRequest, context: Any) -> None:
        row = next((context[name] for name in OBJECT_IN if context.get(name) is not None), None)
        if row is not None:
            record_reading(kind=self.opened, companies=self.companies_of(row), by=signed_in(request).user)

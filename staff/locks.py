"""Locks of the administration: a page is saved over the row as it is then, not as it was a moment before."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse


class LockedAdmin(admin.ModelAdmin):
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Two who meet at one constraint at the same moment: the second is told, once the first one's row is there."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            if request.method != "POST":
                raise
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        # Within the transaction that Django opens where something is sent.
        if request.method == "POST" and object_id is not None:
            row = self.get_object(request, unquote(object_id))
            if row is None and self.has_change_permission(request):
                raise Http404  # whose page gives back what was typed
            if row is not None and self.has_change_permission(request, row):
                self.lock(request, row)
        response: HttpResponse = super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]  # in no stub
        return response

    def lock(self, request: HttpRequest, row: Model) -> None:
        # The row and those below it that the page changes; what the page shows is read after.
        rows_of(type(row)).get(pk=row.pk)
        for inline in self.get_inline_instances(request, row):
            if inline.has_change_permission(request, row) or inline.has_delete_permission(request, row):
                above: Any = inline.get_formset(request, row).fk
                list(rows_of(inline.model).filter(**{above.name: row}).order_by("pk").values_list("pk"))


def rows_of(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.select_for_update(of=("self",))

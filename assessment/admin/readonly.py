"""Read-only administration of what the product itself writes."""

from typing import Any

from django.http import HttpRequest

from staff.options import ClosedAdmin


class ReadOnlyAdmin(ClosedAdmin):
    actions: Any = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""Read-only administration of what the product itself writes."""

from staff.options import ClosedAdmin


class ReadOnlyAdmin(ClosedAdmin):
    actions = None
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

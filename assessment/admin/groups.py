"""The staff groups and what each may do: read here, fixed by migrations, so that nobody widens what a group may do."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from assessment.admin.readonly import ReadOnlyAdmin

admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ["name", "number_of_people"]
    fields = ["name", "granted"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(people=Count("user"))

    @admin.display(description=_("people"), ordering="people")
    def number_of_people(self, group):
        return group.people

    @admin.display(description=_("permissions"))
    def granted(self, group):
        return "\n".join(str(permission) for permission in group.permissions.select_related("content_type"))

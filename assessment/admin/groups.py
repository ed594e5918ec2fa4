"""The staff groups and what each may do: read here, fixed by migrations, so that nobody widens what a group may do."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.admin.readonly import ReadOnlyAdmin

admin.site.unregister(Group)
NAMES = {
    "reader": pgettext_lazy("group of staff", "reader"),
    "reviewer": pgettext_lazy("group of staff", "reviewer"),
    "editor": pgettext_lazy("group of staff", "editor"),
    "administrator": pgettext_lazy("group of staff", "administrator"),
}
# What Django writes in English into the database.
RIGHTS = {
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "delete": pgettext_lazy("right", "delete"),
    "view": pgettext_lazy("right", "see"),
}


def name_of(group: Group) -> str:
    return str(NAMES.get(group.name, group.name))


# Wherever the administration names a group: filters, boxes to tick, titles.
Group.add_to_class("__str__", name_of)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ["name_in_words", "number_of_people"]
    fields = ["name_in_words", "granted"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(people=Count("user"))

    @admin.display(description=_("name"))
    def name_in_words(self, group: Group) -> str:
        return name_of(group)

    @admin.display(description=_("people"), ordering="people")
    def number_of_people(self, group: Any) -> int:
        return group.people

    @admin.display(description=_("permissions"))
    def granted(self, group: Group) -> str:
        return "\n".join(map(right_in_words, group.permissions.select_related("content_type")))


def right_in_words(permission: Permission) -> str:
    action = permission.codename.partition("_")[0]
    return f"{permission.content_type} | {RIGHTS.get(action, permission.name)}"

from django.contrib import admin

from contract.admin.records import BROUGHT_IN, IntroducedAdmin, both
from contract.models import Figure, Theme


@admin.register(Theme)
class ThemeAdmin(IntroducedAdmin):
    list_display = ["title", "kind", "position", "brought_in_by", "source"]
    list_filter = ["kind", *IntroducedAdmin.list_filter]
    search_fields = ["code", *both("title", "description", "note")]
    fields = ["code", "kind", "position", "title", "description", *BROUGHT_IN]


@admin.register(Figure)
class FigureAdmin(IntroducedAdmin):
    list_display = ["label", "value", "unit", "approximate", "brought_in_by", "source"]
    list_filter = ["approximate", *IntroducedAdmin.list_filter]
    search_fields = ["code", *both("label", "unit", "note")]
    fields = ["code", "label", "value", "unit", "approximate", "position", *BROUGHT_IN]

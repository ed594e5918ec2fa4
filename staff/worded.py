"""Columns that hold codes, shown in words to whoever only reads them."""

from django.contrib.admin.options import BaseModelAdmin


class Worded(BaseModelAdmin):
    """``worded``: by column, the method that shows it in its place where it can't be changed."""

    worded = {}

    def only_reads(self, request, obj):
        return obj is not None and not self.has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.only_reads(request, obj):
            return fieldsets
        return [(title, {**options, "fields": self.in_their_place(options["fields"])}) for title, options in fieldsets]

    def in_their_place(self, names):
        # A line of several columns is a tuple.
        return [
            self.worded.get(name, name) if isinstance(name, str) else tuple(self.in_their_place(name)) for name in names
        ]

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, *self.worded.values()] if self.only_reads(request, obj) else readonly

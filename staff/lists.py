"""Lists in the administration that answer to the filters they declare, and to nothing else.

Django filters by any column that is named in the address, shown or not. Whoever sees a list could ask it letter by
letter for what it never shows: a password's hash, an answer, what is stored about a related row.
"""

from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList


class DeclaredChangeList(ChangeList):
    """Whatever is refused is refused in one way, before a row is read: the whole list instead, which says so."""

    def __init__(self, *args, **options):
        try:
            super().__init__(*args, **options)
        except DisallowedModelAdminToField as error:
            raise IncorrectLookupParameters from error

    def get_filters(self, request):
        """Filters take what they declare out of the parameters; a parameter that none of them took is refused."""
        try:
            filters = super().get_filters(request)
        except (DisallowedModelAdminLookup, ValueError, OverflowError) as error:  # such as a year of no calendar
            raise IncorrectLookupParameters from error
        if set(filters[2]) - self.bounds_of_hierarchy(request):
            raise IncorrectLookupParameters
        return filters

    def bounds_of_hierarchy(self, request):
        """The dates between which Django put a year, month or day that was asked for."""
        day = self.date_hierarchy
        return {f"{day}__gte", f"{day}__lt"} if day and f"{day}__year" in request.GET else set()

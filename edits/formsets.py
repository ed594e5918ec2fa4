"""Rows below a row: each form of them says what it was read at; rows that somebody deleted meanwhile are told."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.utils.translation import gettext_lazy as _

from edits.reading import OVERTAKEN, READ_AT, read_from
from edits.values import changeable, digest

GONE = _(
    "Not saved: somebody else deleted a row meanwhile that you were changing. What you typed stands in a new row: "
    "save again to add it, or empty it."
)


class ReadAtFormSet:
    """First among the bases of an inline formset."""

    gone = doubled = ()

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            self.gone = self.move_gone()

    def move_gone(self):
        # Rows that are no longer there become new ones, where anything was typed in them; return how many.
        initial, total = self.initial_form_count(), self.total_form_count()
        gone = self.numbers_of_gone(initial)
        if not gone:
            return 0
        kept = [number for number in range(initial) if number not in gone]
        moved = [number for number in gone if self.typed_in(number)]
        self.renumber([*kept, *moved, *range(initial, total)], blank=moved)
        self.data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(len(kept))
        self.data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(total - len(gone) + len(moved))
        vars(self).pop("management_form", None)
        return len(moved)

    def numbers_of_gone(self, initial):
        pk, there = self.model._meta.pk.name, {str(row.pk) for row in self.get_queryset()}
        read = [number for number in range(initial) if f"{self.prefix}-{number}-{READ_AT}" in self.data]
        return [number for number in read if self.data.get(f"{self.prefix}-{number}-{pk}") not in there]

    def typed_in(self, number):
        # Whether the row was touched, and not to be deleted anyway.
        data, form = changeable(self.data), f"{self.prefix}-{number}"
        if data.get(f"{form}-{DELETION_FIELD_NAME}"):
            return False
        read = read_from(data, f"{form}-{READ_AT}")
        return any(digest(data.getlist(f"{form}-{name}")) != read[name] for name in read)

    def renumber(self, order, *, blank):
        """Give the forms of ``data`` their places in ``order``; ``blank`` are those that become new rows."""
        data, pk = changeable(self.data), self.model._meta.pk.name
        by_form = {}
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            number, _dash, field = name.removeprefix(f"{self.prefix}-").partition("-")
            if number.isdecimal():
                by_form.setdefault(int(number), {})[field] = data.getlist(name)
                del data[name]
        for place, number in enumerate(order):
            for field, strings in by_form.get(number, {}).items():
                if number in blank and field in {pk, READ_AT}:
                    strings = [""] if field == pk else []
                data.setlist(f"{self.prefix}-{place}-{field}", strings)
        self.data = data

    def get_unique_error_message(self, unique_check):
        self.doubled = unique_check
        return super().get_unique_error_message(unique_check)

    def validate_unique(self):
        """Of two rows that say the same, the second says so at the field, not at the whole row."""
        try:
            super().validate_unique()
        finally:
            for form in self.forms:
                names = [name for name in form.told() if name in self.doubled]
                if names and form._errors and form._errors.get(NON_FIELD_ERRORS) == [self.get_form_error()]:
                    form._errors[names[-1]] = form._errors.pop(NON_FIELD_ERRORS)

    def clean(self):
        super().clean()
        if self.gone:
            raise ValidationError(GONE, code="gone")
        if self.can_delete and any(form.overtaken and self._should_delete_form(form) for form in self.initial_forms):
            raise ValidationError(OVERTAKEN, code="overtaken")

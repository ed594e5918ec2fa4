"""Rows below a row: each form of them says what it was read at; rows that somebody deleted meanwhile are told."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseModelFormSet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from edits.reading import OVERTAKEN, READ_AT, read_from
from edits.values import changeable, digest

GONE = _(
    "Not saved: somebody else deleted a row meanwhile that you were changing. What you typed stands in a new row: "
    "save again to add it, or empty it."
)


class ReadAtFormSet(BaseModelFormSet):
    """First among the bases of an inline formset."""

    data: MultiValueDict[str, str]
    model: type[Model]
    forms: list[Any]
    gone: int = 0
    doubled: Sequence[str] = ()

    def __init__(self, data: MultiValueDict[str, str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            self.gone = self.move_gone()

    def move_gone(self) -> int:
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

    def numbers_of_gone(self, initial: int) -> list[int]:
        pk, there = self.model._meta.pk.name, {str(row.pk) for row in self.get_queryset()}
        read = [number for number in range(initial) if f"{self.prefix}-{number}-{READ_AT}" in self.data]
        return [number for number in read if self.data.get(f"{self.prefix}-{number}-{pk}") not in there]

    def typed_in(self, number: int) -> bool:
        # Whether the row was touched, and not to be deleted anyway.
        data, form = changeable(self.data), f"{self.prefix}-{number}"
        if data.get(f"{form}-{DELETION_FIELD_NAME}"):
            return False
        read = read_from(data, f"{form}-{READ_AT}")
        return any(digest(data.getlist(f"{form}-{name}")) != read[name] for name in read)

    def renumber(self, order: Iterable[int], *, blank: Collection[int]) -> None:
        """Give the forms of ``data`` their places in ``order``; ``blank`` are those that become new rows."""
        data, pk = changeable(self.data), self.model._meta.pk.name
        by_form: dict[int, dict[str, list[str]]] = {}
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            digits, _dash, field = name.removeprefix(f"{self.prefix}-").partition("-")
            if digits.isdecimal():
                by_form.setdefault(int(digits), {})[field] = data.getlist(name)
                del data[name]
        for place, number in enumerate(order):
            for field, strings in by_form.get(number, {}).items():
                if number in blank and field in {pk, READ_AT}:
                    strings = [""] if field == pk else []
                data.setlist(f"{self.prefix}-{place}-{field}", strings)
        self.data = data

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        self.doubled = unique_check
        return super().get_unique_error_message(unique_check)

    def validate_unique(self) -> None:
        """Of two rows that say the same, the second says so at the field, not at the whole row."""
        try:
            super().validate_unique()
        finally:
            for form in self.forms:
                names = [name for name in form.told() if name in self.doubled]
                if names and form._errors and form._errors.get(NON_FIELD_ERRORS) == [self.get_form_error()]:
                    form._errors[names[-1]] = form._errors.pop(NON_FIELD_ERRORS)

    def clean(self) -> None:
        super().clean()
        if self.gone:
            raise ValidationError(GONE, code="gone")
        forms: list[Any] = self.initial_forms
        deleted = self._should_delete_form  # type: ignore[attr-defined]  # in no stub
        if self.can_delete and any(form.overtaken and deleted(form) for form in forms):
            raise ValidationError(OVERTAKEN, code="overtaken")

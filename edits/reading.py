"""Forms that say what they were read at: what somebody else stored meanwhile is shown beside what was typed.

A form carries a digest of each value that it showed. Sent back, it is compared with what is stored by then: the caller
holds the row's lock from there until it has saved. A form that was overtaken is refused once, with both versions; where
the person had touched nothing, it now shows what is stored, and where they had, what they typed. Sent again, it is
saved: the other version has been seen.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseFormSet
from django.forms import Field as FormField
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.models import InlineForeignKeyField
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from edits.values import changeable, digest, in_words, sent, untouched

READ_AT = "read_at"
OVERTAKEN = _(
    "Not saved: somebody else changed this meanwhile. Both versions are shown here. "
    "Correct yours where needed, then save again."
)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """One value that somebody else stored meanwhile; ``kept``: whether the form holds what was typed, not theirs."""

    label: str
    theirs: str | Promise
    yours: str
    kept: bool


class ReadAtField(forms.CharField):
    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ReadAtForm(forms.BaseForm):
    """For forms that edit what is stored; first among their bases. ``overtaken``: what others changed meanwhile."""

    overtaken: Sequence[Overtaken] = ()
    instance: Any  # of a form of a model
    stored_row: Model | None = (
        None  # what is compared, where the form shows another state of the row than the stored one
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_edit:
            self.fields[READ_AT] = ReadAtField()

    @property
    def is_edit(self) -> bool:
        return not hasattr(self, "instance") or not self.instance._state.adding

    def get_initial_for_field(self, field: FormField, field_name: str) -> Any:
        return self.state() if field_name == READ_AT else super().get_initial_for_field(field, field_name)

    def compared(self) -> Iterator[tuple[str, FormField]]:
        pk = self._meta.model._meta.pk.name if hasattr(self, "_meta") else None
        left_out = {READ_AT, DELETION_FIELD_NAME, ORDERING_FIELD_NAME, pk}
        for name, field in self.fields.items():
            if name not in left_out and not field.disabled and not isinstance(field, InlineForeignKeyField):
                yield name, field

    def stored_sendings(self) -> dict[str, dict[str, list[str]]]:
        # By field, what a browser would send of the form as it is stored now.
        stored = self if self.stored_row is None else type(self)(instance=self.stored_row)
        return {name: untouched(self, name, field, stored.stored_value(field, name)) for name, field in self.compared()}

    def stored_value(self, field: FormField, name: str) -> Any:
        return self.get_initial_for_field(field, name)

    def state(self) -> str:
        # What is stored now, as the form's hidden field carries it.
        digests = {name: digest(s for each in by.values() for s in each) for name, by in self.stored_sendings().items()}
        return json.dumps(digests, separators=(",", ":"))

    def full_clean(self) -> None:
        if (
            self.is_bound and READ_AT in self.fields and self.add_prefix(READ_AT) in self.data
        ):  # pages send it always, scripts what they please
            self.compare()
        super().full_clean()

    def compare(self) -> None:
        # Find what was overtaken, and make the data what the refused form shows.
        data = changeable(self.data)
        read_at = read_from(data, self.add_prefix(READ_AT))
        stored = self.stored_sendings()
        changed = [
            change
            for name, by in stored.items()
            if (change := self.compare_field(name, by, read_at.get(name, ""), data)) is not None
        ]
        self.overtaken = [*changed, *self.vanished(read_at, data)]
        if self.overtaken:
            data[self.add_prefix(READ_AT)] = self.state()
            self.data = data

    def compare_field(
        self, name: str, by: Mapping[str, list[str]], read: str, data: MultiValueDict[str, str]
    ) -> Overtaken | None:
        """``read``: the digest of what the form showed."""
        theirs, yours = [string for strings in by.values() for string in strings], sent(data, by)
        if digest(theirs) in {read, digest(yours)}:
            return None
        touched = digest(yours) != read
        if not touched:
            for place, strings in by.items():
                data.setlist(place, strings)
        field = self.fields[name]
        below = f"{self.instance} – " if self.prefix else ""
        language = f" [{field.widget.attrs['lang']}]" if "lang" in field.widget.attrs else ""
        return Overtaken(
            f"{below}{field.label or name}{language}", in_words(field, theirs), in_words(field, yours), kept=touched
        )

    def vanished(self, read_at: Mapping[str, str], data: MultiValueDict[str, str]) -> Iterator[Overtaken]:
        # What was typed in fields that can't be changed any more: it can't be kept in the form, only shown.
        for name in read_at.keys() - self.fields.keys():
            yours = sent(data, [self.add_prefix(name)])
            if digest(yours) not in {"", read_at[name]}:
                yield Overtaken(self.label_of(name), _("can no longer be changed"), "\n".join(yours), kept=False)

    def label_of(self, name: str) -> str:
        declared: Mapping[str, FormField] = getattr(self, "base_fields", {})
        if name in declared and declared[name].label:  # a field that the form left out by itself
            return str(declared[name].label)
        columns = {field.name: field for field in self._meta.model._meta.get_fields()} if hasattr(self, "_meta") else {}
        return str(getattr(columns.get(name), "verbose_name", name))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.overtaken:
            raise ValidationError(OVERTAKEN, code="overtaken")
        return cleaned


def read_from(data: MultiValueDict[str, str], name: str) -> dict[str, str]:
    # The digests that a form sent; none where they are missing or no such thing.
    try:
        read = json.loads(data.get(name) or "{}")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def overtaken(form: ReadAtForm, formsets: Iterable[BaseFormSet] = ()) -> list[Overtaken]:
    return [
        change for each in [form, *(row for formset in formsets for row in formset.forms)] for change in each.overtaken
    ]

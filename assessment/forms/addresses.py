"""The field of an e-mail address: typed in any spelling, kept in one."""

from typing import Any, cast

from django import forms
from django.forms import Widget

from assessment.models.addresses import MOST_CHARACTERS, canonical


class AddressField(forms.EmailField):
    default_validators = []  # ``canonical`` refuses what is no address, once it is spelled plainly

    def __init__(self, *, max_length: int = MOST_CHARACTERS, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = cast(str, super().to_python(value))
        return canonical(typed) if 0 < len(typed) <= cast(int, self.max_length) else typed

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

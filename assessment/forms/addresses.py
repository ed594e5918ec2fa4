"""The field of an e-mail address: typed in any spelling, kept in one."""

from django import forms

from assessment.models.addresses import MOST_CHARACTERS, canonical


class AddressField(forms.EmailField):
    default_validators = []  # ``canonical`` refuses what is no address, once it is spelled plainly

    def __init__(self, *, max_length=MOST_CHARACTERS, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        typed = super().to_python(value)
        return canonical(typed) if 0 < len(typed) <= self.max_length else typed

    def widget_attrs(self, widget):
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

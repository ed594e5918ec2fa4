"""Names as people type them: one line that can be seen; of a person, nothing that mail programs make a link of."""

import re
import unicodedata
from typing import Any, cast

from django import forms
from django.forms import Widget
from django.utils.translation import gettext_lazy as _

# What takes no ink and still counts as printable: fillers, joiners, selectors of variants.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
LINK = re.compile(r"[@/\\<>]|\w:\w|\.\w\w")
LONGEST_NAME = 150


def uncut(attrs: dict[str, Any]) -> dict[str, Any]:
    # Without the greatest length: browsers cut what is pasted at it and say nothing, a form says what is too long.
    return {name: value for name, value in attrs.items() if name != "maxlength"}


class NameField(forms.CharField):
    """One line of visible characters, spelled one way: two spellings that look alike would be two companies."""

    default_error_messages = {"unprintable": _("Remove the characters that cannot be seen.")}

    def to_python(self, value: Any) -> str:
        name = unicodedata.normalize("NFC", " ".join(cast(str, super().to_python(value)).split()))
        if not name.isprintable() or BLANK.search(name):
            raise forms.ValidationError(self.error_messages["unprintable"], code="unprintable")
        return name

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return uncut(super().widget_attrs(widget))


class PersonNameField(NameField):
    """What others read of a person in pages and e-mails, and nobody has proved."""

    default_error_messages = {
        "letterless": _("Write a name: it has letters."),
        "link": _("Write a name alone, without an address or a link; after a dot comes a space."),
    }

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if name and not any(character.isalpha() for character in name):
            raise forms.ValidationError(self.error_messages["letterless"], code="letterless")
        if LINK.search(name):
            raise forms.ValidationError(self.error_messages["link"], code="link")
        return name


def your_name(**more: Any) -> PersonNameField:
    """Of whoever fills the form in; never required."""
    return PersonNameField(
        label=_("Your first and last name (optional)"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your colleagues see it beside what you answer; without it they see your e-mail address."),
        **more,
    )


class AsksName(forms.Form):
    """For forms by which somebody joins a company: their name is asked there while they have given none."""

    your_name = your_name()

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["your_name"]

    @property
    def name_given(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("your_name", ""))

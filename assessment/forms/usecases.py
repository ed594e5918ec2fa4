"""A use case as a company writes it, in one language or two, with its pictures."""

import re
from collections.abc import Collection, Iterator
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField, Widget
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessment.actions import pictures
from assessment.forms.names import NameField, uncut
from assessment.forms.numbers import SmallCountField
from assessment.models import Company, Consent, Picture, Regulation, Result, SubSector, Technology, UseCase
from assessment.models.languages import LANGUAGES
from assessment.rules.capabilities import capability_choices
from contract.models import Project
from edits.constraints import ConstrainedForm
from edits.reading import READ_AT, ReadAtForm
from language.texts import Text

MOST_CAPABILITIES = 3
MOST_LINKS = 5
FIGURES = 3
ENDS = ["", *(f"_{language}" for language in LANGUAGES)]
IN_WORDS = ["indicator", "unit", "period"]  # of a figure: one value a language
LANGUAGE_NAMES = {"fr": _("In French"), "en": _("In English")}
HELP = {
    "title": _("What was done and for what, in one line."),
    "summary": _("Two sentences that a hurried reader remembers. Shown in lists."),
    "problem": _("Before: what it cost, whom it hindered."),
    "solution": _("What you did, with which means, in which order, with whom."),
    "outcome": _("After: what changed for people, quality, delays, patients."),
    "difficulties": _("What you would rather have known."),
    "advice": _("To a company that starts tomorrow."),
}


LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What only controls a terminal, turns the words around it, or is no character: feeds and files can’t hold it.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class WordsField(forms.CharField):
    """Several lines, their ends spelled one way; nothing else of what was typed is changed."""

    default_error_messages = {"unprintable": NameField.default_error_messages["unprintable"]}

    def to_python(self, value: Any) -> Any:
        words = LINE_ENDS.sub("\n", cast(str, super().to_python(value)))
        if UNPRINTABLE.search(words):
            raise forms.ValidationError(self.error_messages["unprintable"], code="unprintable")
        return words

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return uncut(super().widget_attrs(widget))


class LinksField(WordsField):
    """One address a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data or "") != (initial or [])

    def validate(self, value: Any) -> None:
        if len(value) > MOST_LINKS:
            raise forms.ValidationError(_("Give at most %(most)s links.") % {"most": MOST_LINKS}, code="many")

    def run_validators(self, value: Any) -> None:
        for link in value:
            forms.URLField(max_length=300, assume_scheme="https").clean(link)
            if not link.startswith(("https://", "http://")):
                raise forms.ValidationError(_("A link starts with https://."), code="scheme")


# Pages on which it is written, one after the other; a language's page holds the story as it is told in that language.
PARTS = (*LANGUAGES, "figures", "about", "pictures")


def main_language(use_case: UseCase) -> str:
    # The language it is told in: the reader's own, unless only the other one has a title.
    own = "en" if get_language() == "en" else "fr"
    other = next(code for code in LANGUAGES if code != own)
    told = {code for code in LANGUAGES if getattr(use_case, f"title_{code}")}
    return other if told == {other} else own


class UseCaseForm(ReadAtForm, ConstrainedForm, forms.ModelForm):
    """Nothing is required while one writes; what is missing is said before consenting.

    ``part``: the page it is on, "" for all on one. Of what was sent only texts that the page had are read: a page that
    shows some of them empties no other. ``names``: the fields of a form that was read before.
    """

    fields: dict[str, Any]

    capabilities = forms.MultipleChoiceField(
        label=_("Capabilities, one to three"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that it improved most: companies that can gain there will be shown it."),
    )
    sub_sectors = forms.MultipleChoiceField(
        label=_("Sub-sectors"), choices=SubSector.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    technologies = forms.MultipleChoiceField(
        label=_("Technologies"), choices=Technology.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    regulations = forms.MultipleChoiceField(
        label=_("Regulatory setting"), choices=Regulation.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    links = LinksField(label=_("Links"), required=False, help_text=_("One address a line, five at most."))

    class Meta:
        model = UseCase
        fields = [
            *["capabilities", "sub_sectors", "size", "technologies", "regulations", "investment", "time_to_effect"],
            *["people", "links", "project", "contactable"],
        ]
        field_classes = {"people": SmallCountField}
        labels = {"size": _("Size of the company"), "contactable": _("Other companies may ask to be put in contact")}

    def __init__(self, *args: Any, part: str = "", names: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.fields["capabilities"].choices = capability_choices()
        self.fields["links"].widget.attrs["rows"] = 3
        self.fields["project"].queryset = Project.objects.only("code", "title_fr", "title_en", "position")
        for name in ["size", "investment", "time_to_effect"]:
            self.fields[name].choices = [("", "–"), *self.fields[name].choices[1:]]
        for language in LANGUAGES:
            self.add_texts(language)
        for place in range(FIGURES):
            self.add_figure(place)
        for name in set(self.fields) - self.kept(names) - {READ_AT}:
            del self.fields[name]

    def kept(self, names: Collection[str] | None) -> set[str]:
        if names is not None:
            return set(names)
        if not self.is_bound:
            return self.shown_on_page()
        of_page = set(self.Meta.fields) if self.part in {"", "about"} else set()
        return of_page | {name for name in self.fields if name in self.data and name not in self.Meta.fields}

    def shown_on_page(self) -> set[str]:
        if not self.part:
            return set(self.fields)
        if self.part in {"about", "pictures"}:
            return set(self.Meta.fields) if self.part == "about" else set()
        main = main_language(self.instance)
        if self.part == "figures":
            return {name for name in self.figure_names() if name[-2:] == main or name.endswith(("before", "after"))}
        texts = {f"{name}_{self.part}" for name in UseCase.TEXTS}
        if self.part == main:
            return texts
        told = range(len(self.instance.figures))
        return texts | {f"figure_{place}_{name}_{self.part}" for place in told for name in IN_WORDS}

    def figure_names(self) -> Iterator[str]:
        for place in range(FIGURES):
            yield from (f"figure_{place}_{name}" for name, _label in self.figure_parts())

    def add_texts(self, language: str) -> None:
        for name in UseCase.TEXTS:
            model_field: Any = UseCase._meta.get_field(name)
            one_line = name == "title"
            field = (NameField if one_line else WordsField)(
                label=str(model_field.verbose_name).capitalize(),
                required=False,
                max_length=model_field.max_length,
                help_text=HELP[name],
                widget=forms.TextInput() if one_line else forms.Textarea(attrs={"rows": 3 if name == "summary" else 5}),
            )
            field.widget.attrs["lang"] = language
            self.fields[f"{name}_{language}"] = field
            self.initial[f"{name}_{language}"] = getattr(self.instance, f"{name}_{language}") or ""

    def add_figure(self, place: int) -> None:
        figures = self.instance.figures
        figure = figures[place] if place < len(figures) else {}
        for name, label in self.figure_parts():
            self.fields[f"figure_{place}_{name}"] = NameField(label=label, required=False, max_length=120)
            part, _separator, language = name.partition("_")
            value = figure.get(part, {} if language else "")
            self.initial[f"figure_{place}_{name}"] = value.get(language, "") if language else value

    @staticmethod
    def figure_parts() -> Iterator[tuple[str, Text]]:
        for language in LANGUAGES:
            yield f"indicator_{language}", _("Indicator (%(language)s)") % {"language": language.upper()}
        yield "before", _("Before")
        yield "after", _("After")
        for part, label in [("unit", _("Unit (%(language)s)")), ("period", _("Period (%(language)s)"))]:
            for language in LANGUAGES:
                yield f"{part}_{language}", label % {"language": language.upper()}

    def clean_capabilities(self) -> list[str]:
        chosen = self.cleaned_data["capabilities"]
        if len(chosen) > MOST_CAPABILITIES:
            raise forms.ValidationError(_("Choose at most three capabilities."), code="many")
        return chosen

    def values(self) -> dict[str, Any]:
        """What is valid of what was sent, in the form of ``actions.edit``: a bad field keeps no other from it."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != READ_AT}
        named = {name: value for name, value in cleaned.items() if not name.startswith("figure_")}
        asked = any(name.startswith("figure_") for name in self.fields)
        if asked and not any(name.startswith("figure_") for name in self.errors):
            named["figures"] = self.figures()
        return named

    def figures(self) -> list[dict[str, Any]]:
        rows = []
        for place in range(FIGURES):
            names = {name: f"figure_{place}_{name}" for name, _label in self.figure_parts()}
            part = {name: self.cleaned_data.get(key, self.initial[key]) for name, key in names.items()}
            own = {part[name] for name, key in names.items() if key in self.fields}
            # Emptied on the page of figures it is gone, whatever the other language still says of it
            if any(own if self.part == "figures" else part.values()):
                words = {name: {code: part[f"{name}_{code}"] for code in LANGUAGES} for name in IN_WORDS}
                rows.append({**words, "before": part["before"], "after": part["after"]})
        return rows

    def texts(self) -> Iterator[tuple[str, Text, list[BoundField]]]:
        """Pairs (name, fields) by language, the reader's own first."""
        first = "en" if get_language() == "en" else "fr"
        for language in sorted(LANGUAGES, key=lambda code: code != first):
            names = [f"{name}_{language}" for name in UseCase.TEXTS]
            shown = [self[name] for name in names if name in self.fields]
            if shown:
                yield language, LANGUAGE_NAMES[language], shown

    def figure_rows(self) -> list[tuple[int, list[BoundField]]]:
        """Each figure with the cells that the page has of it, in the order of the table's columns."""
        order = [f"{name}{end}" for name in ["indicator", "before", "after", "unit", "period"] for end in ENDS]
        rows = []
        for place in range(FIGURES):
            names = [f"figure_{place}_{name}" for name in order]
            rows.append((place + 1, [self[name] for name in names if name in self.fields]))
        return [(number, cells) for number, cells in rows if cells]

    def about(self) -> list[BoundField]:
        return [self[name] for name in self.Meta.fields if name in self.fields]


class StartForm(forms.Form):
    """Where a use case starts from: a result and one of its capabilities, or nothing."""

    fields: dict[str, Any]

    result = forms.ModelChoiceField(Result.objects.none(), required=False)
    capability = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].queryset = company.results.all()

    def origin(self) -> dict[str, Any]:
        self.is_valid()
        result, capability = self.cleaned_data.get("result"), self.cleaned_data.get("capability")
        known = result is not None and capability in result.summary["capabilities"]
        return {"result": result, "capability": capability if known else None}


class PictureForm(forms.Form):
    MESSAGES = {
        "bytes": _("The file is larger than 5 MB: send a smaller one."),
        "pixels": _("The picture has more than 24 million pixels, or a side of more than 16,384: send a smaller one."),
        "type": _("This is not a PNG, JPEG or WebP picture."),
    }

    file = forms.FileField(
        label=_("Picture"),
        error_messages={"required": _("Choose the picture to add.")},
        help_text=_("PNG, JPEG or WebP, 5 MB at most. Place and device that a camera writes into it are removed."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    alt = NameField(
        label=_("What the picture shows"),
        max_length=200,
        error_messages={"required": _("Say what the picture shows.")},
        help_text=_("Read to those who can’t see it: one sentence."),
    )
    kind = forms.ChoiceField(
        label=_("Used as"),
        choices=Picture.Kind.choices,
        initial=Picture.Kind.PICTURE,
        error_messages={"required": _("Choose what the picture is used as.")},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > pictures.MOST_BYTES:
            raise forms.ValidationError(self.MESSAGES["bytes"], code="bytes")
        return file

    def refuse(self, reason: str) -> None:
        self.add_error("file", forms.ValidationError(self.MESSAGES[reason], code=reason))


class ScopeForm(forms.Form):
    """What the company shows besides the text; nothing is ticked for it."""

    company_name = forms.BooleanField(label=_("The name of the company"), required=False)
    logo = forms.BooleanField(label=_("The logo"), required=False)
    figures = forms.BooleanField(label=_("The figures, before and after"), required=False)
    score = forms.BooleanField(
        label=_("The scores of our last assessment on these capabilities"),
        required=False,
        help_text=_("Off unless you tick it. No other score is ever shown."),
    )

    def scope(self) -> dict[str, bool]:
        self.full_clean()
        return dict.fromkeys(Consent.SCOPE, False) | self.cleaned_data | {"text": True}


class ConsentForm(ScopeForm):
    """The same, with the fingerprint of what was previewed."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=71)
    agreed = forms.BooleanField(
        label=_("I may speak for the company, and it consents to the publication of exactly what is shown above."),
        error_messages={"required": _("Tick this to consent.")},
    )

    def scope(self) -> dict[str, bool]:
        return {name: self.cleaned_data.get(name, name == "text") for name in Consent.SCOPE}

"""Staff's input on a questionnaire: corrected texts, a new draft's number, a file."""

import json
from typing import Any, Self

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assessment.actions.loading import Loading, foresee
from assessment.maturity.file.format import FormatError, dump, load
from assessment.models import Version
from assessment.models.compiled import document
from assessment.models.triggers import TEXTS
from assessment.rules.file_problems import line_in_words
from edits.values import digest

# The whole questionnaire of the sector weighs a tenth of it; what is larger comes by the command.
LARGEST_FILE = 2_000_000
SALT = "questionnaire file"
HOUR = 3600


class CorrectionForm(forms.ModelForm):
    """Texts of a published row: none goes missing in one language alone, nor one that must be there at all."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in TEXTS[self.instance._meta.model_name]:
            columns = [f"{field}_{language}" for language in self.instance.version.languages]
            missing = [column for column in columns if not self.cleaned_data.get(column)]
            may_be_absent = self.instance._meta.get_field(field).blank and len(missing) == len(columns)
            for column in missing:
                if not may_be_absent and column not in self.errors:
                    self.add_error(column, ValidationError(_("Give this text in each language."), code="required"))
        return cleaned


class NumberForm(forms.ModelForm):
    """The number of a new draft."""

    class Meta:
        model = Version
        fields = ["number"]


class FileForm(forms.Form):
    """``loading`` is what loading the file would do."""

    file = forms.FileField(label=_("File"), help_text=_("A questionnaire file (YAML), 2 MB at most."))
    confirmed = None

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("This file is too large for this page: use manage.py load_questionnaire."))
        try:
            self.loading = loading_of(file.read().decode())
        except UnicodeDecodeError:
            raise ValidationError(_("This file is not in UTF-8."), code="encoding") from None
        return file


class SealedForm(forms.Form):
    """The same file, shown and now confirmed; ``confirmed`` is what it was shown to do."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def showing(cls, loading: Loading) -> Self:
        content = {"text": dump(loading.definition), "shown": what_it_does(loading)}
        return cls(initial={"sealed": signing.dumps(content, salt=SALT, compress=True)})

    def clean_sealed(self) -> dict[str, Any]:
        try:
            content = signing.loads(self.cleaned_data["sealed"], salt=SALT, max_age=HOUR)
        except signing.BadSignature:
            raise ValidationError(_("This confirmation is too old: give the file again."), code="sealed") from None
        self.loading, self.confirmed = loading_of(content["text"]), content.get("shown")
        return content


def what_it_does(loading: Loading) -> list[str]:
    # The effect, and a digest of all that it would replace.
    replaced = [] if loading.version is None else [json.dumps(document(loading.version), default=str)]
    return [loading.effect.name, digest(replaced)]


def loading_of(text: str) -> Loading:
    try:
        return foresee(load(text))
    except FormatError as error:
        raise ValidationError([line_in_words(problem) for problem in error.problems], code="format") from None

"""Which answers carried over are said to hold still."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.http import QueryDict

from assessment.forms.numbers import RevisionField


class ConfirmationsForm(forms.Form):
    """``codes``: the questions that a page showed; ``batch``: what its confirmation is known by, to be taken back."""

    batch = forms.UUIDField()

    def __init__(self, data: QueryDict, *, codes: Iterable[str]) -> None:
        super().__init__(data)
        self.codes = list(codes)
        self.fields |= {f"{code}-revision": RevisionField(required=False) for code in self.codes}

    @property
    def revisions(self) -> dict[str, int]:
        # The revision that was read, by question code.
        read = {code: self.cleaned_data[f"{code}-revision"] for code in self.codes}
        return {code: revision for code, revision in read.items() if revision is not None}


class BatchForm(forms.Form):
    batch = forms.UUIDField()

    @property
    def batch_or_none(self) -> UUID | None:
        return self.cleaned_data["batch"] if self.is_valid() else None

"""Which answers carried over are said to hold still."""

from django import forms

from assessment.forms.numbers import RevisionField


class ConfirmationsForm(forms.Form):
    """``codes``: the questions that a page showed; ``batch``: what its confirmation is known by, to be taken back."""

    batch = forms.UUIDField()

    def __init__(self, data, *, codes):
        super().__init__(data)
        self.codes = list(codes)
        self.fields |= {f"{code}-revision": RevisionField(required=False) for code in self.codes}

    @property
    def revisions(self):
        # The revision that was read, by question code.
        read = {code: self.cleaned_data[f"{code}-revision"] for code in self.codes}
        return {code: revision for code, revision in read.items() if revision is not None}


class BatchForm(forms.Form):
    batch = forms.UUIDField()

    @property
    def batch_or_none(self):
        return self.cleaned_data["batch"] if self.is_valid() else None

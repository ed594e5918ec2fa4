"""A file to check: a report or a signed result."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.exchange.attachments import MOST_PDF_BYTES


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("Report (PDF) or signed result (JSON)"),
        help_text=_("5 MB at most. The file is looked at, then forgotten: nothing of it is kept."),
        error_messages={"required": _("Choose the file to check."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".pdf,.json"}),
    )

    def clean_file(self) -> bytes:
        content: bytes = self.cleaned_data["file"].read(MOST_PDF_BYTES + 1)
        return content

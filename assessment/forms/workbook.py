"""Sending a workbook back, and agreeing to what it changes."""

import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from assessment.exchange.answer_cells import Entry
from assessment.exchange.filled_workbook import Filled, WorkbookRefusedError, read_workbook
from assessment.maturity.definition import Questionnaire
from assessment.models import Assessment, User
from spreadsheets.uploads import Limits

HOURS = 3600
KINDS = [".xlsx", ".ods"]


class WorkbookForm(forms.Form):
    workbook = forms.FileField(
        label=_("Filled-in workbook"),
        help_text=_("The workbook downloaded here, saved as .xlsx or .ods, 5 MB at most."),
        error_messages={"required": _("Choose the workbook to send."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ",".join(KINDS)}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        questionnaire: Questionnaire,
    ) -> None:
        super().__init__(data, files)
        self.questionnaire = questionnaire

    def clean_workbook(self) -> Filled:
        """Return what the workbook says, its bad cells with it."""
        file = self.cleaned_data["workbook"]
        kind = Path(file.name).suffix.lower()
        if kind not in KINDS:
            raise forms.ValidationError(
                _("Send an Excel workbook whose name ends in .xlsx, or one of LibreOffice in .ods, without macros."),
                code="name",
            )
        content = file.read(Limits().bytes + 1)
        try:
            return read_workbook(content, name=f"workbook{kind}", questionnaire=self.questionnaire)
        except WorkbookRefusedError as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a person was shown: the workbook as read, and the revisions that its changes would replace."""

    filled: Filled
    seen: dict[str, int]
    batch: uuid.UUID


class TamperedError(Exception):
    """The agreement was altered, is somebody else’s, or is older than two hours."""


def _salt(assessment: Assessment, user: User) -> str:
    return f"workbook {assessment.pk} {user.pk}"


def sealed(agreement: Agreement, *, assessment: Assessment, user: User) -> str:
    """Return the agreement as text that a browser can carry but not alter, nor use elsewhere."""
    content = {
        "entries": {code: asdict(entry) for code, entry in agreement.filled.entries.items()},
        "assessment": agreement.filled.assessment,
        "revisions": agreement.filled.revisions,
        "seen": agreement.seen,
        "batch": str(agreement.batch),
    }
    return signing.dumps(content, salt=_salt(assessment, user), compress=True)


def unsealed(text: str, *, assessment: Assessment, user: User) -> Agreement:
    try:
        content = signing.loads(text, salt=_salt(assessment, user), max_age=2 * HOURS)
    except signing.BadSignature:
        raise TamperedError from None
    entries = {code: Entry(**entry) for code, entry in content["entries"].items()}
    filled = Filled(entries, assessment=content["assessment"], revisions=content["revisions"])
    return Agreement(filled, content["seen"], uuid.UUID(content["batch"]))

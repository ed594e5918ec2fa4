"""What can be said of a signed file: whether it is genuine, and which of its figures follow from its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from assessment.maturity.definition import Questionnaire
from assessment.maturity.file.problems import FormatError
from assessment.maturity.rechecking import Difference, recheck
from assessment.maturity.signed import SignedFileError, key_name, read, signer
from assessment.models import Version, Withdrawal
from assessment.models.compiled import compiled
from assessment.rules.signing import known_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """``problem`` is a code of SignedFileError, "" where the signature holds; ``recomputed`` None: without answers."""

    problem: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    document: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    questionnaire: Questionnaire | None = None
    withdrawal: Withdrawal | None = None
    differences: Sequence[Difference] | None = None

    @property
    def is_genuine(self) -> bool:
        return not self.problem

    @property
    def outcome(self) -> str:
        """A word for statistics: nothing of the file."""
        if self.problem:
            return self.problem
        return "withdrawn" if self.withdrawal else "differs" if self.differences else "genuine"


def check(content: bytes) -> Check:
    """Three queries at most: the version, its parts where no process knows it yet, whether it was withdrawn."""
    try:
        document = read(content)
    except SignedFileError as error:
        return Check(problem=error.code, details=error.details)
    questionnaire = questionnaire_of(document)
    differences = differences_of(document, questionnaire)
    try:
        key = key_name(signer(content, document, known_keys()))
    except SignedFileError as error:
        return Check(problem=error.code, details=error.details, differences=differences, questionnaire=questionnaire)
    return Check(
        document=document,
        key=key,
        questionnaire=questionnaire,
        withdrawal=Withdrawal.objects.filter(proof_id=UUID(document["id"])).first(),
        differences=differences,
    )


def questionnaire_of(document: Mapping[str, Any]) -> Questionnaire | None:
    stated = [document["result"].get(key) for key in ("checksum", "version", "questionnaire")]
    if not all(isinstance(text, str) and text.isprintable() for text in stated):
        return None
    checksum, number, code = stated
    published = Version.objects.filter(checksum=checksum, number=number, questionnaire__code=code)
    version = published.select_related("questionnaire").first()
    return compiled(version) if version else None


def differences_of(document: Mapping[str, Any], questionnaire: Questionnaire | None) -> list[Difference] | None:
    """Return None where there is nothing to compute from."""
    if questionnaire is None or "answers" not in document:
        return None
    try:
        return recheck(document, questionnaire)
    except FormatError as error:
        return [Difference(problem.place, problem.message, None) for problem in error.problems]

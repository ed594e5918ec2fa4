"""What an open assessment began with: last year's answers by an older questionnaire, or a result opened again."""

from dataclasses import dataclass

from assessment.maturity.definition import Questionnaire
from assessment.maturity.differences import differences
from assessment.models import Assessment, Reopening, Result
from assessment.models.compiled import compiled
from assessment.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Renewed:
    """How the questionnaire changed since the result whose answers wait, counted on what is put to the company."""

    version: str  # the one of that result
    added: int
    changed: int


def renewed(assessment: Assessment, standing: Standing) -> Renewed | None:
    """One query where answers were carried over, none otherwise; None where they were given in the same version."""
    if assessment.carried_from_id is None:
        return None
    began = Result.objects.only("version").select_related("version__questionnaire").get(pk=assessment.carried_from_id)
    if began.version_id == assessment.version_id:
        return None
    old, asked = compiled(began.version), set(standing.places)
    added = {code for code in asked if not old.has_question(code)}
    return Renewed(
        began.version.number, len(added), len(changed_questions(old, standing.questionnaire) & asked - added)
    )


def changed_questions(old: Questionnaire, new: Questionnaire) -> set[str]:
    # Codes of those that are worded, offered or counted in another way.
    return {found.code.partition("/")[0] for found in differences(old, new) if found.kind in {"question", "choice"}}


def reopened(assessment: Assessment) -> Reopening | None:
    """One query: the decision that opened it again, None where it never was submitted."""
    granted = assessment.reopenings.filter(status=Reopening.Status.GRANTED)
    return granted.select_related("decided_by", "asked_by").first()

"""Outcomes of moving an assessment to another version."""

from collections.abc import Iterable

from assessment.maturity.definition import Questionnaire
from assessment.maturity.moving import Outcome, outcomes
from assessment.models import Answer, Assessment, Version
from assessment.rules.answers import COUNTED, engine_answer


def newer_version(assessment: Assessment) -> Version | None:
    """Return the version that the open assessment may move to, None for none. One query.

    It is the newest published one, but within a campaign the campaign's own: its companies answer the same.
    """
    if not assessment.is_open:
        return None
    version = assessment.version
    newer = Version.objects.current().filter(
        questionnaire_id=version.questionnaire_id, published_at__gt=version.published_at
    )
    if assessment.campaign_id:
        newer = newer.filter(campaigns=assessment.campaign_id)
    return newer.select_related("questionnaire").first()


def outcomes_of(rows: Iterable[Answer], old: Questionnaire, new: Questionnaire) -> dict[str, Outcome]:
    """Return what becomes of each answer that says something, by question code."""
    given = {row.question: engine_answer(row.value) if row.state in COUNTED else None for row in rows}
    return outcomes(old, new, given)


def said(rows: Iterable[Answer]) -> list[Answer]:
    # Those that hold a value: what was emptied has nothing to move.
    return [row for row in rows if row.state != Answer.State.EMPTY]

"""Submission: once, whole, with everything needed to compute the result again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessment.actions.errors import AnswerError
from assessment.maturity.definition import Questionnaire
from assessment.maturity.fingerprints import fingerprint_of
from assessment.maturity.scoring import score
from assessment.maturity.states import is_complete, states
from assessment.models import Answer, Assessment, NodeScore, Result, User
from assessment.models.compiled import compiled
from assessment.rules.answers import engine_answers, profile_of
from assessment.rules.confirmation import to_confirm
from assessment.rules.results import figures, node_figures, stored_answers


class IncompleteError(AnswerError):
    """A question that must be answered is not, or an answer carried over is not confirmed."""


@transaction.atomic
def submit(*, assessment: Assessment, by: User, at: datetime | None = None) -> Result:
    # Score the open assessment and store its result; submitted already, return the result it has.
    at = at or timezone.now()
    # Without its version: PostgreSQL finds no row at all where a move that it waited for changed what it joined.
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("company").get(pk=assessment.pk)
    if not locked.is_open:
        return locked.results.latest("number")
    if locked.version_id == assessment.version_id:
        locked.version = assessment.version  # read already, as a page does, and what is published stays
    rows = list(locked.answers.all())
    questionnaire = compiled(locked.version)
    question_states = states(questionnaire, profile_of(locked.company), engine_answers(rows))
    if not is_complete(questionnaire, question_states) or to_confirm(questionnaire, question_states, rows):
        raise IncompleteError
    number = locked.results.count() + 1
    result, node_scores = build_result(
        assessment=locked, questionnaire=questionnaire, answers=rows, at=at, by=by, number=number
    )
    result.save(force_insert=True)
    NodeScore.objects.bulk_create(node_scores)
    locked.status, locked.submitted_at, locked.submitted_by = Assessment.Status.SUBMITTED, at, by
    locked.save(update_fields=["status", "submitted_at", "submitted_by"])
    return result


def build_result(
    *,
    assessment: Assessment,
    questionnaire: Questionnaire,
    answers: Sequence[Answer],
    at: datetime,
    by: User,
    number: int = 1,
) -> tuple[Result, list[NodeScore]]:
    """Return the result and its node scores, not yet stored."""
    company = assessment.company
    trace = score(questionnaire, profile_of(company), engine_answers(answers)).to_json()
    stored = stored_answers(answers)
    result = Result(
        assessment=assessment,
        number=number,
        company=company,
        version_id=assessment.version_id,
        profile={"sub_sector": company.sub_sector, "size": company.size, "activities": sorted(company.activities)},
        sub_sector=company.sub_sector,
        size=company.size,
        region=company.region,
        answers=stored,
        answers_sha256=fingerprint_of(stored),
        trace=trace,
        submitted_at=at,
        submitted_by=by,
        **figures(trace),
    )
    return result, [NodeScore(result=result, **node) for node in node_figures(trace)]

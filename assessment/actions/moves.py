"""Moving an open assessment to a newer version of the questionnaire, whole or not at all."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessment.actions.errors import AnswerError, ClosedError
from assessment.actions.security_log import note
from assessment.maturity.moving import Outcome
from assessment.models import Answer, Assessment, User, Version, VersionMove
from assessment.models.compiled import compiled
from assessment.rules.moves import newer_version, outcomes_of, said

WRITTEN = ["state", "value", "to_confirm", "revision", "request", "saved_at", "saved_by"]


class AnotherVersionError(AnswerError):
    """The version that was shown is no longer the one to move to."""


@transaction.atomic
def move(*, assessment: Assessment, to: Version, by: User, at: datetime | None = None) -> VersionMove | None:
    """Put the assessment on the version ``to`` with its answers; moved there already, return that move.

    An answer whose words changed or that is set aside gets a new revision, so that a page of the old version that
    somebody still has open meets a conflict instead of answering words it never showed.
    """
    at = at or timezone.now()
    # Without its version: PostgreSQL finds no row at all where what it waited for changed what it joined.
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.version_id == to.pk:
        return locked.moves.filter(to_version=to).last()
    if not locked.is_open:
        raise ClosedError(assessment)
    if newer_version(locked) != to:
        raise AnotherVersionError
    rows = said(locked.answers.all())
    outcomes = outcomes_of(rows, compiled(locked.version), compiled(to))
    revised = [_revised(row, outcomes[row.question], by, at) for row in rows if outcomes[row.question] != Outcome.KEPT]
    Answer.objects.bulk_update(revised, WRITTEN)
    moved = VersionMove.objects.create(
        assessment=locked, from_version=locked.version, to_version=to, outcome=outcomes, moved_by=by, moved_at=at
    )
    locked.version = to
    locked.save(update_fields=["version"])
    note("assessment_moved", assessment=str(locked.pk), version=to.pk, by=by.pk)
    return moved


def _revised(row: Answer, outcome: Outcome, by: User, at: datetime) -> Answer:
    if outcome.is_set_aside:
        row.state, row.value, row.to_confirm = Answer.State.EMPTY, {}, False
    else:
        row.to_confirm = True
    row.revision, row.request, row.saved_at, row.saved_by = row.revision + 1, uuid.uuid4(), at, by
    return row

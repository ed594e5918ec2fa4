"""Individual answers: asking members for their own to a dimension, and saving them so that none is lost."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.answers import LATE, ConflictError, RequestReusedError, prepared
from assessment.actions.errors import AnswerError, ClosedError
from assessment.actions.notices import members, tell
from assessment.models import Assessment, Consultation, IndividualAnswer, User
from assessment.models.compiled import compiled
from assessment.rules.answers import Saving


class ConsultationClosedError(AnswerError):
    """Own answers are no longer taken: the consultation was closed, or the assessment submitted."""


@transaction.atomic
def open_consultation(*, assessment: Assessment, dimension: str, by: User, at: datetime | None = None) -> None:
    # Ask every member for their individual answers; open already, nothing changes; opened again, all answers are kept.
    if not Assessment.objects.open().select_for_update().filter(pk=assessment.pk).exists():
        raise ClosedError(assessment)
    opening = {"opened_by": by, "opened_at": at or timezone.now(), "closed_by": None, "closed_at": None}
    found, made = Consultation.objects.get_or_create(assessment=assessment, dimension=dimension, defaults=opening)
    if made or Consultation.objects.filter(pk=found.pk, closed_at__isnull=False).update(**opening):
        _tell_members(assessment, dimension, by)


def _tell_members(assessment: Assessment, code: str, by: User) -> None:
    told = {
        "assessment": assessment,
        "dimension": compiled(assessment.version).dimension(code),
        "site_url": settings.SITE_URL,
    }
    tell(
        members(assessment.company).exclude(pk=by.pk),
        lambda: _("%(company)s asks for your own view") % {"company": assessment.company},
        lambda: render_to_string("individual_answers/email/opened.txt", told),
    )


def close_consultation(*, consultation: Consultation, by: User, at: datetime | None = None) -> None:
    # Take no more individual answers and let everybody compare; closed already, who closed it first stays on record.
    Consultation.objects.open().filter(pk=consultation.pk).update(closed_by=by, closed_at=at or timezone.now())


# As for the company's answers: one statement, which writes only while individual answers are taken, and which a save
# that arrives late or again does not pass. A close or a submission under way is waited for.
SAVE = """
INSERT INTO assessment_individualanswer AS kept
    (assessment_id, user_id, question, state, value, comment, revision, request, saved_at)
SELECT a.id, %s, %s, %s, {json}, %s, 1, %s, %s
FROM assessment_consultation c JOIN assessment_assessment a ON a.id = c.assessment_id
WHERE c.id = %s AND c.closed_at IS NULL AND a.status = 'open' {lock}
ON CONFLICT (assessment_id, question, user_id) DO UPDATE SET
    state = excluded.state, value = excluded.value, comment = excluded.comment, revision = kept.revision + 1,
    request = excluded.request, saved_at = excluded.saved_at
WHERE kept.request <> excluded.request AND NOT ({late})
RETURNING revision
"""


def save_individual_answer(*, consultation: Consultation, saving: Saving, by: User, at: datetime | None = None) -> int:
    """Store the person's answer and return its revision; the same request again returns what it returned first.

    Nobody else writes this row, so a window that shows an older value conflicts with nobody: the last save counts.
    One query. Raises ConflictError where a save of the person's own that was made later arrived before this one,
    ConsultationClosedError, and RequestReusedError where the request's id belongs to another value.
    """
    statement = SAVE.format(
        json="%s::jsonb" if connection.vendor == "postgresql" else "%s",
        lock="FOR SHARE OF c, a" if connection.vendor == "postgresql" else "",
        late=LATE[connection.vendor],
    )
    parameters = [
        by.pk,
        saving.question,
        saving.state,
        json.dumps(saving.value, ensure_ascii=False),
        saving.comment,
        prepared(IndividualAnswer, "request", saving.request),
        prepared(IndividualAnswer, "saved_at", at or timezone.now()),
        consultation.pk,
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return row[0] if row else _why_not(consultation, saving, by)


def _why_not(consultation: Consultation, saving: Saving, by: User) -> int:
    # Nothing was written: the request was served already, the consultation was closed, or a newer answer stands.
    row = IndividualAnswer.objects.filter(
        assessment_id=consultation.assessment_id, question=saving.question, user=by
    ).first()
    if row and row.request == saving.request:
        return _served(row, saving)
    if not Consultation.objects.select_related("assessment").get(pk=consultation.pk).is_running:
        raise ConsultationClosedError
    raise ConflictError(row)


@transaction.atomic
def save_individual_answers(
    *, consultation: Consultation, savings: Iterable[Saving], by: User, at: datetime | None = None
) -> None:
    # Store a whole page of individual answers or, where one of them can't be, none.
    for saving in savings:
        save_individual_answer(consultation=consultation, saving=saving, by=by, at=at)


def _served(row: IndividualAnswer, saving: Saving) -> int:
    if (row.state, row.value, row.comment) != (saving.state, saving.value, saving.comment):
        raise RequestReusedError
    return row.revision

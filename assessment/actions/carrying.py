"""A new assessment that begins with the answers of the last one, and the confirmation that they still hold."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assessment.actions.answers import save_answers, start_assessment
from assessment.actions.errors import ClosedError
from assessment.models import Answer, Assessment, Campaign, Company, Result, User, Version
from assessment.models.compiled import compiled
from assessment.rules.answers import Saving
from assessment.rules.confirmation import confirmed_by, request_of
from assessment.rules.moves import outcomes_of


def start(*, company: Company, answers_of: Result | None = None, **begun: Any) -> Assessment:
    """Return the company's open assessment, made now where there is none: empty, or with the answers of a result."""
    if answers_of is None:
        return start_assessment(company=company, **begun)
    return start_from(result=answers_of, **begun)


def start_from(
    *,
    result: Result,
    version: Version,
    by: User,
    path: str = Assessment.Path.FULL,
    campaign: Campaign | None = None,
    at: datetime | None = None,
) -> Assessment:
    """Return the company's open assessment, made now with the result's answers where there is none."""
    try:
        with transaction.atomic():
            return _start_from(result, version, by, path, campaign, at or timezone.now())
    except IntegrityError:
        return Assessment.objects.open().get(company=result.company_id, campaign=campaign)


def _start_from(
    result: Result, version: Version, by: User, path: str, campaign: Campaign | None, at: datetime
) -> Assessment:
    assessment = Assessment.objects.create(
        company=result.company,
        version=version,
        campaign=campaign,
        path=path,
        started_by=by,
        started_at=at,
        carried_from=result,
    )
    rows = [
        Answer(assessment=assessment, question=code, saved_by=by, saved_at=at, to_confirm=True, **kept)
        for code, kept in result.answers.items()
    ]
    outcomes = outcomes_of(rows, compiled(result.version), compiled(version))
    Answer.objects.bulk_create([row for row in rows if not outcomes[row.question].is_set_aside])
    return assessment


@transaction.atomic
def save_page(
    *,
    assessment: Assessment,
    savings: Iterable[Saving],
    confirmed: Mapping[str, int],
    by: User,
    batch: uuid.UUID | None = None,
) -> int:
    """Store what was changed on a page and confirm what was not, all or nothing; return how many were confirmed.

    ``confirmed`` as revisions, ``batch`` as below.
    """
    save_answers(assessment=assessment, savings=savings, by=by)
    return confirm_answers(assessment=assessment, revisions=confirmed, by=by, batch=batch)


@transaction.atomic
def confirm_answers(
    *,
    assessment: Assessment,
    revisions: Mapping[str, int],
    by: User,
    batch: uuid.UUID | None = None,
    at: datetime | None = None,
) -> int:
    """Say that carried answers still hold, each at the revision that was read; return how many it was for.

    Each is a save of its own: the same value under this person's name, in the history as well. ``revisions`` by
    question code; ``batch`` is what this confirmation is known by where it is taken back.
    """
    if not revisions:
        return 0
    batch, at = batch or uuid.uuid4(), at or timezone.now()
    read = Q()
    for question, revision in revisions.items():
        read |= Q(question=question, revision=revision)
    rows = list(_open_answers(assessment).filter(read, to_confirm=True))
    for row in rows:
        row.to_confirm, row.revision, row.saved_at, row.saved_by = False, row.revision + 1, at, by
        row.request = request_of(batch, row.question, row.revision)
    Answer.objects.bulk_update(rows, ["to_confirm", "revision", "request", "saved_at", "saved_by"])
    return len(rows)


@transaction.atomic
def take_back(*, assessment: Assessment, batch: uuid.UUID | None) -> int:
    # Let the answers wait again that stand as this confirmation left them; return how many.
    rows = confirmed_by(_open_answers(assessment), batch)
    return Answer.objects.filter(pk__in=[row.pk for row in rows]).update(to_confirm=True)


def _open_answers(assessment: Assessment) -> QuerySet[Answer]:
    # Locked: whoever saves an answer waits.
    if not Assessment.objects.select_for_update().get(pk=assessment.pk).is_open:
        raise ClosedError(assessment)
    return Answer.objects.filter(assessment=assessment)

"""Opening a submitted assessment again: a manager asks, staff decide, and the result that was given stays."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.errors import ReopeningError
from assessment.actions.notices import managers, tell
from assessment.actions.security_log import note
from assessment.models import Assessment, Reopening, User
from assessment.rules.reopenings import open_beside

MAY_DECIDE = "assessment.view_assessment"  # who may read a company's assessments decides on them


class NotSubmittedError(ReopeningError):
    """An open assessment needs no reopening."""


class DecidedError(ReopeningError):
    """Somebody else decided meanwhile."""


class OtherOpenError(ReopeningError):
    """The company has another assessment open; two open ones would split its answers."""


@transaction.atomic
def ask(*, assessment: Assessment, reason: str, by: User, at: datetime | None = None) -> Reopening:
    # Store the request, one that nobody could grant excepted; one that waits already is returned as it is.
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.is_open:
        raise NotSubmittedError
    waiting = locked.reopenings.waiting().first()
    if waiting:
        return waiting
    if open_beside(locked):
        raise OtherOpenError
    result = locked.results.latest("number")
    asked = Reopening.objects.create(
        assessment=locked, result=result, reason=reason, asked_by=by, asked_at=at or timezone.now()
    )
    note("reopening_asked", assessment=str(locked.pk), reopening=asked.pk, by=by.pk)
    _tell_deciders(asked, by)
    return asked


def deciders() -> QuerySet[User]:
    return ModelBackend().with_perm(MAY_DECIDE).filter(is_staff=True).order_by("pk")


@transaction.atomic
def grant(*, reopening: Reopening, reason: str, by: User, at: datetime | None = None) -> Reopening:
    # Open the assessment again; its next submission makes one more result beside those it has.
    decided = _decide(reopening, Reopening.Status.GRANTED, reason, by, at)
    assessment = Assessment.objects.select_for_update().get(pk=decided.assessment_id)
    assessment.status, assessment.submitted_at, assessment.submitted_by = Assessment.Status.OPEN, None, None
    try:
        with transaction.atomic():
            assessment.save(update_fields=["status", "submitted_at", "submitted_by"])
    except IntegrityError:
        raise OtherOpenError from None
    _tell_managers(decided, by)
    return decided


@transaction.atomic
def refuse(*, reopening: Reopening, reason: str, by: User, at: datetime | None = None) -> Reopening:
    decided = _decide(reopening, Reopening.Status.REFUSED, reason, by, at)
    _tell_managers(decided, by)
    return decided


def _decide(reopening: Reopening, status: str, reason: str, by: User, at: datetime | None) -> Reopening:
    reopenings = Reopening.objects.select_for_update(of=("self",)).select_related("assessment__company")
    locked = reopenings.get(pk=reopening.pk)
    if not locked.is_waiting:
        raise DecidedError
    locked.status, locked.decision = status, reason
    locked.decided_by, locked.decided_at = by, at or timezone.now()
    locked.save(update_fields=["status", "decision", "decided_by", "decided_at"])
    note("reopening_decided", reopening=locked.pk, status=status, by=by.pk)
    return locked


def _tell_deciders(reopening: Reopening, by: User) -> None:
    # That there is a request. Its words stay in the administration: they speak of answers.
    tell(
        deciders().exclude(pk=by.pk),
        lambda: _("A request to change submitted answers"),
        lambda: _written("asked", reopening),
    )


def _tell_managers(reopening: Reopening, by: User) -> None:
    tell(
        managers(reopening.assessment.company).exclude(pk=by.pk),
        lambda: _("Your request to change submitted answers"),
        lambda: _written("decided", reopening),
    )


def _written(what: str, reopening: Reopening) -> str:
    return render_to_string(f"reopenings/email/{what}.txt", {"reopening": reopening, "site_url": settings.SITE_URL})

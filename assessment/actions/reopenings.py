"""Opening a submitted assessment again: a manager asks, staff decide, and the result that was given stays."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.notices import in_each_language, send_to
from assessment.actions.people import note
from assessment.models import Assessment, Reopening


class NotSubmitted(Exception):
    """An open assessment needs no reopening."""


class Decided(Exception):
    """Somebody else decided meanwhile."""


class OtherOpen(Exception):
    """The company has started another assessment meanwhile; two open ones would split its answers."""


@transaction.atomic
def ask(*, assessment, reason, by, at=None):
    """Store the request; one that waits already is returned as it is."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.is_open:
        raise NotSubmitted
    waiting = locked.reopenings.waiting().first()
    if waiting:
        return waiting
    result = locked.results.latest("number")
    asked = Reopening.objects.create(
        assessment=locked, result=result, reason=reason, asked_by=by, asked_at=at or timezone.now()
    )
    note("reopening_asked", assessment=str(locked.pk), reopening=asked.pk, by=by.pk)
    return asked


@transaction.atomic
def grant(*, reopening, reason, by, at=None):
    """Open the assessment again; its next submission makes one more result beside those it has."""
    decided = _decide(reopening, Reopening.Status.GRANTED, reason, by, at)
    assessment = Assessment.objects.select_for_update().get(pk=decided.assessment_id)
    assessment.status, assessment.submitted_at, assessment.submitted_by = Assessment.Status.OPEN, None, None
    try:
        with transaction.atomic():
            assessment.save(update_fields=["status", "submitted_at", "submitted_by"])
    except IntegrityError:
        raise OtherOpen from None
    _tell(decided)
    return decided


@transaction.atomic
def refuse(*, reopening, reason, by, at=None):
    decided = _decide(reopening, Reopening.Status.REFUSED, reason, by, at)
    _tell(decided)
    return decided


def _decide(reopening, status, reason, by, at):
    found = Reopening.objects.select_for_update(of=("self",)).select_related("assessment__company")
    locked = found.get(pk=reopening.pk)
    if not locked.is_waiting:
        raise Decided
    locked.status, locked.decision = status, reason
    locked.decided_by, locked.decided_at = by, at or timezone.now()
    locked.save(update_fields=["status", "decision", "decided_by", "decided_at"])
    note("reopening_decided", reopening=locked.pk, status=status, by=by.pk)
    return locked


def _tell(reopening):
    told = {"reopening": reopening, "site_url": settings.SITE_URL}
    subject, body = in_each_language(
        lambda: _("Your request to change submitted answers"),
        lambda: render_to_string("reopenings/email/decided.txt", told),
    )
    send_to(reopening.assessment.company, subject, body)

"""E-mails about assessments: the receipt of a submission, one left for a week, one to repeat after a year."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.notices import managers, tell
from assessment.actions.results import submit
from assessment.models import Assessment, Company, Membership, Nudge, Result, User

UNFINISHED_AFTER, AGAIN_AFTER = timedelta(days=7), timedelta(days=365)
STILL = timedelta(days=30)  # later, it is too late: a server that was down, or a first run on old data, stays silent
STOP = "no more reminders"  # what the signed key of an e-mail is good for


@transaction.atomic
def hand_in(*, assessment: Assessment, by: User, at: datetime | None = None) -> Result:
    """Submit, and write the receipt to who did; submitted already, return the result and write nothing."""
    was_open = Assessment.objects.select_for_update().get(pk=assessment.pk).is_open
    result = submit(assessment=assessment, by=by, at=at)
    if was_open:
        told = {"result": result, "site_url": settings.SITE_URL}
        tell(
            User.objects.filter(pk=by.pk, is_active=True),
            lambda: _("Submitted: the assessment of %(company)s") % {"company": result.company},
            lambda: render_to_string("assessment/email/submitted.txt", told),
        )
    return result


def write_nudges(*, at: datetime | None = None) -> int:
    """Write what is due; return how many e-mails. Run again, also after a kill, it writes the rest alone."""
    at = at or timezone.now()
    unfinished = sum(nudge(one, Nudge.Kind.UNFINISHED, at) for one in left_alone(at))
    return unfinished + sum(nudge(one.assessment, Nudge.Kind.AGAIN, at, one) for one in to_repeat(at))


def left_alone(at: datetime) -> QuerySet[Assessment]:
    written = Nudge.objects.filter(assessment=OuterRef("pk"), kind=Nudge.Kind.UNFINISHED)
    last = Greatest(F("started_at"), Coalesce(Max("answers__saved_at"), F("started_at")))
    due = Q(last__lte=at - UNFINISHED_AFTER, last__gt=at - UNFINISHED_AFTER - STILL)
    waiting = Assessment.objects.open().annotate(last=last).filter(due).exclude(Exists(written))
    return waiting.select_related("company", "started_by", "version").order_by("pk")


def to_repeat(at: datetime) -> QuerySet[Result]:
    # The newest result of a company that has begun nothing since.
    newer = Result.objects.filter(company=OuterRef("company"), submitted_at__gt=OuterRef("submitted_at"))
    begun = Assessment.objects.open().filter(company=OuterRef("company"))
    written = Nudge.objects.filter(assessment=OuterRef("assessment"), kind=Nudge.Kind.AGAIN, number=OuterRef("number"))
    due = Q(submitted_at__lte=at - AGAIN_AFTER, submitted_at__gt=at - AGAIN_AFTER - STILL)
    results = Result.objects.filter(due).exclude(Exists(newer)).exclude(Exists(begun)).exclude(Exists(written))
    return results.select_related("assessment__started_by", "company", "submitted_by").order_by("pk")


def nudge(assessment: Assessment, kind: Nudge.Kind, at: datetime, result: Result | None = None) -> int:
    """The note and the e-mails are stored together: a kill leaves both or neither, and two at once write one."""
    try:
        with transaction.atomic():
            Nudge.objects.create(assessment=assessment, kind=kind, number=result.number if result else 0, at=at)
            begun_by = result.submitted_by if result else assessment.started_by
            people = list(readers(assessment.company, begun_by))
            for person in people:
                write(person, assessment, result)
    except IntegrityError:
        return 0
    return len(people)


def readers(company: Company, person: User | None) -> QuerySet[User]:
    """Who began it, if they may still answer; else the company's managers. Nobody who wants no reminders."""
    theirs = User.objects.filter(
        pk__in=[person.pk] if person else [],
        is_active=True,
        memberships__company=company,
        memberships__role__in=Membership.WRITERS,
    )
    return (theirs if theirs.exists() else managers(company)).filter(reminders=True)


def write(person: User, assessment: Assessment, result: Result | None) -> None:
    context: dict[str, Any] = {"assessment": assessment, "result": result, "site_url": settings.SITE_URL}
    template = "assessment/email/again.txt" if result else "assessment/email/unfinished.txt"
    tell(
        User.objects.filter(pk=person.pk),
        lambda: subject_of(result) % {"company": assessment.company},
        lambda: render_to_string(template, context | {"stop": stop_address(person)}),
    )


def subject_of(result: Result | None) -> str:
    return _("A year later: assess %(company)s again") if result else _("The assessment of %(company)s waits for you")


def stop_address(user: User) -> str:
    """In the language of the moment; it opens for who has the e-mail, without signing in."""
    return settings.SITE_URL + reverse("reminders_stop", args=[signing.dumps(user.pk, salt=STOP)])


def person_of(key: str) -> User | None:
    try:
        return User.objects.filter(pk=signing.loads(key, salt=STOP)).first()
    except signing.BadSignature:
        return None


def stop_reminders(*, user: User) -> None:
    user.reminders = False
    user.save(update_fields=["reminders"])

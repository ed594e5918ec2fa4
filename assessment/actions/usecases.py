"""The life of a use case: written, consented to, reviewed, published, taken back. No other code moves its status."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from assessment.actions.errors import UseCaseError
from assessment.actions.notices import tell_company, tell_of_correction, tell_reviewers_of_case
from assessment.maturity.fingerprints import fingerprint_of
from assessment.models import Company, Consent, Publication, Result, UseCase, UseCaseEvent, User
from assessment.reports.showcase.catalogue import EDITION
from assessment.rules.capabilities import current_questionnaire, top_scores
from assessment.rules.usecases import content_of, missing_from, publication_of

Status, Kind = UseCase.Status, UseCaseEvent.Kind


class NotNowError(UseCaseError):
    """The use case is no longer where the page said it was."""


class ContentChangedError(UseCaseError):
    """What was previewed is no longer what would be published."""


class NotEligibleError(UseCaseError):
    """The company's own result does not support the label."""


def locked(use_case: UseCase, *statuses: str) -> UseCase:
    locked_case = (
        UseCase.objects.select_for_update(of=("self",)).select_related("company", "project").get(pk=use_case.pk)
    )
    if statuses and locked_case.status not in statuses:
        raise NotNowError
    return locked_case


def note(
    use_case: UseCase, kind: UseCaseEvent.Kind, *, by: User | None, text: str = "", at: datetime | None = None
) -> UseCaseEvent:
    return UseCaseEvent.objects.create(use_case=use_case, kind=kind, by=by, text=text, at=at or timezone.now())


@transaction.atomic
def start(
    *,
    company: Company,
    by: User,
    result: Result | None = None,
    capability: str | None = None,
    at: datetime | None = None,
) -> UseCase:
    # Open a draft, prefilled with what the assessment knows; no score goes into it.
    at = at or timezone.now()
    use_case = UseCase.objects.create(
        company=company,
        result=result,
        capabilities=[capability] if capability else [],
        sub_sectors=[company.sub_sector],
        size=company.size,
        created_by=by,
        created_at=at,
        updated_at=at,
    )
    note(use_case, Kind.STARTED, by=by, at=at)
    return use_case


@transaction.atomic
def edit(
    *, use_case: UseCase, by: User, values: Mapping[str, Any], at: datetime | None = None, tell: bool = False
) -> UseCase:
    """Store the fields that differ. What was consented to is then no longer what there is: it is public no more.

    ``tell``: say so to the company, whose text somebody else has changed.
    """
    locked_case = locked(use_case)
    # A form can't tell an empty text from none at all.
    changed = [name for name, value in values.items() if (getattr(locked_case, name) or None) != (value or None)]
    for name in changed:
        setattr(locked_case, name, values[name])
    if changed:
        locked_case.updated_at = at or timezone.now()
        locked_case.save(update_fields=[*changed, "updated_at"])
    if set(changed) - {"contactable"}:
        ended = content_changed(locked_case, by=by, at=at)
        if tell:
            tell_of_correction(locked_case, [UseCase._meta.get_field(name) for name in changed], ended=ended)
    return locked_case


def content_changed(use_case: UseCase, *, by: User, at: datetime | None = None) -> bool:
    # Call inside the transaction that changed it; return whether a consent ended with it.
    ended = end_consent(use_case, why=Consent.Ended.EDITED, by=by, at=at)
    if ended:
        note(use_case, Kind.EDITED, by=by, at=at)
    if use_case.status in {Status.SUBMITTED, Status.PUBLISHED, Status.UNPUBLISHED}:
        move(use_case, Status.DRAFT)
    return ended


def end_consent(use_case: UseCase, *, why: str, by: User, at: datetime | None = None) -> bool:
    # Whether there was one; what rested on it goes with it.
    hide(use_case)
    live = use_case.consents.filter(ended_at=None)
    # Never before it was given: a consent can be withdrawn on a server whose clock was set back meanwhile.
    end = Greatest(Value(at or timezone.now()), F("given_at"))
    return live.update(ended_at=end, ended_by=by, ended=why) > 0


def hide(use_case: UseCase) -> None:
    hidden, _each = Publication.objects.filter(use_case=use_case).delete()
    if hidden:
        showcase_changed()


def showcase_changed() -> None:
    # Call inside the transaction that changed it: every process then reads its catalogue anew.
    cache.set(EDITION, uuid.uuid4().hex, timeout=None)


def move(use_case: UseCase, status: str, **fields: Any) -> None:
    use_case.status = status
    for name, value in fields.items():
        setattr(use_case, name, value)
    use_case.save(update_fields=["status", *fields])


@transaction.atomic
def submit(
    *, use_case: UseCase, by: User, scope: Mapping[str, bool], sha256: str, at: datetime | None = None
) -> Consent:
    # Give the company's consent to exactly the content whose fingerprint was shown, and ask for its review.
    at = at or timezone.now()
    locked_case = locked(use_case, Status.DRAFT, Status.RETURNED, Status.UNPUBLISHED)
    content = content_of(locked_case, scope=scope)
    if missing_from(locked_case):
        raise NotNowError
    if fingerprint_of(content) != sha256:
        raise ContentChangedError
    end_consent(locked_case, why=Consent.Ended.EDITED, by=by, at=at)
    consent = Consent.objects.create(
        use_case=locked_case,
        version=locked_case.consents.count() + 1,
        content=content,
        sha256=sha256,
        given_at=at,
        given_by=by,
        **{name: bool(scope.get(name)) for name in Consent.SCOPE} | {"text": True},
    )
    move(locked_case, Status.SUBMITTED, submitted_at=at)
    note(locked_case, Kind.SUBMITTED, by=by, at=at)
    tell_reviewers_of_case(locked_case)
    return consent


@transaction.atomic
def withdraw(*, use_case: UseCase, by: User, at: datetime | None = None) -> None:
    # Take the company's consent back: nothing is public once this returns.
    locked_case = locked(use_case)
    was_public = locked_case.is_published
    if not end_consent(locked_case, why=Consent.Ended.WITHDRAWN, by=by, at=at):
        raise NotNowError
    move(locked_case, Status.UNPUBLISHED if was_public else Status.DRAFT)
    note(locked_case, Kind.WITHDRAWN, by=by, at=at)


@transaction.atomic
def return_to_company(*, use_case: UseCase, by: User, reason: str, at: datetime | None = None) -> None:
    locked_case = locked(use_case, Status.SUBMITTED)
    end_consent(locked_case, why=Consent.Ended.RETURNED, by=by, at=at)
    move(locked_case, Status.RETURNED)
    tell_company(note(locked_case, Kind.RETURNED, by=by, text=reason, at=at))


@transaction.atomic
def comment(*, use_case: UseCase, by: User, text: str, at: datetime | None = None) -> None:
    tell_company(note(locked(use_case), Kind.COMMENTED, by=by, text=text, at=at))


@transaction.atomic
def publish(*, use_case: UseCase, by: User | None, at: datetime | None = None, tell: bool = True) -> None:
    # Show exactly what was consented to, if that consent holds and is to what the use case is now.
    at = at or timezone.now()
    locked_case = locked(use_case, Status.SUBMITTED, Status.UNPUBLISHED)
    consent = locked_case.consents.filter(ended_at=None).first()
    if consent is None:
        raise NotNowError
    if fingerprint_of(content_now(locked_case, consent)) != consent.sha256:
        raise ContentChangedError
    store_publication(locked_case, content=consent.content, consent=consent, at=at)
    move(locked_case, Status.PUBLISHED, first_published_at=locked_case.first_published_at or at)
    event = note(locked_case, Kind.PUBLISHED, by=by, at=at)
    if tell:
        tell_company(event)


def content_now(use_case: UseCase, consent: Consent) -> dict[str, Any]:
    # What the same scope would show today; scores stay those consented to, an assessment later changes none.
    scope = {name: getattr(consent, name) for name in Consent.SCOPE}
    return content_of(use_case, scope=scope) | {"scores": consent.content["scores"]}


def store_publication(use_case: UseCase, *, content: dict[str, Any], consent: Consent | None, at: datetime) -> None:
    hide(use_case)
    publication = publication_of(use_case, content=content, consent=consent, at=at)
    publication.views = sum(use_case.view_counts.values_list("count", flat=True))
    publication.save(force_insert=True)
    showcase_changed()


@transaction.atomic
def unpublish(*, use_case: UseCase, by: User, reason: str, at: datetime | None = None) -> None:
    # Taken down by staff; the company's consent still holds, so that it can be put back.
    locked_case = locked(use_case, Status.PUBLISHED)
    hide(locked_case)
    move(locked_case, Status.UNPUBLISHED)
    tell_company(note(locked_case, Kind.UNPUBLISHED, by=by, text=reason, at=at))


def is_eligible(use_case: UseCase) -> bool:
    # Whether the company's latest result reaches the top levels on a capability of the case; staff alone see it.
    questionnaire = current_questionnaire()
    if questionnaire is None or use_case.company_id is None:
        return False
    result = Result.objects.filter(company=use_case.company_id).order_by("-submitted_at", "-pk").first()
    scores = result.summary["capabilities"] if result else {}
    return not top_scores(questionnaire, scores).keys().isdisjoint(use_case.capabilities)


@transaction.atomic
def label(*, use_case: UseCase, by: User | None, reason: str, at: datetime | None = None) -> None:
    at = at or timezone.now()
    locked_case = locked(use_case)
    if not is_eligible(locked_case):
        raise NotEligibleError
    set_label(locked_case, labelled_at=at, label_reason=reason)
    note(locked_case, Kind.LABELLED, by=by, text=reason, at=at)


@transaction.atomic
def unlabel(*, use_case: UseCase, by: User, at: datetime | None = None) -> None:
    locked_case = locked(use_case)
    set_label(locked_case, labelled_at=None, label_reason="")
    note(locked_case, Kind.UNLABELLED, by=by, at=at)


def set_label(use_case: UseCase, **fields: Any) -> None:
    move(use_case, use_case.status, **fields)
    Publication.objects.filter(use_case=use_case).update(labelled=use_case.labelled_at is not None)
    showcase_changed()


@transaction.atomic
def place(*, use_case: UseCase, position: int | None) -> None:
    """``position`` in the front row, None to leave it."""
    locked_case = locked(use_case)
    move(locked_case, locked_case.status, position=position)
    Publication.objects.filter(use_case=locked_case).update(position=9999 if position is None else position)
    showcase_changed()

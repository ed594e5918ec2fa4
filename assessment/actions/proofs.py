"""Signed results taken back, and links by which others read one."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessment.models import Company, Result, ResultLink, User, Withdrawal
from assessment.models.team import hash_of


@transaction.atomic
def withdraw(*, result: Result) -> None:
    """From now on the check page says so of all signed files of this result, and no link opens it. Twice is as once."""
    _withdraw([result], reason=Withdrawal.Reason.COMPANY)
    result.links.filter(revoked_at=None).update(revoked_at=timezone.now())


def withdraw_all(*, company: Company) -> None:
    results = Result.objects.filter(company=company).only("assessment_id", "number")
    _withdraw(results, reason=Withdrawal.Reason.ERASED)


def _withdraw(results: Iterable[Result], *, reason: str) -> None:
    rows = [Withdrawal(proof_id=result.proof_id, reason=reason) for result in results]
    Withdrawal.objects.bulk_create(rows, ignore_conflicts=True)


def make_link(*, link: ResultLink, result: Result, by: User) -> str:
    """Store a link that its form has filled in; return its token, which nobody can read again."""
    token = secrets.token_urlsafe(32)
    link.result, link.made_by, link.token_hash = result, by, hash_of(token)
    link.save()
    return token


def revoke_link(*, link: ResultLink) -> None:
    ResultLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def link_of(token: str, *, at: datetime | None = None) -> ResultLink | None:
    """None for one that is no longer one, or never was. One query."""
    chosen = ResultLink.objects.opened_by(token).select_related("result__company", "result__version__questionnaire")
    link = chosen.first()
    return link if link and link.opens(at or timezone.now()) else None


def note_opening(*, link: ResultLink) -> None:
    ResultLink.objects.filter(pk=link.pk).update(openings=F("openings") + 1, opened_at=timezone.now())

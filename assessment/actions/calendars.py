"""A member's private calendar address: made, made anew, withdrawn. Only the hash of its token is stored."""

import secrets

from django.db import transaction

from assessment.models import CalendarKey, Membership
from assessment.models.team import hash_of


@transaction.atomic
def make_key(*, membership: Membership) -> str:
    """Return the token, which nobody can read again; the former address no longer opens."""
    token = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(membership=membership, defaults={"token_hash": hash_of(token)})
    return token


def withdraw_key(*, membership: Membership) -> None:
    CalendarKey.objects.filter(membership=membership).delete()


def membership_of(token: str) -> Membership | None:
    """None for a token that is no longer one."""
    key = CalendarKey.objects.filter(token_hash=hash_of(token)).select_related("membership__company").first()
    return key.membership if key else None

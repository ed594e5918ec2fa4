"""A second factor that an administrator takes away, of somebody who lost it: for a reason, on record, and told."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessment.actions.notices import tell
from assessment.actions.security_log import note
from assessment.models import StaffAccess, User


@transaction.atomic
def remove_second_factors(*, user: User, by: User, reason: str, gone: Sequence[Model]) -> StaffAccess:
    """Delete the authenticators ``gone``; the person is told, since whoever holds the password may now enter."""
    access = StaffAccess.objects.create(kind=StaffAccess.Kind.FACTOR, by=by, person=user, reason=reason)
    for authenticator in gone:
        authenticator.delete()
    note("second_factor_removed", access=access.pk, user=user.pk, by=by.pk, count=len(gone))
    context = {"reason": reason, "site_url": settings.SITE_URL}
    tell(
        User.objects.filter(pk=user.pk),
        lambda: _("Your second factor was removed"),
        lambda: render_to_string("people/email/second_factor.txt", context),
    )
    return access

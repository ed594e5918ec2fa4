"""A colleague whose company is here already asks its managers to be let in."""

from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessment.actions.errors import CompanyError
from assessment.actions.notices import tell
from assessment.actions.security_log import note
from assessment.models import Membership, User
from assessment.rates import count

A_PERSON = "3/d"
A_COMPANY = "10/d"  # whoever asks


class AskedOftenError(CompanyError):
    """The person asked enough for a day, or the company was asked enough."""


def ask_to_be_let_in(*, siren: str, by: User) -> None:
    # One e-mail to each manager of the companies with this SIREN, with who asks; nothing is stored.
    if count(f"asks to be let in, {by.pk}", A_PERSON) is None or count(f"asked to let in, {siren}", A_COMPANY) is None:
        raise AskedOftenError
    managers = Membership.objects.filter(company__siren=siren, role=Membership.Role.MANAGER, user__is_active=True)
    for membership in managers.select_related("company").order_by("pk"):
        told = {"company": membership.company, "person": by, "site_url": settings.SITE_URL}
        tell(
            User.objects.filter(pk=membership.user_id),
            lambda: _("A colleague asks to be let in"),
            partial(render_to_string, "people/email/let_in.txt", told),
        )
    note("asked_to_be_let_in", by=by.pk)

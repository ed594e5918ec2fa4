"""E-mails about use cases: plain text, no address of anybody in them, sent once what they tell is stored."""

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.models import Membership, User


def managers(company):
    return User.objects.filter(
        memberships__company=company, memberships__role=Membership.Role.MANAGER, is_active=True
    ).order_by("pk")


def tell_company(event):
    """Say to the company's managers what the reviewers did, and their words."""
    if event.use_case.company_id is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your use case: %(what)s") % {"what": event.get_kind_display()}
        body = render_to_string("usecases/email/event.txt", {"event": event, "site_url": settings.SITE_URL})
    send_to(event.use_case.company, subject, body)


def tell_of_interest(interest, company):
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A use case: %(state)s") % {"state": interest.get_state_display()}
        body = render_to_string(
            "usecases/email/interest.txt", {"interest": interest, "company": company, "site_url": settings.SITE_URL}
        )
    send_to(company, subject, body)


def send_to(company, subject, body):
    """One message a person: nobody reads who else gets it."""
    for address in managers(company).values_list("email", flat=True):
        transaction.on_commit(
            partial(send_mail, " ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [address]), robust=True
        )

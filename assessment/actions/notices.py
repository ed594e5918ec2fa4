"""E-mails: plain text, no address of anybody in them, sent once what they tell is stored."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.models import Membership, User
from assessment.throttling import may_write_to


def managers(company):
    return User.objects.filter(
        memberships__company=company, memberships__role=Membership.Role.MANAGER, is_active=True
    ).order_by("pk")


def members(company):
    return User.objects.filter(memberships__company=company, is_active=True).order_by("pk")


def tell_company(event):
    if event.use_case.company_id is None:
        return
    told = {"event": event, "site_url": settings.SITE_URL}
    subject, body = in_each_language(
        lambda: _("Your use case: %(what)s") % {"what": event.get_kind_display()},
        lambda: render_to_string("usecases/email/event.txt", told),
    )
    send_to(event.use_case.company, subject, body)


def tell_of_correction(use_case, fields, *, ended):
    """Say to the company's managers what staff changed in its text; ``ended``: whether its consent went with it."""
    told = {"use_case": use_case, "ended": ended, "site_url": settings.SITE_URL}
    subject, body = in_each_language(
        lambda: _("Your use case was corrected"),
        lambda: render_to_string(
            "usecases/email/corrected.txt", told | {"names": [str(field.verbose_name) for field in fields]}
        ),
    )
    send_to(use_case.company, subject, body)


def tell_of_interest(interest, company):
    told = {"interest": interest, "company": company, "site_url": settings.SITE_URL}
    subject, body = in_each_language(
        lambda: _("A use case: %(state)s") % {"state": interest.get_state_display()},
        lambda: render_to_string("usecases/email/interest.txt", told),
    )
    send_to(company, subject, body)


def in_each_language(*writers):
    # Write the subject and the body in one language after the other: nobody has said which one they read.
    written = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            written.append([writer() for writer in writers])
    subjects, bodies = zip(*written, strict=True)
    return " / ".join(subjects), f"\n{'–' * 30}\n\n".join(bodies)


def send_to(company, subject, body):
    send_each(managers(company), subject, body)


def send_each(users, subject, body):
    # One message a person: nobody reads who else gets it.
    for address in users.values_list("email", flat=True):
        post(address, subject, body)


def post(address, subject, body):
    # Written down in the caller's transaction, and sent if that one holds.
    # One address gets so many an hour: beyond that the page alone tells.
    if may_write_to(address):
        send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [address])

"""E-mails: plain text, no address of anybody in them, sent once what they tell is stored."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.models import Company, Interest, Membership, UseCase, UseCaseEvent, User
from assessment.throttling import may_write_to

ENDS_OF_LINES = re.compile(r"[\x00- \x7f\x85\u2028\u2029]+")  # no-break spaces stay


def managers(company: Company) -> QuerySet[User]:
    return User.objects.filter(
        memberships__company=company, memberships__role=Membership.Role.MANAGER, is_active=True
    ).order_by("pk")


def members(company: Company) -> QuerySet[User]:
    return User.objects.filter(memberships__company=company, is_active=True).order_by("pk")


def tell_company(event: UseCaseEvent) -> None:
    if event.use_case.company_id is None:
        return
    told = {"event": event, "site_url": settings.SITE_URL}
    tell(
        managers(cast(Company, event.use_case.company)),
        lambda: _("Your use case: %(what)s") % {"what": event.get_kind_display()},
        lambda: render_to_string("usecases/email/event.txt", told),
    )


def tell_of_correction(use_case: UseCase, fields: Iterable[Any], *, ended: bool) -> None:
    """Say to the company's managers what staff changed in its text; ``ended``: whether its consent went with it."""
    told = {"use_case": use_case, "ended": ended, "site_url": settings.SITE_URL}
    tell(
        managers(cast(Company, use_case.company)),
        lambda: _("Your use case was corrected"),
        lambda: render_to_string(
            "usecases/email/corrected.txt", told | {"names": [str(field.verbose_name) for field in fields]}
        ),
    )


def tell_of_interest(interest: Interest, company: Company) -> None:
    told = {"interest": interest, "company": company, "site_url": settings.SITE_URL}
    tell(
        managers(company),
        lambda: _("Request for contact: %(state)s") % {"state": interest.get_state_display()},
        lambda: render_to_string("usecases/email/interest.txt", told),
    )


def reviewers(permission: str) -> QuerySet[User]:
    """Staff who may work on it."""
    return ModelBackend().with_perm(permission).filter(is_staff=True, is_active=True).order_by("pk")


def tell_reviewers_of_case(use_case: UseCase) -> None:
    """That there is something to review; what it says stays in the administration."""
    told = {"use_case": use_case, "site_url": settings.SITE_URL}
    tell(
        reviewers("assessment.change_usecase"),
        lambda: _("A use case to review"),
        lambda: render_to_string("usecases/email/to_review.txt", told),
    )


def tell_reviewers_of_interest(interest: Interest) -> None:
    told = {"interest": interest, "site_url": settings.SITE_URL}
    tell(
        reviewers("assessment.change_interest"),
        lambda: _("A request for contact to pass on"),
        lambda: render_to_string("usecases/email/to_pass_on.txt", told),
    )


def tell(users: QuerySet[User], *writers: Callable[[], str]) -> None:
    """One message a person, in their language: what the writers of subject and body say."""
    written = {}
    for address, language in users.values_list("email", "language"):
        if language not in written:
            written[language] = in_language_of_person(language, *writers)
        post(address, *written[language])


def tell_address(address: str, *writers: Any) -> None:
    """One message to a mailbox: in the language of who has it here, in each language where nobody does."""
    language = User.objects.filter(email=address).values_list("language", flat=True).first()
    post(address, *in_language_of_person(language, *writers))


def in_language_of_person(language: str | None, *writers: Callable[[], str]) -> Sequence[str]:
    if not language:
        return in_each_language(*writers)
    with translation.override(language):
        return [writer() for writer in writers]


def in_each_language(*writers: Callable[[], str]) -> tuple[str, str]:
    # Write the subject and the body in one language after the other: nobody has said which one they read.
    written = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            written.append([writer() for writer in writers])
    subjects, bodies = zip(*written, strict=True)
    return " / ".join(subjects), f"\n{'–' * 30}\n\n".join(bodies)


def send_to(company: Company, subject: str, body: str) -> None:
    send_each(managers(company), subject, body)


def send_each(users: QuerySet[User], subject: str, body: str) -> None:
    # One message a person: nobody reads who else gets it.
    for address in users.values_list("email", flat=True):
        post(address, subject, body)


def post(address: str, subject: str, body: str) -> None:
    # Written down in the caller's transaction, and sent if that one holds.
    # One address gets so many an hour: beyond that the page alone tells.
    if may_write_to(address):
        send_mail(ENDS_OF_LINES.sub(" ", subject).strip(), body, settings.DEFAULT_FROM_EMAIL, [address])

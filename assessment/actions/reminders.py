"""E-mails about the plan, to members who asked for them: each written once, in the transaction that notes it."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.notices import tell
from assessment.models import Action, Company, Reminding, User

AHEAD = timedelta(days=7)


def write_reminders(*, today: date | None = None) -> int:
    """Write what is due today; return how many e-mails. Run again, also after a kill, it writes the rest alone."""
    today = today or timezone.localdate()
    asked = Reminding.objects.exclude(reminders=False, digest=False).order_by("pk")
    return sum(_remind(key, today) for key in asked.values_list("pk", flat=True))


@transaction.atomic
def _remind(key: int, today: date) -> int:
    # The letter and the note that it was written are stored together: a kill leaves both or neither.
    choice = Reminding.objects.select_for_update(of=("self",)).select_related("membership__company").get(pk=key)
    company, user = choice.membership.company, choice.membership.user_id
    due, digest = _due(choice, company, user, today), _digest(choice, company, today)
    if due:
        _tell(user, company, due, _reminder, "plans/email/reminder.txt")
    if digest:
        _tell(user, company, digest, _weekly, "plans/email/digest.txt")
    for action in due:
        action.reminded = mark_of(action)
    Action.objects.bulk_update(due, ["reminded"])
    choice.digest_on = today if digest else choice.digest_on
    choice.save(update_fields=["digest_on"])
    return bool(due) + bool(digest)


def _due(choice: Reminding, company: Company, user: int, today: date) -> list[Action]:
    if not choice.reminders:
        return []
    mine = Action.objects.live().filter(company=company, owner_id=user, due__gte=today, due__lte=today + AHEAD)
    return [action for action in mine.by_due_date() if action.reminded != mark_of(action)]


def mark_of(action: Action) -> str:
    """Another owner, or another day, is another reminder."""
    return f"{action.owner_id} {action.due}"


def _digest(choice: Reminding, company: Company, today: date) -> list[Action]:
    monday = today - timedelta(days=today.weekday())
    if not choice.digest or (choice.digest_on and choice.digest_on >= monday):
        return []
    return list(Action.objects.live().filter(company=company).select_related("owner").by_due_date())


def _tell(user: int, company: Company, actions: list[Action], subject: Callable[[], str], template: str) -> None:
    context = {"company": company, "actions": actions, "site_url": settings.SITE_URL}
    who = User.objects.filter(pk=user, is_active=True)
    tell(who, lambda: subject() % {"company": company}, lambda: render_to_string(template, context))


def _reminder() -> str:
    return _("Due soon in the plan of %(company)s")


def _weekly() -> str:
    return _("The plan of %(company)s this week")

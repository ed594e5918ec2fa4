"""The plan as files: a table for people, dates for calendars."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from assessment.models import Action, Company
from spreadsheets.cells import Row
from spreadsheets.writers import Sheet


def action_table(actions: Iterable[Action]) -> Sheet:
    header = [
        _("dimension"),
        _("question"),
        _("action"),
        _("owner"),
        _("due on"),
        _("effort"),
        _("gain"),
        _("status"),
        _("why it is dropped"),
        _("note"),
    ]
    return Sheet(str(_("Plan")), header, (_row(action) for action in actions))


def _row(action: Action) -> Row:
    return [
        action.dimension,
        action.question,
        action.title,
        action.owned_by,
        action.due,
        action.effort,
        action.gain,
        str(action.get_status_display()),
        action.reason,
        action.note,
    ]


def calendar(company: Company, actions: Iterable[Action], *, site_url: str, at: datetime | None = None) -> bytes:
    """Days, not moments: the same in every time zone, and across the change of clocks."""
    at = at or timezone.now()
    file = Calendar()
    file.add("prodid", "-//CSF ITS//Digital maturity//FR")
    file.add("version", "2.0")
    file.add("x-wr-calname", _("Plan of %(company)s") % {"company": company})
    for action in actions:
        if action.due and action.status != Action.Status.DROPPED:
            file.add_component(_event(action, site_url, at))
    return file.to_ical()


def _event(action: Action, site_url: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{action.pk}@{site_url.partition('://')[2].partition(':')[0]}")
    event.add("dtstamp", at)
    event.add("dtstart", action.due)
    event.add("summary", action.title)
    event.add("url", site_url + action.get_absolute_url())
    event.add("transp", "TRANSPARENT")
    event.add("description", f"{action.get_status_display()}" + (f" – {action.owned_by}" if action.owned_by else ""))
    return event

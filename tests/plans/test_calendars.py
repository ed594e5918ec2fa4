"""Calendar files as another library reads them: whole days, whatever the zone and the change of clocks."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from tests.factories import make_company
from tests.plans.makers import make_action

ZONES = ["Europe/Paris", "America/New_York"]
# Clocks change on these days in Paris or New York, or in the night before
DAYS = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1), date(2026, 12, 31)]
TITLE = "Écrire la feuille de route ; la dire, à tous\\partout – “une fois par an, au moins, et devant tout le monde”"


@pytest.fixture
def company(person):
    return make_company(member=person, name="Häagen, Søn; & Cie")


def read(client, company):
    response = client.get(reverse("company_plan_ics", args=[company.pk]))
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75  # octets, as RFC 5545 asks
    return IcsCalendarStream.calendar_from_ics(response.content.decode())


@pytest.mark.parametrize("zone", ZONES)
def test_each_action_takes_its_whole_day_from_midnight_to_midnight(signed_in, company, zone):
    for place, day in enumerate(DAYS):
        make_action(company, question=f"Q{place}", title=f"Step {place}", due=day)

    with timezone.override(zone):
        events = read(signed_in, company).events

    place = ZoneInfo(zone)
    spans = {event.summary: event.timespan_of(place) for event in events}
    assert {name: (span.start, span.end) for name, span in spans.items()} == {
        f"Step {number}": (midnight(day, place), midnight(day + timedelta(days=1), place))
        for number, day in enumerate(DAYS)
    }


def midnight(day, place):
    return datetime.combine(day, time(), tzinfo=place)


def test_words_and_address_are_read_as_they_were_written(signed_in, company):
    action = make_action(company, title=TITLE, due=DAYS[0], owner_name="Zoé, QA; DSI")

    (event,) = read(signed_in, company).events

    assert (event.summary, event.description) == (TITLE, "to do – Zoé, QA; DSI")
    assert event.uid.startswith(str(action.pk))
    assert str(event.url).endswith(action.get_absolute_url())
    assert event.dtstart == DAYS[0]


def test_a_day_put_off_moves_the_same_event(signed_in, company):
    action = make_action(company, due=DAYS[0])
    (before,) = read(signed_in, company).events
    action.due = DAYS[1]
    action.save()

    (after,) = read(signed_in, company).events

    assert (before.uid, before.dtstart, after.dtstart) == (after.uid, DAYS[0], DAYS[1])


def test_what_is_dropped_or_has_no_day_is_no_event(signed_in, company):
    make_action(company, due=DAYS[0], status="dropped", reason="No time")
    make_action(company, question="Q2")

    assert read(signed_in, company).events == []

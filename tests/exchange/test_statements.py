"""PostgreSQL stops a page's statement after seconds, not an export's."""

import pytest
from django.db import connection

from assessment.exchange.scores import ScoreTable
from assessment.exchange.slots import Held, take_slot
from assessment.exchange.statements import unhurried
from assessment.models import Result
from tests.factories import make_result

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own setting")


def set_timeout(seconds):
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{seconds}s'")


def timeout():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@on_postgres
def test_an_export_has_thirty_seconds_while_it_is_sent():
    make_result()
    set_timeout(5)
    rows = ScoreTable(Result.objects.all()).rows()

    next(rows)

    assert timeout() == "30s"


@on_postgres
def test_the_next_who_uses_the_connection_has_what_it_began_with():
    before = timeout()
    with unhurried():
        set_timeout(7)

    assert timeout() == before


def test_an_export_broken_off_is_closed_with_its_request():
    closed = []

    def pieces():
        try:
            yield b"one"
        finally:
            closed.append(True)

    held = Held(pieces(), take_slot())
    next(iter(held))
    held.close()

    assert closed == [True]

"""A connection of the pool is asked whether it still works after idleness, or once the server left word that it ended."""

import time

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL alone has a pool"),
]


@pytest.fixture
def asked(monkeypatch):
    """The connections that were asked."""
    asked, ask = [], ConnectionPool.check_connection
    monkeypatch.setattr(ConnectionPool, "check_connection", lambda one: (asked.append(one), ask(one)))
    return asked


@pytest.fixture(autouse=True)
def met_before():
    """Whichever connection the pool gives, it gave it a moment ago: it opens one or two at first."""
    connection.close()
    connection.close_pool()
    for _ in range(4):
        session_of_server()
    yield
    connection.close()


def session_of_server():
    # As a request does: a connection is taken from the pool, and goes back to it.
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    connection.close()
    return pid


def address():
    given = connection.settings_dict
    named = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    return {name: value for name, value in named.items() if value} | {"dbname": given["NAME"]}


def test_a_connection_just_used_is_not_asked(asked):
    session_of_server()

    assert asked == []


def test_a_connection_long_unused_is_asked(asked, monkeypatch):
    now = time.monotonic() + 11
    monkeypatch.setattr("web.postgresql.base.time.monotonic", lambda: now)

    session_of_server()

    assert [one.closed for one in asked] == [False]


def test_a_connection_that_the_server_ended_is_replaced_unseen(asked):
    before = session_of_server()
    with psycopg.connect(**address(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 2000)", [before])

    assert before not in {session_of_server() for _ in range(3)}
    assert asked[0].closed

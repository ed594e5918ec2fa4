import threading

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from assessment.views.health import Readiness, commit_problems

CACHE_IN_THE_DATABASE = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_of_the_test"}
}
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own settings")
on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own settings")


@pytest.fixture
def ready(client):
    """Ask /readyz: the status, and the body without its line end."""

    def ask():
        response = client.get("/readyz")
        return response.status_code, response.content.decode().strip()

    return ask


def test_livez_answers_without_a_database(client):
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_answers_ok_where_nothing_can_be_lost(ready):
    assert ready() == (200, "ok")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_never_cached(client, path):
    response = client.get(path)

    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_readyz_refuses_a_database_that_lacks_a_migration(ready):
    MigrationRecorder(connection).record_unapplied("assessment", "0001_people_and_companies")

    assert ready() == (503, "unavailable")


@pytest.mark.django_db
def test_readyz_writes_to_the_database_and_reads_it_back(ready):
    with override_settings(CACHES=CACHE_IN_THE_DATABASE):
        call_command("createcachetable", verbosity=0)
        answer = ready()
        stored = caches["default"].get("readyz")

    assert answer == (200, "ok")
    assert len(stored) == 16


@on_sqlite
@pytest.mark.django_db
def test_readyz_refuses_a_database_that_cannot_be_written(ready):
    with override_settings(CACHES=CACHE_IN_THE_DATABASE):
        call_command("createcachetable", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
        answer = ready()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")

    assert answer == (503, "unavailable")


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("weaker", "restored"),
    [
        ("PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"),
        ("PRAGMA synchronous = OFF", "PRAGMA synchronous = FULL"),
        ("PRAGMA journal_mode = OFF", "PRAGMA journal_mode = MEMORY"),
        ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    ],
)
def test_readyz_refuses_sqlite_settings_that_may_lose_a_commit(ready, weaker, restored):
    with connection.cursor() as cursor:
        cursor.execute(weaker)
    answer = ready()
    with connection.cursor() as cursor:
        cursor.execute(restored)

    assert answer == (503, "unavailable")


@on_sqlite
@pytest.mark.django_db
def test_readyz_refuses_transactions_that_fail_half_way(ready, monkeypatch):
    monkeypatch.setattr(connections["default"], "transaction_mode", "DEFERRED")

    assert ready() == (503, "unavailable")


@on_postgres
@pytest.mark.django_db
def test_readyz_refuses_commits_that_do_not_wait_for_the_disk(ready):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    assert ready() == (503, "unavailable")


@on_postgres
@pytest.mark.django_db
def test_readyz_accepts_local_commits_where_no_standby_is_declared(ready):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = local")

    assert ready() == (200, "ok")


@pytest.mark.parametrize(
    ("fsync", "commit", "standbys", "problems"),
    [
        ("on", "on", "", []),
        ("on", "local", "", []),
        ("on", "remote_write", "standby", []),
        ("on", "remote_apply", "standby", []),
        ("off", "on", "", ["fsync is off"]),
        ("on", "off", "", ["synchronous_commit is off"]),
        ("on", "local", "standby", ["synchronous_commit is local"]),
        ("off", "off", "standby", ["fsync is off", "synchronous_commit is off"]),
    ],
)
def test_what_could_lose_a_commit_on_postgresql(fsync, commit, standbys, problems):
    assert list(commit_problems(fsync, commit, standbys)) == problems


@pytest.mark.django_db
def test_readyz_refuses_a_database_that_fails(ready):
    def fail(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        answer = ready()

    assert answer == (503, "unavailable")


@pytest.mark.django_db
def test_the_reason_is_for_the_log_alone(client, caplog):
    MigrationRecorder(connection).record_unapplied("assessment", "0001_people_and_companies")

    with caplog.at_level("ERROR", logger="health"):
        client.get("/readyz")

    assert caplog.records[0].msg["problems"] == ["migrations are missing: assessment.0001_people_and_companies"]


def test_the_database_is_asked_once_for_all_who_ask_at_the_same_moment():
    asked, answers, goes_on = [], [], threading.Event()

    def ask():
        asked.append(1)
        goes_on.wait(60 if len(asked) > 1 else 0)
        return ["a reason"]

    readiness = Readiness(ask)
    readiness.current()
    first = threading.Thread(target=readiness.current)
    first.start()
    while len(asked) < 2:
        first.join(0.01)
    for _ in range(200):
        answers.append(readiness.current())
    goes_on.set()
    first.join()

    assert (answers, len(asked)) == ([["a reason"]] * 200, 2)


def test_who_asks_later_is_told_how_it_is_now():
    states = iter([["away"], []])
    readiness = Readiness(lambda: next(states))

    assert [readiness.current(), readiness.current()] == [["away"], []]

"""The database is away: an honest 503, the public pages that may still be shown, and nobody's session touched."""

import re
import sqlite3
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from psycopg_pool import PoolTimeout
from pytest_django.asserts import assertContains, assertNotContains

import marks
from assessment.views.errors import unavailable
from marks import DAY
from tests.factories import make_assessment, make_company, make_version
from tests.usecases.makers import make_published
from web.outages import RECENT, Memory, failures, is_away, is_outage, memory_of

pytestmark = pytest.mark.django_db
HTML = {"accept": "text/html"}
MINUTE = 60
EVERYWHERE = ["home", "questionnaire", "method", "method_versions", "glossary", "legal", "privacy", "accessibility"]
EVERYWHERE += ["mails", "prepare", "help"]


@pytest.fixture(autouse=True)
def fresh():
    """As a process that has served nothing and failed at nothing."""
    memory_of.cache_clear()
    failures.last = -RECENT
    yield
    failures.last = -RECENT


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def away():
    """Ask while every statement fails as where the server is gone: ``away(ask)``."""

    def fail(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly\n\tThis probably means …")

    def during(ask):
        with connection.execute_wrapper(fail):
            return ask()

    return during


def caused_by(cause, error=OperationalError):
    found = error(str(cause))
    found.__cause__ = cause
    return found


def locked(tmp_path):
    """Return what SQLite raises where somebody else is writing."""
    writer, other = (sqlite3.connect(tmp_path / "one.sqlite3", timeout=0, isolation_level=None) for _ in range(2))
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        other.execute("BEGIN IMMEDIATE")
    writer.close()
    other.close()
    return caught.value


def nonsense():
    with pytest.raises(sqlite3.OperationalError) as caught, sqlite3.connect(":memory:") as database:
        database.execute("SELECT * FROM nowhere")
    database.close()
    return caught.value


@pytest.mark.parametrize(
    ("error", "outage", "server_gone"),
    [
        (caused_by(PoolTimeout("couldn't get a connection")), True, True),
        (caused_by(psycopg.OperationalError("server closed the connection unexpectedly")), True, True),
        (caused_by(psycopg.errors.AdminShutdown("terminating connection")), True, True),
        (caused_by(psycopg.errors.CannotConnectNow("the database system is starting up")), True, True),
        (caused_by(psycopg.errors.QueryCanceled("statement timeout")), True, False),
        (caused_by(psycopg.errors.DiskFull("no space left"), OperationalError), True, False),
        (caused_by(psycopg.InterfaceError("the connection is closed"), InterfaceError), True, True),
        (caused_by(psycopg.errors.ReadOnlySqlTransaction("a standby"), InternalError), True, False),
        (caused_by(psycopg.errors.UniqueViolation("twice"), IntegrityError), False, False),
        (caused_by(psycopg.errors.UndefinedTable("no such table"), DatabaseError), False, False),
        (RuntimeError("ours"), False, True),
    ],
)
def test_what_postgresql_may_say(error, outage, server_gone):
    assert (is_outage(error), is_away(error)) == (outage, server_gone)


def test_a_locked_sqlite_is_an_outage_and_a_wrong_statement_is_not(tmp_path):
    found = [is_outage(caused_by(cause)) for cause in (locked(tmp_path), nonsense())]

    assert found == [True, False]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_page_that_needs_the_database_says_when_to_come_back(visitor, away, code):
    response = away(lambda: visitor.get(f"/{code}/use-cases/", headers=HTML))

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "5", "no-store")
    assert re.search(r'<html lang="(\w+)"', response.content.decode()).group(1) == code


def test_who_reads_is_told_to_load_the_page_again(visitor, away):
    response = away(lambda: visitor.get("/en/use-cases/", headers=HTML))

    assertContains(response, "Wait a moment, then load this page again.", status_code=503)
    assertNotContains(response, "What you just sent", status_code=503)


def test_who_sent_something_is_told_that_it_may_not_have_arrived(visitor, away):
    typed = {"login": "a@b.example", "password": "x"}

    response = away(lambda: visitor.post("/en/account/login/", typed, headers=HTML))

    assertContains(response, "What you just sent may not have arrived.", status_code=503)


def test_a_save_gets_the_same_status_in_a_word(signed_in, person, away):
    assessment = make_assessment(company=make_company(member=person), version=make_version())
    signed_in.raise_request_exception = False

    response = away(lambda: signed_in.post(reverse("assessment_answer", args=[assessment.pk, "Q1"])))

    assert (response.status_code, response["Retry-After"], response.content) == (503, "5", b"unavailable\n")


def test_the_session_outlives_the_outage(signed_in, away):
    signed_in.raise_request_exception = False

    response = away(lambda: signed_in.get("/en/start/"))

    assert (response.status_code, dict(response.cookies)) == (503, {})
    assert signed_in.get("/en/start/").status_code == 200


def test_it_is_logged_once_without_a_trace(visitor, away, caplog):
    with caplog.at_level("INFO"):
        response = away(lambda: visitor.get("/en/use-cases/"))

    found = [record.msg for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    reason = "server closed the connection unexpectedly"
    assert [(line["event"], line["path"], line["reason"]) for line in found] == [
        ("database away", "/en/use-cases/", reason)
    ]
    assert [record.exc_info for record in caplog.records if record.exc_info] == []
    assert response.status_code == 503


def test_a_fault_of_ours_stays_one(visitor):
    def fail(execute, sql, params, many, context):
        raise IntegrityError("duplicate key")

    with connection.execute_wrapper(fail):
        response = visitor.get("/en/use-cases/")

    assert (response.status_code, "Retry-After" in response) == (500, False)


@pytest.mark.parametrize("name", ["home", "method", "questionnaire", "use_cases", "contract:contract"])
def test_a_page_shown_before_is_shown_again(visitor, away, name):
    make_version()
    before = visitor.get(reverse(name))

    during = away(lambda: visitor.get(reverse(name)))

    assert (during.status_code, during.content, during["Cache-Control"]) == (200, before.content, "no-store")


def test_somebody_signed_in_reads_on_as_a_visitor(visitor, signed_in, person, away):
    make_version()
    anonymous = type(visitor)().get("/en/")
    signed_in.raise_request_exception = False

    during = away(lambda: signed_in.get("/en/"))

    assert (during.status_code, during.content, dict(during.cookies)) == (200, anonymous.content, {})


@pytest.mark.parametrize("name", ["legal", "privacy", "accessibility", "glossary"])
def test_a_page_without_data_needs_no_memory(signed_in, away, name):
    signed_in.raise_request_exception = False

    response = away(lambda: signed_in.get(reverse(name)))

    assert (response.status_code, response.content.decode().count('action="/en/account/logout/"')) == (200, 0)


def test_right_after_a_failure_a_remembered_page_waits_for_nothing(visitor, django_assert_num_queries):
    visitor.get("/en/use-cases/")
    failures.note()

    with django_assert_num_queries(0):
        response = visitor.get("/en/use-cases/")

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "headers"),
    [("?q=capteurs", {}), ("", {"hx-request": "true"}), ("", {"cookie": "csrf=abc"}), ("", {"cookie": "session=abc"})],
)
def test_what_is_of_somebody_is_not_remembered(visitor, query, headers):
    visitor.get(f"/en/use-cases/{query}", headers=headers)

    assert memory_of(MINUTE).pages == {}


def test_what_is_of_somebody_signed_in_is_not_remembered(signed_in):
    for name in EVERYWHERE:
        signed_in.get(reverse(name))

    assert memory_of(DAY).pages == {}


def test_only_public_pages_that_were_shown_are_remembered(visitor):
    for address in ["/en/account/login/", "/en/nowhere/", "/en/use-cases/00000000-0000-4000-8000-000000000000/"]:
        visitor.get(address)
    visitor.head("/en/use-cases/")

    assert (memory_of(DAY).pages, memory_of(MINUTE).pages) == ({}, {})


def test_a_withdrawn_case_is_gone_within_a_minute():
    seconds = marks.on(resolve(f"/en/use-cases/{UUID(int=1)}/").func).public
    memory, response = memory_of(seconds), HttpResponse("a case")
    memory.keep("address", response, asked=100)

    found = [memory.find("address", now=now) is not None for now in (100, 159.9, 160)]

    assert found == [True, True, False]


def test_no_page_that_is_remembered_longer_shows_a_case(visitor):
    make_published(title_en="Sensors in each batch", title_fr="Sensors in each batch")

    pages = [visitor.get(reverse(name)).content.decode() for name in EVERYWHERE]

    lasting = {name for name, view in marks.every_view() if marks.on(view).public > MINUTE}
    assert lasting == {*EVERYWHERE, "questionnaire_dimension", "result_keys"}
    assert sum(page.count("Sensors in each batch") for page in pages) == 0


def test_a_memory_has_a_bound():
    memory = Memory(seconds=60, size=2)

    for number in range(4):
        memory.keep(number % 3, HttpResponse(), asked=0)

    assert list(memory.pages) == [2, 0]


def test_an_address_that_is_none_of_ours_is_not_asked_again(visitor, person, away):
    visitor.force_login(person)

    response = away(lambda: visitor.get("/en/nowhere/"))

    assert response.status_code == 503


def test_a_host_that_is_not_ours_is_refused_from_memory_too(visitor):
    visitor.get("/en/use-cases/")
    failures.note()

    response = visitor.get("/en/use-cases/", headers={"host": "evil.example"})

    assert response.status_code == 400


def test_scripts_and_browsers_are_told_in_their_own_way():
    asked = [RequestFactory().get("/en/", headers=headers) for headers in ({}, HTML)]

    assert [unavailable(one, retry_after=3)["Content-Type"] for one in asked] == [
        "text/plain",
        "text/html; charset=utf-8",
    ]

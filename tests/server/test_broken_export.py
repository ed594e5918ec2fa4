"""An export that the database breaks off: a client of the server and who reads a file are told that it isn't whole."""

import http.client
import os
import subprocess
import sys
import time

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from assessment.models import Export
from tests.exchange.conftest import submitted
from tests.factories import make_company, make_staff
from tests.load.servers import ROOT, gunicorn, serving

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the server is another process than the test"),
]
EXPORT = "/en/admin/assessment/result/export/"
TOKEN = "a" * 32  # against forged requests, the same in form and cookie
WAITING = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'assessment_assessment'::regclass"


@pytest.fixture
def environment(tmp_path):
    """Of another process on this database."""
    given = connection.settings_dict
    user = f"{given['USER']}:{given['PASSWORD']}@" if given["USER"] else ""
    address = f"postgres://{user}{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}/{given['NAME']}"
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENVIRONMENT": "test",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": address,
        "DATA_DIR": str(tmp_path),
        "STAFF_SECOND_FACTOR": "false",
    }


@pytest.fixture
def server(environment):
    with serving(gunicorn, "config.wsgi:application", environment=environment, ready="/livez") as (port, _):
        yield port


@pytest.fixture
def other():
    """Somebody else's session of the same database."""
    given = connection.settings_dict
    named = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(dbname=given["NAME"], **{name: value for name, value in named.items() if value}) as session:
        yield session


@pytest.fixture
def desk(server):
    desk = http.client.HTTPConnection("127.0.0.1", server, timeout=30)
    yield desk
    desk.close()


def asked(desk, *, format):
    """Return the reply to a reviewer who asks for all results, as far as its head."""
    browser = Client()
    browser.force_login(make_staff(group="reviewer"))
    cookies = {settings.SESSION_COOKIE_NAME: browser.session.session_key, settings.CSRF_COOKIE_NAME: TOKEN}
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": TOKEN,
    }
    desk.request("POST", EXPORT, body=f"format={format}&reason=Yearly+review", headers=headers)
    return desk.getresponse()


def waiting(session):
    """Return the session that waits for a lock, once there is one."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if row := session.execute(WAITING).fetchone():
            return row[0]
        time.sleep(0.05)
    raise AssertionError("Nobody waits for a lock.")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_database_that_dies_in_the_middle_leaves_no_file_that_looks_whole(desk, other, format):
    submitted(company=make_company())
    other.execute("LOCK TABLE assessment_assessment IN ACCESS EXCLUSIVE MODE")  # the rows wait, the reply has begun

    reply = asked(desk, format=format)
    other.execute("SELECT pg_terminate_backend(%s)", [waiting(other)])

    assert reply.status == 200
    with pytest.raises(http.client.IncompleteRead):
        reply.read()
    other.rollback()
    export = Export.objects.get()
    assert (export.sha256, export.ended_at) == ("", None)


def test_the_command_says_so_and_its_file_never_gets_the_name(environment, other, tmp_path):
    submitted(company=make_company())
    other.execute("LOCK TABLE assessment_assessment IN ACCESS EXCLUSIVE MODE")
    command = [sys.executable, "manage.py", "export_scores", "--output", str(tmp_path / "scores.csv")]

    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE, text=True
    ) as process:
        other.execute("SELECT pg_terminate_backend(%s)", [waiting(other)])
        said = process.communicate(timeout=30)[1]

    assert process.returncode == 1
    assert [line for line in said.splitlines() if line.startswith("CommandError")] == [
        "CommandError: Broken off, so that what was written is not whole: "
        "terminating connection due to administrator command."
    ]
    assert [path.name for path in tmp_path.glob("scores*")] == ["scores.csv.part"]


def test_the_same_export_arrives_whole_where_nothing_breaks(desk):
    submitted(company=make_company())

    reply = asked(desk, format="csv")

    assert (reply.status, len(reply.read())) == (200, Export.objects.get().size)

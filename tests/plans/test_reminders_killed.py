"""Reminders over a mail server, while the command that writes them and the worker that sends them are killed."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import template
from tests.chaos.ground import environment_for
from tests.mail.sink import Sink
from tests.plans.reminded import addresses

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, KILLS, WITHIN = 40, 6, 120


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "plans.sqlite3"
    with template.filled(str(path)):
        pass
    return path


@pytest.fixture
def environment(tmp_path, database):
    (tmp_path / "media").mkdir()
    chaos = {"DJANGO_SETTINGS_MODULE": "tests.chaos.settings", "EMAIL_HOST": "127.0.0.1"}
    return os.environ | environment_for(tmp_path, f"sqlite:///{database}") | chaos


def written(database):
    """How many reminders stand in the database, from outside."""
    with contextlib.closing(sqlite3.connect(database, timeout=30)) as connection:
        return connection.execute("SELECT count(*) FROM assessment_action WHERE reminded != ''").fetchone()[0]


def write_until_killed(environment, database, kills):
    """Kill the command after a few more reminders, again and again; then let it end. Return how often it was killed."""
    command, killed = [sys.executable, "manage.py", "write_reminders"], 0
    while killed < kills:
        before = written(database)
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and written(database) < before + PEOPLE // (kills + 2):
                time.sleep(0.002)
            process.kill()
        assert process.returncode in (0, -signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
        if written(database) == PEOPLE:
            break
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return killed


def send_until_killed(environment, sink, kills):
    """Kill the worker again and again while it sends; return how often."""
    chance, until, killed = random.Random(1), time.monotonic() + WITHIN, 0
    command = [sys.executable, "-m", "tests.chaos.workers", "plans"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        worker = int(process.stdout.readline())
        while len(set(sink.recipients)) < PEOPLE and time.monotonic() < until:
            time.sleep(chance.uniform(0.02, 0.2))
            if killed < kills and sink.messages:
                os.kill(worker, signal.SIGKILL)
                killed += 1
                worker = int(process.stdout.readline())
        time.sleep(1)  # whatever would be sent twice is sent now
        os.killpg(process.pid, signal.SIGKILL)
    return killed


@pytest.mark.long
def test_each_owner_gets_one_reminder_though_writer_and_worker_are_killed(environment, database):
    prepare = [sys.executable, "manage.py", "createcachetable"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    seed = f"import django; django.setup(); from tests.plans.reminded import seed; seed({PEOPLE})"
    subprocess.run([sys.executable, "-c", seed], cwd=ROOT, env=environment, check=True)

    with Sink() as sink:
        environment["EMAIL_PORT"] = str(sink.port)
        writers = write_until_killed(environment, database, kills=3)
        workers = send_until_killed(environment, sink, KILLS)

    # SMTP leaves one moment in which a kill sends a message twice: mail programs know such a one by its number
    people = {message["Message-ID"]: message["To"] for message in sink.messages}
    assert (writers, workers) == (3, KILLS)
    assert Counter(people.values()) == Counter(addresses(PEOPLE))
    assert len(sink.messages) - len(people) <= workers
    assert {message["Subject"].strip() for message in sink.messages} == {
        "Bientôt à échéance dans le plan de l’entreprise Acme / Due soon in the plan of Acme"
    }

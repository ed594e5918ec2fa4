"""Kill every process of the real server at random, and show that no acknowledged answer is lost or altered.

    python -m tests.chaos.kill --kills 200 --saves 5000                    # SQLite
    python -m tests.chaos.kill --kills 200 --saves 5000 --postgres URL     # a database of its own on that server
    python -m tests.chaos.kill --application tests.chaos.broken:application # must find losses

Eight clients save answers and note each acknowledgement; another thread sends SIGKILL to the server's whole process
group after 5 to 400 ms and starts it again. At the end every answer must be the last acknowledged one, or a later one
that was sent without an acknowledgement, and every acknowledged save must stand once in the history.
"""

import argparse
import contextlib
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from tests.load.client import Connection, request
from tests.load.servers import BIN, ROOT, free_port

CLIENTS = 8


@dataclass
class Journal:
    """What was sent and what was acknowledged for each (assessment, question), in order."""

    sent: dict = field(default_factory=lambda: defaultdict(list))  # → [(request id, choice)]
    acknowledged: dict = field(default_factory=lambda: defaultdict(list))
    kills: int = 0

    @property
    def saves(self):
        return sum(map(len, self.acknowledged.values()))


class Server:
    """The real application server, in a process group of its own."""

    def __init__(self, application, environment, folder):
        self.port, self.folder = free_port(), folder
        sizes = ["--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{self.port}"]
        self.command = [str(BIN / "gunicorn"), "--config", "config/gunicorn.py", *sizes, application]
        self.environment = os.environ | environment
        self.process = None

    def start(self):
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError, EOFError):
                connection = Connection(self.port)
                status = connection.ask(request("GET", "/readyz")).status
                connection.close()
                if status == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError("The server did not come back. " + (self.folder / "server.log").read_text()[-3000:])

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def clients_work(respondents, journal, server, *, enough, chance):
    """Run the clients until ``enough()``; each tries a save again, under its id, until it is acknowledged."""
    threads = [
        threading.Thread(
            target=client_works, args=(number, respondents, journal, server, enough, chance.randrange(1 << 30))
        )
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    return threads


def client_works(number, respondents, journal, server, enough, seed):
    chance, connection = random.Random(seed), Connection(server.port)
    visitor, assessment = respondents.visitors[number], respondents.assessments[number]
    choices = [question for question in respondents.questionnaire.questions if question.kind == "choice"][:12]
    revisions = defaultdict(int)
    while not enough():
        question = chance.choice(choices)
        choice, save = chance.choice(question.choices).code, uuid.uuid4()
        key = (assessment.pk, question.code)
        journal.sent[key].append((save, choice))
        fields = {"pick": f"choice.{choice}", "revision": revisions[question.code], "request": save}
        message = visitor.post(
            f"/fr/assessments/{assessment.pk}/answers/{question.code}/",
            {f"{question.code}-{name}": value for name, value in fields.items()},
        )
        revision = acknowledged(connection, message, enough)
        if revision is None:
            continue
        journal.acknowledged[key].append((save, choice))
        revisions[question.code] = revision


def acknowledged(connection, message, enough):
    """Return the revision that the server gave, or None where the run ended first."""
    while not enough():
        with contextlib.suppress(OSError, EOFError, ValueError, IndexError):
            response = connection.ask(message)
            if response.status == 200 and "x-revision" in response.headers:
                return int(response.headers["x-revision"][0])
            if response.status not in {500, 502, 503, 504}:
                raise AssertionError(f"{response.status}: {response.body[:300]}")
        connection.close()
        time.sleep(0.02)
    return None


def lost(journal):
    """Yield a line for each acknowledged answer that the database does not hold."""
    from assessment.models import Answer, AnswerChange

    stored = {(row.assessment_id, row.question): row for row in Answer.objects.all()}
    history = defaultdict(list)
    for change in AnswerChange.objects.all():
        history[(change.assessment_id, change.question)].append((change.request, change.value))
    for key, acknowledgements in journal.acknowledged.items():
        sent = [save for save, _choice in journal.sent[key]]
        last = sent.index(acknowledgements[-1][0])
        allowed = set(sent[last:])
        row = stored.get(key)
        if row is None or row.request not in allowed:
            yield f"{key}: the last acknowledged answer is not the stored one"
        for save, choice in acknowledgements:
            if history[key].count((save, {"choices": [choice]})) != 1:
                yield f"{key}: the acknowledged save {save} is not once in the history"


def run(*, application, environment, folder, kills, saves, seed):
    """Return the journal and what was lost. Django is set up on the same database as the server."""
    from django.core.management import call_command

    from tests.load.scenarios import Respondents

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_questionnaire", str(ROOT / "fixtures" / "questionnaire-2026.0.yaml"), "--publish", verbosity=0)
    chance, journal = random.Random(seed), Journal()
    respondents = Respondents(CLIENTS)
    server = Server(application, environment, folder)
    done, threads = threading.Event(), []
    try:
        server.start()
        server.wait()
        threads = clients_work(respondents, journal, server, enough=done.is_set, chance=chance)
        while journal.kills < kills or journal.saves < saves:
            time.sleep(chance.uniform(0.005, 0.4))
            if journal.kills < kills:
                server.kill()
                journal.kills += 1
                server.start()
                server.wait()
    finally:
        done.set()
        for thread in threads:
            thread.join()
        server.kill()
    return journal, list(lost(journal))


def environment_for(folder, database):
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "https://127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "WARNING",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
    }


@contextlib.contextmanager
def database_on(server, folder):
    """Give the address of an empty database: a file, or one made on the PostgreSQL server and dropped afterwards."""
    if server is None:
        yield f"sqlite:///{folder}/chaos.sqlite3"
        return
    import psycopg

    name = f"chaos_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server}/{name}"
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--saves", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", help="address of a server, without a database")
    parser.add_argument("--application", default="config.wsgi:application")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = type(ROOT)(name)
        (folder / "static").mkdir()
        with database_on(options.postgres, folder) as database:
            environment = environment_for(folder, database)
            os.environ.update(environment)
            import django

            django.setup()
            journal, losses = run(
                application=options.application,
                environment=environment,
                folder=folder,
                kills=options.kills,
                saves=options.saves,
                seed=options.seed,
            )
            if losses:
                print((folder / "server.log").read_text()[-2000:])
    print("\n".join(losses[:20]))
    print(f"{journal.saves} saves acknowledged, {journal.kills} kills, {len(losses)} lost or altered")
    sys.exit(1 if losses else 0)


if __name__ == "__main__":
    main()

"""Clients that save without pause, each in an assessment of its own, and try a save again until it is acknowledged."""

import contextlib
import random
import threading
import time
from collections import defaultdict

from assessment.models import User
from assessment.models.compiled import compiled
from tests.chaos.journal import Save
from tests.factories import FIXTURES, make_assessment, make_company, make_version, serial
from tests.load.client import Connection
from tests.load.scenarios import Visitor

CLIENTS, QUESTIONS = 8, 12
FAILURES = {500, 502, 503, 504}


def somebody():
    """Make a user without a password: to hash one for each would take longer than all the rest."""
    return User.objects.create(email=f"person{next(serial)}@company.example")


class Respondent:
    """Somebody signed in, the only member of a company, with a new assessment of the real questionnaire."""

    def __init__(self):
        person = somebody()
        self.visitor = Visitor(person)
        version = make_version(file=FIXTURES / "questionnaire-2026.0.yaml")
        self.assessment = make_assessment(company=make_company(member=person), version=version)
        self.questions = [question for question in compiled(version).questions if question.kind == "choice"]


class Clients:
    def __init__(self, journal, port, *, seed):
        self.journal, self.port = journal, port
        self.respondents = [Respondent() for _ in range(CLIENTS)]
        self.over, self.errors = threading.Event(), []
        self.last = time.monotonic()  # when the last save was acknowledged
        chance = random.Random(seed)
        self.threads = [
            threading.Thread(target=self.work, args=(number, random.Random(chance.random())))
            for number in range(CLIENTS)
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        for thread in self.threads:
            thread.join()

    @property
    def saves(self):
        return len(self.journal.acknowledged)

    def wait_for_one(self, since, *, within=60):
        """Return once a save that came after ``since`` (a count of saves) is acknowledged."""
        until = time.monotonic() + within
        while self.saves <= since:
            if self.errors or time.monotonic() > until:
                raise RuntimeError(f"No save was acknowledged for {within} s. {self.errors[:3]}")
            time.sleep(0.005)

    def work(self, number, chance):
        try:
            self.save_on(number, chance)
        except Exception as error:
            self.errors.append(repr(error))
            self.over.set()

    def save_on(self, number, chance):
        respondent = self.respondents[number]
        connection, revisions = Connection(self.port), defaultdict(int)
        while not self.over.is_set():
            question = chance.choice(respondent.questions[:QUESTIONS])
            choice, base = chance.choice(question.choices).code, revisions[question.code]
            save = Save(respondent.assessment.pk, question.code, choice, base)
            self.journal.send(save)
            revision = self.acknowledged(connection, respondent.visitor.post(save.path, save.fields))
            if revision:
                self.journal.acknowledge(save, revision)
                self.last, revisions[question.code] = time.monotonic(), revision
        connection.close()

    def ask(self, connection, message):
        return connection.ask(message)

    def acknowledged(self, connection, message):
        """Return the revision that the server gave, or None where the run ended first."""
        while not self.over.is_set():
            with contextlib.suppress(OSError, EOFError, ValueError, IndexError):
                response = self.ask(connection, message)
                if response.status == 200 and "x-revision" in response.headers:
                    return int(response.headers["x-revision"][0])
                if response.status not in FAILURES:
                    raise AssertionError(f"{response.status}: {response.body[:300]}")
            connection.close()
            time.sleep(0.01)
        return None

"""A mail server that hangs, refuses, is shut and dies half-way, and a worker that is killed again and again.

People ask for codes and save answers meanwhile. No page and no save waits for a mail server; once it is back, everybody
who was told that a message comes has got it. SMTP leaves one moment in which a kill sends a message twice, between the
server's word that it has it and ours: such a one must have the number of the first, by which mail programs tell.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from assessment.actions.notices import post
from mail.models import Letter
from tests.chaos.clients import somebody
from tests.chaos.journal import Journal
from tests.chaos.outage import Observed, ask, spread
from tests.load.client import Connection, request
from tests.load.scenarios import CSRF, PROXY
from tests.load.servers import ROOT
from tests.mail.sink import BUSY, DIES, HANGS, SHUT, WORKS, Sink

TWINS = {"tests.chaos.broken:sends()": "sends its e-mails in the request"}
FAULT = 2  # seconds; a mail server that hangs keeps a request for four or five
ASKERS, MOST, DELIVERED_WITHIN = 2, 250, 120


class Asker(threading.Thread):
    """Asks for a code for one person after the other, each from an address of their own."""

    def __init__(self, port, number):
        super().__init__()
        self.port, self.number, self.over = port, number, threading.Event()
        self.people = [somebody().email for _ in range(MOST)]
        self.replies, self.promised = [], []
        with translation.override("fr"):
            self.path = reverse("account_request_login_code")

    def run(self):
        while self.people and not self.over.wait(0.1):
            email = self.people.pop()
            connection = Connection(self.port)
            with contextlib.suppress(OSError, EOFError):
                _response, reply = ask(connection, self.message(email))
                self.replies.append(reply)
                if reply.status == 302:
                    self.promised.append(email)
            connection.close()

    def message(self, email):
        place = len(self.replies)
        headers = PROXY | {
            "X-Forwarded-For": f"10.{self.number}.{place}.1",
            "Cookie": f"{settings.CSRF_COOKIE_NAME}={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return request("POST", self.path, headers=headers, body=urlencode({"email": email}).encode())


class Worker:
    """The worker, and how often it was killed."""

    def __init__(self, ground):
        self.command = [sys.executable, "-m", "tests.chaos.workers", "chaos"]
        self.environment, self.log, self.kills = os.environ | ground.environment, ground.folder / "server.log", 0

    def __enter__(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        self.worker = int(self.process.stdout.readline())
        return self

    def __exit__(self, *error):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def kill(self):
        os.kill(self.worker, signal.SIGKILL)
        self.kills += 1
        self.worker = int(self.process.stdout.readline())


def run(ground, sizes, application):
    Letter.objects.all().delete()
    journal, chance = Journal(), random.Random(sizes.seed)
    with Sink() as sink:
        place = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(sink.port)}
        served = replace(ground, environment=ground.environment | place)
        with served.serving(application) as server, Worker(served) as worker:
            with Observed(journal, server.port, seed=sizes.seed) as clients, asking(server.port) as askers:
                began = fail(sink, sizes.mail)
            written = write(sizes.letters)
            sink.mood = WORKS
            deliver(worker, sizes.mail_kills, chance)
    promised = [*written, *(email for asker in askers for email in asker.promised)]
    asked = [reply for asker in askers for reply in asker.replies]
    problems = [*clients.errors, *journal.problems(), *delivered(sink, promised, worker.kills)]
    problems += [*slow("asking for a code", asked, began), *slow("saving", clients.replies, began)]
    problems += [f"asking for a code got {reply.status}" for reply in asked if reply.status != 302]
    doubles = len(sink.numbers) - len(set(sink.numbers))
    what = f"{len(promised)} e-mails, a mail server that hung for {sizes.mail} s, worker killed {worker.kills} times"
    told = f"{doubles} sent twice under one number; codes asked for in {spread(times(asked, began))}"
    return f"{what}: {told}, saves in {spread(times(clients.replies, began))}", problems


def write(count):
    """What the product writes by itself, to so many people; return their addresses."""
    addresses = [f"letter{number}@company.example" for number in range(count)]
    for address in addresses:
        post(address, "A subject", "A body")
    return addresses


@contextlib.contextmanager
def asking(port):
    askers = [Asker(port, number) for number in range(ASKERS)]
    for asker in askers:
        asker.start()
    try:
        yield askers
    finally:
        for asker in askers:
            asker.over.set()
        for asker in askers:
            asker.join()


def fail(sink, seconds):
    """Let it work for a moment, then fail in each way; return when that began."""
    time.sleep(seconds / 2)
    began = time.monotonic()
    for mood, share in [(HANGS, 1), (BUSY, 4), (SHUT, 4), (DIES, 4)]:
        sink.mood = mood
        time.sleep(seconds / share)
    return began


def deliver(worker, kills, chance):
    """Let the worker send what waits, and kill it under way."""
    until = time.monotonic() + DELIVERED_WITHIN
    while (Letter.objects.unsent().exists() or worker.kills < kills) and time.monotonic() < until:
        time.sleep(chance.uniform(0.01, 0.2))
        if worker.kills < kills:
            worker.kill()


def times(replies, since):
    return [reply.took for reply in replies if reply.sent > since]


def p95(values):
    return sorted(values)[int(len(values) * 0.95)] if values else 0


def slow(what, replies, began):
    """Compared with the same before the mail server failed, since other work slows this machine too."""
    before = p95([reply.took for reply in replies if reply.sent <= began])
    since = p95(times(replies, began))
    if since > max(FAULT, 3 * before):
        yield f"{what} took {since:.1f} s (p95), {before:.1f} s before"


def delivered(sink, promised, kills):
    """Yield who got nothing, who got two different messages, and doubles that no kill explains."""
    numbers = Counter(sink.numbers)
    people = Counter(
        message["To"] for message in {message["Message-ID"]: message for message in sink.messages}.values()
    )
    yield from (f"{email} got no message" for email in promised if not people[email])
    yield from (f"{email} got {count} messages" for email, count in people.items() if count > 1)
    if sum(numbers.values()) - len(numbers) > kills:
        yield "messages were sent twice without a kill"
    if not promised:
        yield "nobody was promised a message"
    if Letter.objects.exists():
        yield f"{Letter.objects.count()} messages were left"

"""Take PostgreSQL away for a while under 8 clients that save and visitors who read.

While it is away each save gets 503 with Retry-After within two seconds, the public pages stay, and nothing that was
acknowledged is lost; once it is back, saving goes on by itself. Times are those a client sees: on a machine that does
other things too they are longer than the server's, so that a fault is only what is far above the promise.
"""

import threading
import time
from dataclasses import dataclass

from django.db import connections

from tests.chaos.clients import Clients
from tests.chaos.journal import Journal
from tests.load.client import Connection, request
from tests.load.scenarios import PROXY

TWINS = {
    "tests.chaos.broken:fails()": "answers 500",
    "tests.chaos.broken:waits()": "waits for its database",
}
PAGES = ["/fr/", "/en/method/", "/fr/questionnaire/", "/fr/glossary/", "/en/legal/", "/fr/use-cases/", "/livez"]
# With a session that nobody can read now; the first is remembered, the second needs no database
SIGNED_IN = ["/fr/", "/en/privacy/"]
OWN = "/fr/start/"  # must be refused, like a save
PROMISE, FAULT = 2, 4  # seconds
BACK_WITHIN = 10
# Pages of use cases are shown for a minute at most, on purpose
REMEMBERED = 58


@dataclass(frozen=True, slots=True)
class Reply:
    sent: float
    took: float
    status: int
    retry_after: bool
    process: str = ""

    def shown_since(self, moment):
        return self.status == 200 and self.sent > moment


def ask(connection, message):
    sent = time.monotonic()
    response = connection.ask(message)
    headers = response.headers
    took = time.monotonic() - sent
    return response, Reply(sent, took, response.status, "retry-after" in headers, headers.get("x-process", [""])[0])


class Observed(Clients):
    """Clients that note how each save was answered, and when."""

    def __init__(self, journal, port, *, seed):
        super().__init__(journal, port, seed=seed)
        self.replies = []

    def ask(self, connection, message):
        response, reply = ask(connection, message)
        self.replies.append(reply)
        return response


class Visitors(threading.Thread):
    """Reads one public page after the other, each on a connection of its own, as strangers do."""

    def __init__(self, port, session):
        super().__init__()
        self.port, self.over, self.replies = port, threading.Event(), []
        self.messages = [(path, request("GET", path, headers=PROXY)) for path in PAGES]
        self.messages += [(f"{path} signed in", session.get(path)) for path in SIGNED_IN]
        self.messages.append((OWN, session.get(OWN)))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.join()

    def run(self):
        while not self.over.is_set():
            for path, message in self.messages:
                self.replies.append((path, read(self.port, message)))

    def met(self, processes, *, within=60):
        """Return since when each process has shown each page, once it has."""
        since = time.monotonic()
        wanted = {(path, str(process)) for path, _ in self.messages for process in processes}
        while missing := wanted - {(path, reply.process) for path, reply in self.replies if reply.shown_since(since)}:
            if time.monotonic() > since + within:
                raise RuntimeError(f"Pages that a process never showed: {sorted(missing)}.")
            time.sleep(0.05)
        return since


def read(port, message):
    connection = Connection(port)
    try:
        return ask(connection, message)[1]
    finally:
        connection.close()


def run(ground, sizes, application):
    journal, seen, pauses = Journal(), Seen(), []
    with ground.serving(application) as server, Observed(journal, server.port, seed=sizes.seed) as clients:
        workers, session = server.workers, clients.respondents[0].visitor
        with Visitors(server.port, session) as some, Visitors(server.port, session) as others:
            for _ in range(sizes.outages):
                remembered = some.met(workers) + REMEMBERED
                clients.wait_for_one(clients.saves + 20)
                away = take_away(ground.cluster, sizes.away)
                pauses.append(back(clients))
                seen.look(clients.replies, some.replies + others.replies, *away, remembered)
        same = server.workers == workers
    connections.close_all()
    problems = [*clients.errors, *journal.problems(), *seen.problems()]
    problems += [f"the first save came {pause:.1f} s after the database" for pause in pauses if pause > BACK_WITHIN]
    if not same:
        problems.append("a process of the server was replaced")
    what = f"{clients.saves:,} answers acknowledged, PostgreSQL away {sizes.outages} times for {sizes.away} s"
    return f"{what}; {seen}; first save at most {max(pauses):.1f} s after it was back", problems


def take_away(cluster, seconds):
    """Return since when the database was away, and until when."""
    cluster.stop("fast")
    since = time.monotonic()
    time.sleep(seconds)
    until = time.monotonic()
    cluster.start()
    return since, until


def back(clients):
    began, saves = time.monotonic(), clients.saves
    clients.wait_for_one(saves)
    return time.monotonic() - began


class Seen:
    """What was answered to requests that were sent while the database was away."""

    def __init__(self):
        self.saves, self.pages = [], []

    def look(self, saves, pages, since, until, remembered):
        self.saves += [reply for reply in list(saves) if since < reply.sent < until]
        self.pages += [(path, reply) for path, reply in pages if since < reply.sent < min(until, remembered)]

    def problems(self):
        for reply in self.saves:
            # One sent in the last moments may have met the database again
            if (reply.status, reply.retry_after) not in {(503, True), (200, False)}:
                yield f"a save got {reply.status}, Retry-After {reply.retry_after}"
            if reply.took > FAULT:
                yield f"a save was answered after {reply.took:.1f} s"
        for path, reply in self.pages:
            refused = path == OWN and reply.status == 503 and reply.retry_after
            if reply.status != 200 and not refused:
                yield f"{path} got {reply.status}, Retry-After {reply.retry_after}"
        yield from {f"{path} took {reply.took:.1f} s" for path, reply in self.pages if reply.took > FAULT}
        if not any(reply.status == 503 for reply in self.saves):
            yield "no save was answered while the database was away"

    def __str__(self):
        saves = [reply.took for reply in self.saves]
        pages = [reply.took for _, reply in self.pages]
        late = sum(took > PROMISE for took in saves)
        return f"{len(saves)} saves refused ({spread(saves)}, {late} over {PROMISE} s), {len(pages)} pages read ({spread(pages)})"


def spread(times):
    if not times:
        return "none"
    return f"p95 {sorted(times)[int(len(times) * 0.95)]:.1f} s, at most {max(times):.1f} s"

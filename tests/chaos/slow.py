"""Two hundred clients send, read or wait at a snail's pace: everybody else is served as before.

Without a proxy, and behind each documented one that this machine has. The slow come again as soon as they are turned
away. Times are those of the client, on the same processors: a page that takes a second is a fault, or thrice what it
took before they came where that is longer, since other work slows this machine too.
"""

import contextlib
import threading
import time
from collections import Counter

from tests.chaos import proxies
from tests.chaos.clients import somebody
from tests.chaos.crawlers import KINDS, Crawlers
from tests.chaos.ground import APPLICATION
from tests.load.client import Connection, request
from tests.load.scenarios import PROXY, Visitor

THREADS = "gunicorn's own threads"
TWINS = {THREADS: "lets a slow client hold a thread"}
CROWD = 200
WITHIN = 1.0
EVERY = 0.15  # seconds
PAGES = ["/fr/", "/en/privacy/", "/fr/glossary/", "/en/legal/"]  # what an empty site has
HEALTH = ["/livez", "/readyz"]


class Others(threading.Thread):
    """Asks for one page after the other, each on a connection of its own, and notes how it was answered."""

    def __init__(self, port, messages):
        super().__init__()
        self.port, self.messages, self.over = port, messages, threading.Event()
        self.statuses, self.times = Counter(), []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.join()

    def run(self):
        number = 0
        while not self.over.wait(EVERY):
            self.ask(self.messages[number % len(self.messages)])
            number += 1

    def ask(self, message):
        connection, began, status = Connection(self.port, timeout=20), time.monotonic(), 0
        with contextlib.suppress(OSError, EOFError):
            status = connection.ask(message).status
        connection.close()
        self.statuses[status] += 1
        self.times.append(time.monotonic() - began)

    @property
    def p95(self):
        return sorted(self.times)[int(len(self.times) * 0.95)] if self.times else 0


def run(ground, sizes, application):
    options = ["--worker-class", "gthread"] if application == THREADS else []
    own = Visitor(somebody()).get("/fr/start/")
    told, problems = [], []
    with ground.serving(APPLICATION, options=options) as server:
        for way in ways(sizes, application):
            with way_to(way, server.port, ground.folder) as port:
                said, faults = go_through(port, own, sizes)
            told.append(f"{way}: {said}")
            problems += [f"{way}: {fault}" for fault in faults]
    return "; ".join(told), problems


def ways(sizes, application):
    """In short, and for the twin, the bare server is enough."""
    if not sizes.proxies or application == THREADS:
        return ["no proxy"]
    missing = sorted(set(proxies.KNOWN) - set(proxies.installed()))
    if missing:
        print(f"Left out of slow: {', '.join(missing)}, not on this machine.")
    return ["no proxy", *proxies.installed()]


def way_to(way, port, folder):
    return contextlib.nullcontext(port) if way == "no proxy" else proxies.before(way, port, folder)


def go_through(port, own, sizes):
    """Each kind by itself where there is time, all at once otherwise."""
    pages = [*(request("GET", path, headers=PROXY) for path in PAGES), own]
    quiet = watch(port, pages, 2, [])[0].p95
    crowds = [[kind] for kind in KINDS] if sizes.slow > 5 else [list(KINDS)]
    said, faults = [], []
    for kinds in crowds:
        readers, health = watch(port, pages, sizes.slow, kinds)
        name = " and ".join(kinds)
        said.append(f"{name} p95 {readers.p95:.2f} s")
        faults += [f"{name}: {fault}" for fault in problems_of(readers, health, max(WITHIN, 3 * quiet))]
    return f"before p95 {quiet:.2f} s, {CROWD} at once: {', '.join(said)}", faults


def watch(port, pages, seconds, kinds):
    health = [request("GET", path, headers=PROXY) for path in HEALTH]
    with Crawlers(kinds, CROWD if kinds else 0, port), Others(port, pages) as readers, Others(port, health) as asked:
        time.sleep(seconds)
    return readers, asked


def problems_of(readers, health, within):
    for who, others in [("pages", readers), ("health", health)]:
        bad = {status or "no answer": count for status, count in others.statuses.items() if status != 200}
        if bad:
            yield f"{who} got {bad}"
        if others.p95 >= within:
            yield f"{who} took {others.p95:.2f} s (p95 of {len(others.times)})"
    if not readers.times or not health.times:
        yield "nothing was asked for"

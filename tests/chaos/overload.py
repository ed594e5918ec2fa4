"""Ask for five times as many pages as can be served while eight people save: the excess is refused at once.

First the rate that this machine sustains is measured, by readers who ask again as soon as they are answered. Then pages
are asked for at five times that rate, each when it is due, whether or not others were answered. All times are those of
the client, which has the same processors as the server.
"""

import asyncio
import itertools
import random
import time
from collections import Counter
from pathlib import Path

from django.db import connections

from tests.chaos.clients import Clients
from tests.chaos.journal import Journal
from tests.load.client import FORK, measure

TWINS = {"tests.chaos.broken:admits()": "admits everybody"}
READERS = 6
A_CLASS = 30  # pages asked for in the same moment, by people who then read: nobody of them may be refused
TIMES = 5
SAVE_EVERY = 0.5  # seconds, each of eight people
AT_MOST = 600  # requests under way: a client that can't keep up says so
GIVE_UP = 30


class Paced(Clients):
    """Clients that save now and then, as people do, and note how long each save took until it was acknowledged."""

    def __init__(self, journal, port, *, seed):
        super().__init__(journal, port, seed=seed)
        self.times, self.statuses = [], Counter()

    def acknowledged(self, connection, message):
        self.over.wait(random.uniform(0, 2 * SAVE_EVERY))
        began = time.monotonic()
        revision = super().acknowledged(connection, message)
        if revision:
            self.times.append(time.monotonic() - began)
        return revision

    def ask(self, connection, message):
        response = connection.ask(message)
        self.statuses[response.status] += 1
        return response


def run(ground, sizes, application):
    journal = Journal()
    with ground.serving(application) as server:
        clients = Paced(journal, server.port, seed=sizes.seed)
        messages = [page_of(respondent) for respondent in clients.respondents]
        sustained = measure(reader(messages), port=server.port, clients=READERS, seconds=sizes.overload / 4)
        together = flood(messages, server.port, rate=100 * A_CLASS, seconds=0.01)
        workers, before = server.workers, memory(server)
        with clients:
            replies = flood(messages, server.port, rate=TIMES * sustained.rate, seconds=sizes.overload)
        same, after = server.workers == workers, memory(server)
    connections.close_all()
    excess = [took for status, took, polite in replies if status == 503 and polite]
    slowest = max(took for _, took, _ in together)
    what = (
        f"a class of {len(together)} served within {slowest:.1f} s; "
        f"{sustained.rate:.0f} pages a second sustained, {len(replies) / sizes.overload:.0f} asked for: "
        f"{told(replies)}, excess {spread(excess)}; {len(clients.times)} saves, {in_time(clients.times):.0%} within 2 s "
        f"({spread(clients.times)}), {clients.statuses[503]} sent again; {after - before:+.0f} MB"
    )
    refused = sum(status != 200 for status, *_ in together)
    problems = [f"{refused} of a class of {len(together)} were refused"] if refused else []
    problems += [*clients.errors, *journal.problems(), *problems_of(replies, excess, clients.times)]
    return what, problems if same else [*problems, "a process of the server was replaced"]


def page_of(respondent):
    dimension = respondent.questions[0].code.partition(".")[0]
    return respondent.visitor.get(f"/fr/assessments/{respondent.assessment.pk}/dimensions/{dimension}/")


def reader(messages):
    def visits(number):
        for message in itertools.cycle(messages[number:] + messages[:number]):
            _reply = yield message

    return visits


def memory(server):
    """Return the megabytes that the workers hold."""
    pages = [int(Path(f"/proc/{worker}/statm").read_text().split()[1]) for worker in server.workers]
    return sum(pages) * 4096 / 1e6


def problems_of(replies, excess, saves):
    if not excess:
        yield "nothing was refused: the server was not overloaded"
    elif sorted(excess)[int(len(excess) * 0.95)] >= 1:
        yield f"the excess waited: {spread(excess)}"
    for status, count in Counter(status for status, _, polite in replies if (status, polite) != (503, True)).items():
        if status != 200:
            yield f"{count} pages got {status or 'no answer'}"
    if in_time(saves) < 0.95:
        yield f"{in_time(saves):.0%} of saves were answered within 2 s ({spread(saves)})"


def in_time(times):
    return sum(took <= 2 for took in times) / max(1, len(times))


def told(replies):
    return ", ".join(f"{count} × {status or 'none'}" for status, count in Counter(one[0] for one in replies).items())


def spread(times):
    if not times:
        return "none"
    times = sorted(times)
    return f"p50 {times[len(times) // 2]:.2f} s, p95 {times[int(len(times) * 0.95)]:.2f} s, at most {times[-1]:.2f} s"


def flood(messages, port, *, rate, seconds):
    """Ask from a process of its own, so that the people who save don't wait for it."""
    replies = FORK.SimpleQueue()
    process = FORK.Process(target=lambda: replies.put(asyncio.run(ask_all(messages, port, rate, seconds))), daemon=True)
    process.start()
    found = replies.get()
    process.join()
    return found


async def ask_all(messages, port, rate, seconds):
    """Return (status, seconds, whether Retry-After was said) of each request; status 0 where none came."""
    replies, under_way, loop = [], set(), asyncio.get_running_loop()
    began = loop.time()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0, due - loop.time()))
        if len(under_way) >= AT_MOST:
            replies.append((0, loop.time() - due, False))
            continue
        task = asyncio.create_task(ask(messages[number % len(messages)], port, due, replies))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    return replies


async def ask(message, port, due, replies):
    status, head, loop = 0, b"", asyncio.get_running_loop()
    try:
        async with asyncio.timeout(GIVE_UP):
            source, target = await asyncio.open_connection("127.0.0.1", port)
            target.write(message.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            head, _, _ = (await source.read()).partition(b"\r\n\r\n")
            target.close()
        status = int(head.split(b" ", 2)[1])
    except (OSError, TimeoutError, IndexError):
        pass
    replies.append((status, loop.time() - due, b"retry-after:" in head.lower()))

"""Save through a proxy that loses 30 % of requests and 30 % of replies: everything arrives, exactly once.

Each question is kept as the page keeps it: one save under way, the last value wins, the same id when the same value
is sent again, growing waits between. The proxy recovers once all is typed; all must be saved within 60 s of that.
Then every acknowledged save, old or new, is sent once more: it must get its first reply and change nothing.
"""

import asyncio
import contextlib
import itertools
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.clients import Respondent
from tests.chaos.journal import Journal, Save
from tests.chaos.proxy import LOST_REPLIES, Proxy, outcome

TWINS = {
    "tests.chaos.broken:forgets()": "takes a save sent again for a new one",
    "tests.chaos.broken:reorders()": "lets a late save replace a newer one",
}
PEOPLE, VALUES, LIMIT, TOGETHER = 5, 4, 60, 5
WAITS = [1, 2, 4, 8, 15, 30]  # as in static/js/answers.js, in first waits


@dataclass
class Field:
    """One question on one page."""

    respondent: Respondent
    question: object
    journal: Journal
    wait: float
    chance: random.Random
    revision: int = 0
    latest: Save = None
    kept: Save = None
    typed: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def type_values(self):
        for _ in range(VALUES):
            choice = self.chance.choice(self.question.choices).code
            await asyncio.sleep(self.chance.uniform(0, 20 * self.wait))
            self.latest = Save(self.respondent.assessment.pk, self.question.code, choice, self.revision)
            self.changed.set()
        self.typed = True
        self.changed.set()

    async def keep(self, port):
        """Return once all is typed and the last value is acknowledged."""
        typing = asyncio.create_task(self.type_values())
        while not self.typed:
            await self.changed.wait()
            self.changed.clear()
            while self.kept is not self.latest:
                await self.keep_value(self.latest, port)
        await typing

    async def keep_value(self, save, port):
        self.journal.send(save)
        for tries in itertools.count():
            if await self.saved(save, port):
                self.kept = save
                return
            wait = WAITS[min(tries, len(WAITS) - 1)] * self.wait * self.chance.uniform(0.75, 1.25)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.changed.wait(), wait)
            self.changed.clear()
            if save is not self.latest:
                return

    async def saved(self, save, port):
        status, revision = outcome(await ask(port, self.respondent.visitor.post(save.path, save.fields)))
        if status not in {0, 200}:
            raise AssertionError(f"{save.question}: {status}")
        if revision:
            self.revision = int(revision)
            self.journal.acknowledge(save, self.revision)
        return bool(revision)


async def ask(port, message):
    """Return the bytes of the reply, all or some or none of them."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(message)
        reply = await reader.read()
        writer.close()
    except OSError:
        return b""
    return reply


def run(ground, sizes, application):
    journals = [Journal() for _ in range(sizes.runs)]
    pages = [fields_for(sizes, journal, random.Random(sizes.seed + n)) for n, journal in enumerate(journals)]
    with ground.serving(application) as server:
        found = asyncio.run(all_runs(server, pages, journals, sizes))
    problems = [problem for one in found for problem in one["problems"]]
    problems += [problem for journal in journals for problem in journal.problems()]
    fates, slowest = sum((one["fates"] for one in found), Counter()), max(one["seconds"] for one in found)
    saves = sum(len(journal.acknowledged) for journal in journals)
    if slowest > LIMIT:
        problems.append(f"a run converged {slowest:.0f} s after recovery")
    requests, replies = fates["request_dropped"], sum(fates[name] for name in set(LOST_REPLIES))
    what = (
        f"{sizes.runs} × {sizes.answers} answers, {saves:,} saves, {requests:,} requests and {replies:,} replies lost"
    )
    return f"{what}, the last one in {slowest:.0f} s after recovery", problems


def fields_for(sizes, journal, chance):
    """Spread the answers over several people's pages."""
    people = [Respondent() for _ in range(PEOPLE)]
    pages = [(person, question) for person in people for question in person.questions[: sizes.answers // PEOPLE]]
    return [Field(*page, journal, sizes.wait_ms / 1000, random.Random(chance.random())) for page in pages]


async def all_runs(server, pages, journals, sizes):
    """A run is mostly waiting: a few go on at the same time, each behind a proxy of its own."""
    few = asyncio.Semaphore(TOGETHER)

    async def one(number):
        async with few:
            return await one_run(server, pages[number], journals[number], sizes, sizes.seed + number)

    return await asyncio.gather(*map(one, range(sizes.runs)))


async def one_run(server, fields, journal, sizes, seed):
    async with Proxy(server.port, seed=seed) as proxy:
        keeping = asyncio.gather(*(one.keep(proxy.port) for one in fields))
        while not all(one.typed for one in fields):
            await asyncio.sleep(sizes.wait_ms / 1000)
        proxy.recover()
        recovered = time.monotonic()
        await asyncio.wait_for(keeping, LIMIT * 3)
        seconds = time.monotonic() - recovered
    unsaved = [f"{one.question.code}: the last value is not saved" for one in fields if one.kept is not one.latest]
    again = await sent_again(server.port, fields, journal)
    return {"problems": [*unsaved, *proxy.differences, *again], "fates": proxy.fates, "seconds": seconds}


async def sent_again(port, fields, journal):
    """Send every acknowledged save once more; return what got another reply than at first."""
    people, problems = {one.respondent.assessment.pk: one.respondent for one in fields}, []
    async with Proxy(port, seed=0, share=0) as proxy:
        for save in journal.sent:
            said = journal.acknowledged.get(save.token)
            if said is None:
                continue
            got = outcome(await ask(proxy.port, people[save.assessment].visitor.post(save.path, save.fields)))
            if got != (200, str(said)):
                problems.append(f"{save.token}, sent again at the end, got {got} instead of revision {said}")
    return problems

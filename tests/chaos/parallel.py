"""Two to eight tabs write the same answer at the same moment, some of them of one person: no value is lost unseen.

A writer who is told of a conflict keeps theirs or takes the other's. Every acknowledged value must stand once in the
history, every refused one nowhere, and no value of somebody else may be written over by who had not seen it.
"""

import random
import re
import threading
from collections import Counter

from tests.chaos.clients import somebody
from tests.chaos.journal import Journal, Save
from tests.factories import make_assessment, make_company, make_membership, make_version
from tests.load.client import Connection
from tests.load.scenarios import Visitor

TWINS = {"tests.chaos.broken:overwrites()": "saves over whatever stands"}
PEOPLE, QUESTION, CHOICES = 8, "STR.VIS.1", ["0", "1", "2", "3"]
THEIRS = re.compile(rb'data-keep-mine="(\d+)"')


class Round:
    """One question of a new assessment, and the tabs that write it."""

    def __init__(self, people, server, journal, chance):
        self.people, self.server, self.journal, self.chance = people, server, journal, chance
        company = make_company(member=people[0])
        for person in people[1:]:
            make_membership(company=company, user=person)
        self.assessment = make_assessment(company=company, version=make_version())
        self.tabs = [chance.choice(people) for _ in range(chance.randint(2, 8))]
        self.barrier, self.replies, self.errors = threading.Barrier(len(self.tabs)), Counter(), []

    def run(self, visitors):
        threads = [
            threading.Thread(target=self.work, args=(number, person, visitors[person.pk], self.chance.random()))
            for number, person in enumerate(self.tabs)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, number, person, visitor, seed):
        chance, connection, base = random.Random(seed), Connection(self.server.port), 0
        connection.ask(visitor.get("/livez"))
        self.barrier.wait()
        while base is not None:
            save = Save(self.assessment.pk, QUESTION, chance.choice(CHOICES), base, person.pk, number)
            base = self.attempt(connection, visitor, save, keeps=chance.random() < 0.7)
        connection.close()

    def attempt(self, connection, visitor, save, *, keeps):
        """Send the save; return the other's revision to write over where a conflict is answered by "keep mine"."""
        self.journal.send(save)
        reply = connection.ask(visitor.post(save.path, save.fields))
        self.replies[reply.status] += 1
        if reply.status == 200:
            self.journal.acknowledge(save, int(reply.headers["x-revision"][0]))
        elif reply.status == 409:
            self.journal.refused.add(save.token)
            return int(THEIRS.search(reply.body)[1]) if keeps else None
        else:
            self.errors.append(f"{save.token}: {reply.status}")
        return None


def run(ground, sizes, application):
    chance, journal, replies, problems = random.Random(sizes.seed), Journal(), Counter(), []
    people = [somebody() for _ in range(PEOPLE)]
    visitors = {person.pk: Visitor(person) for person in people}
    with ground.serving(application) as server:
        for _ in range(sizes.rounds):
            one = Round(people, server, journal, chance)
            one.run(visitors)
            replies += one.replies
            problems += one.errors
    problems += journal.problems()
    return f"{sizes.rounds} rounds of 2 to 8 writers, {replies[200]:,} saves, {replies[409]:,} conflicts", problems

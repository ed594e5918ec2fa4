"""Kill every worker of the real server at random: no acknowledged answer is lost or altered.

Eight clients save; SIGKILL goes to all workers 5 to 250 ms after a save was acknowledged, every twentieth time to
the main process as well.
"""

import random
import time

from tests.chaos.clients import Clients
from tests.chaos.journal import Journal

TWINS = {"tests.chaos.broken:lies()": "acknowledges first and writes a moment later"}


def run(ground, sizes, application):
    journal, chance, kills = Journal(), random.Random(sizes.seed), 0
    with ground.serving(application) as server, Clients(journal, server.port, seed=sizes.seed) as clients:
        while kills < sizes.kills:
            clients.wait_for_one(clients.saves)
            time.sleep(chance.uniform(0.005, 0.25))
            kills += 1
            if kills % 20:
                server.kill_workers()
            else:
                server.kill()
                server.start()
        while clients.saves < sizes.saves and not clients.errors:
            time.sleep(0.05)
    problems = [*clients.errors, *journal.problems()]
    return f"{clients.saves:,} answers acknowledged, the server killed {kills} times", problems

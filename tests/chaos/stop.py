"""Stop PostgreSQL without warning under a server that saves: it comes back by itself, with every acknowledged answer.

The twin is not the application but the database: with synchronous_commit off, PostgreSQL acknowledges what is not yet
on the disk. ``/readyz`` refuses to serve on such a database, which is looked at too.
"""

import contextlib
import random
import statistics
import time

import psycopg
from django.db import connections

from tests.chaos.clients import Clients
from tests.chaos.ground import APPLICATION
from tests.chaos.journal import Journal
from tests.load.client import Connection, request

CARELESS = "a database that acknowledges before it writes"
TWINS = {CARELESS: "stands on " + CARELESS}
SETTINGS = {"synchronous_commit": "off", "wal_writer_delay": "10000"}


def run(ground, sizes, application):
    if application == CARELESS:
        with careless(ground.cluster):
            return stop_again_and_again(ground, sizes)
    return stop_again_and_again(ground, sizes)


def stop_again_and_again(ground, sizes):
    journal, chance, pauses = Journal(), random.Random(sizes.seed), []
    with ground.serving(APPLICATION, ready="/livez") as server:
        ready, main, workers = readiness(server), server.process.pid, server.workers
        with Clients(journal, server.port, seed=sizes.seed) as clients:
            for _ in range(sizes.stops):
                clients.wait_for_one(clients.saves + 20)
                time.sleep(chance.uniform(0.01, 0.3))
                ground.cluster.stop("immediate")
                time.sleep(chance.uniform(0.1, 1))
                ground.cluster.start()
                back, saves = time.monotonic(), clients.saves
                clients.wait_for_one(saves)
                pauses.append(time.monotonic() - back)
        same = (server.process.pid, server.workers) == (main, workers)
    connections.close_all()
    problems = [*clients.errors, *journal.problems()]
    if not same:
        problems.append("a process of the server was replaced")
    ground.cluster.check()
    pause = f"first save {statistics.median(pauses):.1f} s after it was back ({max(pauses):.1f} s at most)"
    what = f"{clients.saves:,} answers acknowledged, PostgreSQL stopped {sizes.stops} times, {pause}, readyz {ready}"
    return what, problems


def readiness(server):
    connection = Connection(server.port)
    status = connection.ask(request("GET", "/readyz")).status
    connection.close()
    return status


@contextlib.contextmanager
def careless(cluster):
    """The cluster with settings that lose commits."""
    settle(cluster, *(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in SETTINGS.items()))
    try:
        yield
    finally:
        settle(cluster, *(f"ALTER SYSTEM RESET {name}" for name in SETTINGS))


def settle(cluster, *statements):
    with psycopg.connect(cluster.address, autocommit=True) as connection:
        for statement in [*statements, "SELECT pg_reload_conf()"]:
            connection.execute(statement)
    time.sleep(0.5)  # until every process has read them

"""Measure the real server with PostgreSQL, beside a bare Django view and a bare view with one indexed UPDATE.

Prints a table for each application server, all in one run: `make load`, or with options
`python tests/load/drive.py --results 10000 --seconds 5 --servers gunicorn`. It asserts nothing. "CPU ms" is what the
server and the database spent on one request; the client's own work is left out of it, but not out of the rates.
"""

import argparse
import os
import platform
import signal
import sys
import time
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.load import database
from tests.load.client import Connection, measure
from tests.load.cpu import snapshot, spent
from tests.load.servers import PROCESSES, SERVERS, THREADS, serving

HEAD = "| | clients | a second | p50 ms | p95 ms | CPU ms | kB | beside one UPDATE |"
RULE = "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # leaving the servers' blocks stops them
    stored = database.make(options.postgres, results=options.results, fresh=options.fresh)
    environment = database.environment(options.postgres)
    os.environ.update(environment)
    import django

    django.setup()
    print_conditions(stored)
    for name in options.servers.split(","):
        print(f"\n{name} {version(name)}, {PROCESSES} processes × {THREADS} threads\n\n{HEAD}\n{RULE}")
        beside = measure_bare(SERVERS[name], environment, seconds=options.seconds)
        measure_ours(SERVERS[name], environment, seconds=options.seconds, beside=beside)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=int, default=10_000, help="companies, and about as many results")
    parser.add_argument("--seconds", type=float, default=5, help="for each line")
    parser.add_argument("--servers", default="gunicorn,granian")
    parser.add_argument("--postgres", default="postgres://127.0.0.1:5432", help="server, without a database")
    parser.add_argument("--fresh", action="store_true", help="make the database again")
    return parser.parse_args()


def print_conditions(stored):
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; Python {platform.python_version()}, "
        f"Django {version('django')}; {stored} results. The client runs on the same cores."
    )


def measure_bare(server, environment, *, seconds):
    """Return requests a second of the one-UPDATE view, by number of clients."""
    from tests.load import scenarios

    beside = {}
    with serving(server, "tests.load.bare:application", environment=environment, ready="/hello") as served:
        for name, scenario in [("bare view", scenarios.hello), ("bare view with one UPDATE", scenarios.update)]:
            for clients in (1, 4, 8):
                found = line(name, scenario, served, clients=clients, seconds=seconds)
                beside[clients] = found.rate
    return beside


def measure_ours(server, environment, *, seconds, beside):
    from tests.load import scenarios

    respondents = scenarios.Respondents(8)
    with serving(server, "config.wsgi:application", environment=environment, ready="/readyz") as served:
        # Each process loads addresses, templates and the questionnaire at its first requests: no save's processor time
        measure(respondents.saves, port=served[0], clients=8, seconds=2)
        for name, scenario, numbers in [
            ("save an answer", respondents.saves, (1, 4, 8)),
            ("dimension page", respondents.dimension, (1, 4)),
            ("result page", scenarios.results, (1, 4)),
            ("admin list of results", scenarios.admin_list, (1, 4)),
        ]:
            for clients in numbers:
                line(name, scenario, served, clients=clients, seconds=seconds, beside=beside[clients])
        line("save an answer, 50 a second", respondents.saves, served, clients=8, seconds=2 * seconds, rate=50)
        export(served[0], scenarios.export(0))


def export(port, steps):
    """One export of every result, as a member of staff asks for it: rows a second."""
    connection = Connection(port)
    message, rates = next(steps), []
    for _ in range(3):
        began = time.perf_counter()
        response = connection.ask(message)
        rows = response.body.count(b"\r\n") - 1
        rates.append(rows / (time.perf_counter() - began))
    connection.close()
    print(
        f"| export as CSV, with scores | 1 | {sorted(rates)[1]:,.0f} rows | | | | {response.received / 1024:,.0f} | |"
    )


def line(name, scenario, served, *, clients, seconds, beside=None, rate=None):
    port, process = served
    address = os.environ["DATABASE_URL"]
    before = snapshot(process, address)
    found = measure(scenario, port=port, clients=clients, seconds=seconds, rate=rate)
    each = spent(before, snapshot(process, address)) / found.count * 1000
    ratio = f"{found.rate / beside:.2f}" if beside else ""
    failures = f" ({found.failed} failed)" if found.failed else ""
    print(
        f"| {name}{failures} | {clients} | {found.rate:,.0f} | {found.p50:.1f} | {found.p95:.1f} "
        f"| {each:.1f} | {found.bytes_each / 1024:,.1f} | {ratio} |",
        flush=True,
    )
    return found


if __name__ == "__main__":
    main()

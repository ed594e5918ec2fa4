"""Make things go wrong on purpose, with the real server, and show that no acknowledged answer is lost.

    python -m tests.chaos                       # all that needs no server of its own, long, on SQLite
    python -m tests.chaos --postgres URL        # the same, in a database of its own on that PostgreSQL server
    python -m tests.chaos --cluster             # a private PostgreSQL, stopped without warning again and again
    python -m tests.chaos --short kill double   # these only, in seconds
    python -m tests.chaos kill --kills 20 --saves 500

Each harness runs on the product, where it must find nothing, then on a build broken on purpose, where it must find
something. docs/reliability.md says what each one shows.
"""

import argparse
import contextlib
import importlib
import os
import signal
import sys
import time

from tests.chaos import cluster
from tests.chaos.ground import APPLICATION, database_on, ground

HARNESSES = ["kill", "lossy", "interleavings", "parallel", "double"]
ANY_DATABASE = ["slow", "mail"]  # once is enough: they are about connections
MEASURED = ["overload"]  # not in short, as those: they mean something only where nothing else runs
STOPPING = ["stop", "outage"]
LONG = {
    "kills": 200,
    "saves": 5000,
    "stops": 20,
    "outages": 5,
    "away": 30,  # seconds
    "overload": 16,  # seconds
    "runs": 10,
    "answers": 100,
    "wait_ms": 1000,  # the first wait before a save is tried again, as the page's; the others follow from it
    "interleavings": 500,
    "steps": 30,
    "rounds": 500,
    "pairs": 100,
    "mail": 12,  # seconds for which a mail server hangs, and a quarter of it for each other way to fail
    "letters": 1000,  # written meanwhile, beside those that people ask for
    "mail_kills": 100,
    "slow": 13,  # seconds of each kind of slow clients; with more than five each kind comes by itself
    "proxies": 1,  # whether behind the documented proxies too
}
SHORT = {
    "kills": 10,
    "saves": 200,
    "stops": 2,
    "outages": 1,
    "away": 4,
    "overload": 10,
    "runs": 1,
    "answers": 60,
    "wait_ms": 100,
    "interleavings": 20,
    "steps": 30,
    "rounds": 20,
    "pairs": 6,
    "mail": 4,
    "letters": 50,
    "mail_kills": 10,
    "slow": 4,
    "proxies": 0,
}


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))  # so that what was started is stopped
    with database_for(options) as (database, private), ground(database, cluster=private) as here:
        names = options.names or chosen(options)
        failed = [name for name in names if not shown(name, here, options)]
    sys.exit(f"Not shown: {', '.join(failed)}." if failed else 0)


def chosen(options):
    if options.short:
        return [*HARNESSES, *(STOPPING if options.cluster else [])]
    return [*HARNESSES, *MEASURED, *(STOPPING if options.cluster else ANY_DATABASE)]


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "names", nargs="*", metavar="harness", help=", ".join([*HARNESSES, *ANY_DATABASE, *MEASURED, *STOPPING])
    )
    parser.add_argument("--short", action="store_true", help="in seconds, as the tests do")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-twins", action="store_true", help="leave the builds broken on purpose out")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--postgres", help="address of a server, without a database")
    where.add_argument("--cluster", action="store_true", help="on a PostgreSQL made for this run alone")
    for name, size in LONG.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, help=f"{size}; short: {SHORT[name]}")
    options = parser.parse_args()
    for name, size in (SHORT if options.short else LONG).items():
        if getattr(options, name) is None:
            setattr(options, name, size)
    return options


@contextlib.contextmanager
def database_for(options):
    if options.cluster:
        if not cluster.BINARIES:
            print("Left out: stopping the database. PostgreSQL's initdb and pg_ctl are not on this machine.")
            sys.exit(1 if os.environ.get("CI") == "true" else 0)
        with cluster.private_cluster() as private:
            yield private.address, private
    elif options.postgres:
        with database_on(options.postgres) as address:
            yield address, None
    else:
        yield None, None


def shown(name, here, options):
    """Run the harness on the product and on its broken twins; print a line for each."""
    harness = importlib.import_module(f"tests.chaos.{name}")  # only now: it imports models
    right = tell(name, *timed(harness, here, options, APPLICATION), wanted=False)
    if not right:
        print(here.log[-3000:])
    if options.without_twins:
        return right
    few = argparse.Namespace(**vars(options) | {key: min(SHORT[key], getattr(options, key)) for key in SHORT})
    twins = [
        tell(f"{name}, a build that {fault}", *timed(harness, here, few, twin), wanted=True)
        for twin, fault in harness.TWINS.items()
    ]
    return right and all(twins)


def timed(harness, here, sizes, application):
    began = time.monotonic()
    try:
        what, problems = harness.run(here, sizes, application)
    except (RuntimeError, AssertionError) as error:  # nothing was served any more, or something that nobody expects
        what, problems = f"ended early: {error!s:.200}", [error]
    return what, problems, time.monotonic() - began


def tell(name, what, problems, seconds, *, wanted):
    outcome = f"{len(problems)} faults" + (", caught" if wanted and problems else "")
    print(f"{name}: {what}: {outcome} ({seconds:.0f} s)", flush=True)
    if problems and not wanted:
        print("  " + "\n  ".join(map(str, problems[:20])), flush=True)
    return bool(problems) == wanted


if __name__ == "__main__":
    main()

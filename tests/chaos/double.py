"""Submit each of 100 assessments twice at the same moment: one result each, and no error.

python -m tests.chaos.double                    # SQLite
python -m tests.chaos.double --postgres URL     # a database of its own on that server
"""

import argparse
import os
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

from tests.chaos.kill import Server, database_on, environment_for
from tests.load.client import Connection

PAIRS = 100


def prepared(count):
    """Return complete assessments, each with its manager signed in."""
    from django.core.management import call_command

    from tests.factories import COMPLETE, answer, make_assessment, make_company, make_user, make_version
    from tests.load.scenarios import Visitor

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    version = make_version()
    ready = []
    for _ in range(count):
        person = make_user()
        assessment = make_assessment(company=make_company(member=person), version=version)
        for question, value in COMPLETE.items():
            answer(assessment=assessment, by=person, question=question, value=value)
        ready.append((Visitor(person), assessment))
    return ready


def submit_twice(server, visitor, assessment, statuses):
    barrier = threading.Barrier(2)

    def submit():
        connection = Connection(server.port)
        barrier.wait()
        statuses.append(
            connection.ask(visitor.post(f"/fr/assessments/{assessment.pk}/submit/", {"confirm": "1"})).status
        )
        connection.close()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(environment, folder, pairs):
    """Return the replies by status, and the number of results of each assessment."""
    from assessment.models import Result

    ready, statuses = prepared(pairs), []
    server = Server("config.wsgi:application", environment, folder)
    server.start()
    try:
        server.wait()
        for visitor, assessment in ready:
            submit_twice(server, visitor, assessment, statuses)
    finally:
        server.kill()
    return Counter(statuses), Counter(Result.objects.values_list("assessment_id", flat=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--postgres", help="address of a server, without a database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, database_on(options.postgres, Path(name)) as database:
        environment = environment_for(Path(name), database)
        os.environ.update(environment)
        import django

        django.setup()
        statuses, results = run(environment, Path(name), options.pairs)
    once = len(results) == options.pairs and set(results.values()) == {1}
    print(f"{options.pairs} pairs: replies {dict(statuses)}, {sum(results.values())} results")
    sys.exit(0 if once and set(statuses) == {302} else 1)


if __name__ == "__main__":
    main()

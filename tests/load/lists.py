"""How staff's lists take to a hundred times the results: each asked for on two databases in turn, side by side.

    python -m tests.load.lists postgres://…/small postgres://…/large

Databases of tests/load/million.py. Prints a table: median milliseconds on the clock, the processor's, and the pages of
the database's memory that were touched, which no neighbour changes; then the whole export of the large one.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TIMES = 9
LISTS = {
    "results": "result/",
    "results, page 50": "result/?p=50",
    "results, on beyond 10,000": "result/?after={after}",
    "results by company": "result/?o=0",
    "results, oldest first": "result/?o=1",
    "results by score": "result/?o=-2",
    "results by level": "result/?o=-3",
    "results by a dimension": "result/?o=-4",
    "results by size": "result/?o=6",
    "results of a sub-sector": "result/?sub_sector__exact=pharma",
    "results of a level": "result/?level=2",
    "results of three": "result/?sub_sector__exact=pharma&size__exact=small&region__exact=FR-IDF",
    "results of a version": "result/?version={version}",
    "results, a name found": "result/?q=Ormeloriot",
    "results, nothing found": "result/?q=nosuchname",
    "export page": "result/export/",
    "companies": "company/",
    "companies by SIREN": "company/?o=-1",
    "companies of a region": "company/?region__exact=FR-BRE",
    "companies, a name found": "company/?q=Ormeloriot",
    "users": "user/",
    "users by name": "user/?o=1",
    "users, staff": "user/?is_staff__exact=1",
    "users, nobody found": "user/?q=nosuchname",
    "readings": "staffaccess/",
}
EXPORT = "start of an export"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("small")
    parser.add_argument("large")
    options = parser.parse_args()
    servers = [begin(options.small), begin(options.large)]
    results = [answer(server) for server in servers]
    print(f"| p50 of {TIMES} | {results[0]:,} results: ms, CPU ms, pages | {results[1]:,} results | ratio | of pages |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name in [*LISTS, EXPORT]:
        measures = [ask(server, name) for server in servers]
        few, many = measures
        ratios = [f"{many[0] / few[0]:.2f}", f"{many[2] / max(few[2], 1):.2f}"]
        cells = [f"{clock:.0f}, {cpu:.0f}, {pages:,.0f}" for clock, cpu, pages in measures]
        print(f"| {' | '.join([name, *cells, *ratios])} |", flush=True)
    print(ask(servers[1], "whole"))


def begin(address):
    command = [sys.executable, "-c", "from tests.load.lists import serve; serve()"]
    environment = os.environ | {"DATABASE_URL": address}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def ask(server, name):
    server.stdin.write(json.dumps(name) + "\n")
    server.stdin.flush()
    return answer(server)


def answer(server):
    return json.loads(server.stdout.readline())


# In a process of its own, on one database


def serve():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    client, places = signed_in()
    print(json.dumps(places.pop("number")), flush=True)
    for line in sys.stdin:
        name = json.loads(line)
        if name == "whole":
            print(json.dumps(whole_export()), flush=True)
        else:
            print(json.dumps(measured(client, name, places)), flush=True)


def signed_in():
    from django.contrib.auth.models import Group
    from django.test import Client

    from assessment.models import Result, User

    user, _new = User.objects.get_or_create(email="load@csf.example", defaults={"is_staff": True})
    user.groups.set(Group.objects.all())
    client = Client()
    client.force_login(user)
    client.post("/en/admin/assessment/result/figures/", {"reason": "Measured"})
    newest = Result.objects.order_by("-submitted_at", "-pk")
    places = {"after": newest[9_000].pk, "version": newest[0].version_id, "number": Result.objects.count()}
    return client, places


def measured(client, name, places):
    made = []
    for _ in range(TIMES + 1):
        before, cpu, began = touched(), time.process_time(), time.perf_counter()
        if name == EXPORT:
            start_export(client)
        else:
            path = LISTS[name].format(**places)
            response = client.get(f"/en/admin/assessment/{path}")
            assert response.status_code == 200, (name, response.status_code)
        clock = (time.perf_counter() - began) * 1000
        made.append((clock, (time.process_time() - cpu) * 1000, touched() - before))
    return [statistics.median(values) for values in zip(*made[1:], strict=True)]


def start_export(client):
    from django.core.cache import cache

    from assessment.exchange.slots import SLOTS

    cache.delete_many(SLOTS)
    response = client.post("/en/admin/assessment/result/export/", {"format": "csv", "reason": "Measured"})
    pieces = iter(response.streaming_content)
    next(pieces)
    next(pieces)
    response._resource_closers.clear()


def touched():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def whole_export():
    from assessment.exchange.formats import Format, scores
    from assessment.exchange.scores import ScoreTable
    from assessment.models import Result

    some = ScoreTable(Result.objects.filter(pk__lt=200))
    sum(len(piece) for piece in scores(some, Format.CSV))
    before = resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # forget the highest until now
    table, began, cpu = ScoreTable(Result.objects.all()), time.perf_counter(), time.process_time()
    pieces = scores(table, Format.CSV)
    size = len(next(pieces)) + len(next(pieces))
    first = time.perf_counter() - began
    size += sum(len(piece) for piece in pieces)
    seconds = time.perf_counter() - began
    return {
        "rows": table.written,
        "MB": round(size / 1e6),
        "first rows after s": round(first, 2),
        "seconds": round(seconds),
        "rows a second": round(table.written / seconds),
        "CPU seconds": round(time.process_time() - cpu, 1),
        "memory growth MB": round(resident("VmHWM") - before, 1),
    }


def resident(kind):
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(kind)]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()

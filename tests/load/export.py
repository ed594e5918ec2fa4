"""Measure the export: time beside PostgreSQL's own COPY of the same rows, memory, rows counted.

`python tests/load/export.py [--results 10000]`, on the database of drive.py. Exits 1 where a row is missing or memory
grows by 60 MB or more; times are printed, never asserted.
"""

import argparse
import multiprocessing
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.load import database

FORMATS = ["csv", "csv-international", "json", "xlsx"]
MOST_GROWTH = 60  # MB
TIMES = 3
COLUMNS = """c.id, c.name, c.siren, c.fictional, r.sub_sector, r.size, r.region, r.profile->>'activities', a.id, r.number,
r.version_id, r.checksum, r.engine, a.campaign_id, a.path, a.started_at, r.submitted_at, r.score, r.low, r.high, r.level,
r.summary->>'level_by_score', r.summary->>'held_back_by', r.summary->>'coverage'"""


def main():
    options = read_options()
    stored = database.make(options.postgres, results=options.results, fresh=options.fresh)
    os.environ.update(database.environment(options.postgres))
    copied = min(in_a_process(copy) for _ in range(TIMES))
    print(f"\n{stored} results; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| | seconds | rows a second | beside COPY | CPU seconds | MB | memory growth MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(f"| COPY | {copied:.2f} | {stored / copied:,.0f} | 1.0 | | | |")
    wrong = [report(format, stored=stored, copied=copied) for format in FORMATS]
    sys.exit(any(wrong))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=int, default=10_000, help="companies, and about as many results")
    parser.add_argument("--postgres", default="postgres://127.0.0.1:5432", help="server, without a database")
    parser.add_argument("--fresh", action="store_true", help="make the database again")
    return parser.parse_args()


def in_a_process(work, *arguments):
    """In one of its own, so that what one measure leaves in memory is not counted in the next."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def report(format, *, stored, copied):
    """Print a line; return whether something is wrong."""
    rows, seconds, cpu, size, growth = in_a_process(export, format)
    problem = "" if rows == stored else f" **{rows} rows!**"
    problem += "" if growth < MOST_GROWTH else " **too much memory!**"
    print(
        f"| {format}{problem} | {seconds:.2f} | {rows / seconds:,.0f} | {seconds / copied:.1f} | {cpu:.2f} "
        f"| {size / 1e6:.1f} | {growth:.1f} |",
        flush=True,
    )
    return bool(problem)


def copy():
    """Seconds that COPY takes, each score a column of its own as in the export."""
    prepare()
    from django.db import connection

    from assessment.exchange.columns import nodes
    from assessment.exchange.scores import ScoreTable
    from assessment.models import Result

    dimensions, capabilities = nodes(ScoreTable(Result.objects.all()).questionnaires.values())
    scores = [("dimensions", node.code) for node in dimensions] + [("levels", node.code) for node in dimensions]
    scores += [("capabilities", node.code) for node in capabilities]
    chosen = ", ".join([COLUMNS, *(f"r.summary->'{part}'->>'{code}'" for part, code in scores)])
    statement = (
        f"COPY (SELECT {chosen} FROM assessment_result r JOIN assessment_company c ON c.id = r.company_id "
        "JOIN assessment_assessment a ON a.id = r.assessment_id ORDER BY r.submitted_at DESC, r.id DESC) "
        "TO STDOUT (FORMAT csv)"
    )
    with connection.cursor() as cursor:
        began = time.perf_counter()
        with cursor.copy(statement) as lines:
            for _ in lines:
                pass
        return time.perf_counter() - began


def export(format):
    """Return rows, the best seconds, CPU seconds, bytes, and by how many MB memory grew at its highest."""
    prepare()
    from assessment.exchange.formats import scores
    from assessment.exchange.scores import ScoreTable
    from assessment.models import Result

    some = Result.objects.filter(pk__in=list(Result.objects.values_list("pk", flat=True)[:100]))
    sum(len(piece) for piece in scores(ScoreTable(some), format))
    before = resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # forget the highest until now
    found = []
    for _ in range(1 if format == "xlsx" else TIMES):
        table = ScoreTable(Result.objects.all())
        began, spent = time.perf_counter(), time.process_time()
        size = sum(len(piece) for piece in scores(table, format))
        found.append((table.written, time.perf_counter() - began, time.process_time() - spent, size))
    return *min(found, key=lambda measure: measure[1]), resident("VmHWM") - before


def prepare():
    import django

    django.setup()


def resident(kind):
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(kind)]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()

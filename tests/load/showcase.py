"""Measure the showcase with thousands of cases, on PostgreSQL, beside a bare Django view: `python tests/load/showcase.py`.

Prints requests a second, p95 and their ratio to the bare view, all in one run; asserts nothing.
"""

import argparse
import os
import random
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path

import psycopg
from psycopg import sql

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.load import database
from tests.load.client import measure, request
from tests.load.servers import SERVERS, serving

NAME = "maturity_load_showcase"
PAGES = {
    "showcase, first page": "/en/use-cases/",
    "search: capteurs": "/fr/use-cases/?q=capteurs",
    "search: sensor, narrowed": "/en/use-cases/?q=sensor&technologies=iot&sub_sectors=biotech",
    "page 40, newest first": "/en/use-cases/?sort=newest&page=40",
}
HEAD = "| | clients | a second | p50 ms | p95 ms | kB | rate beside bare | p95 beside bare |"


def main():
    options = read_options()
    environment = database.environment(options.postgres) | {"DATABASE_URL": f"{options.postgres}/{NAME}"}
    make(options, environment)
    os.environ.update(environment)
    print(f"\n{options.cases} use cases; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n\n{HEAD}")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with serving(SERVERS["gunicorn"], "tests.load.bare:application", environment=environment, ready="/hello") as (
        port,
        _,
    ):
        bare = line("bare Django view", "/hello", port, options=options)
    with serving(SERVERS["gunicorn"], "config.wsgi:application", environment=environment, ready="/readyz") as (port, _):
        for name, path in {**PAGES, "one case": a_case(options)}.items():
            line(name, path, port, options=options, beside=bare)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=5, help="for each line")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--postgres", default="postgres://127.0.0.1:5432", help="server, without a database")
    return parser.parse_args()


def line(name, path, port, *, options, beside=None):
    def visits(_number):
        message = request("GET", path, headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})
        while True:
            response = yield message
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}")

    found = measure(visits, port=port, clients=options.clients, seconds=options.seconds)
    ratios = f"{found.rate / beside.rate:.3f} | {found.p95 / beside.p95:.1f}" if beside else "1 | 1"
    print(
        f"| {name} | {options.clients} | {found.rate:.0f} | {found.p50:.1f} | {found.p95:.1f} | {found.bytes_each / 1000:.1f} "
        f"| {ratios} |",
        flush=True,
    )
    return found


def make(options, environment):
    with psycopg.connect(f"{options.postgres}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    demonstration = environment | {"ENVIRONMENT": "demo", "DEMO_COMPANIES": "40"}
    subprocess.run(
        [sys.executable, "-m", "demo.prepare"], cwd=database.ROOT, env=os.environ | demonstration, check=True
    )
    fill = [sys.executable, __file__, "--fill", str(options.cases)]
    subprocess.run(fill, cwd=database.ROOT, env=os.environ | demonstration, check=True)


def a_case(options):
    with psycopg.connect(f"{options.postgres}/{NAME}") as connection:
        [pk] = connection.execute("SELECT use_case_id FROM assessment_publication WHERE NOT of_contract").fetchone()
    return f"/en/use-cases/{pk}/"


def fill(wanted):
    """Copies of the demonstration's cases, each with its consent, its words and its facets changed."""
    import django

    django.setup()
    from django.db import connection

    from assessment.models import Publication

    chance = random.Random(2026)  # noqa: S311
    models = list(Publication.objects.filter(of_contract=False).select_related("use_case")[:12])
    missing = range(Publication.objects.count(), wanted)
    store([copy_of(chance.choice(models), number, chance) for number in missing])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy_of(model, number, chance):
    from assessment.maturity.fingerprints import fingerprint_of
    from assessment.models import Consent, Publication, Size, SubSector, Technology, UseCase
    from assessment.rules.usecases import codes_of

    use_case = UseCase(pk=uuid.UUID(int=number + 1), company_id=model.use_case.company_id, status="published")
    content = {
        **model.content,
        "texts": {
            language: {**texts, "title": f"{texts['title']} {number}"}
            for language, texts in model.content["texts"].items()
        },
        "sub_sectors": chance.sample(SubSector.values, 2),
        "size": chance.choice(Size.values),
        "technologies": chance.sample(Technology.values, 2),
    }
    consent = Consent(use_case=use_case, version=1, text=True, figures=True, content=content)
    at = model.published_at - timedelta(minutes=number)
    publication = Publication(
        use_case=use_case,
        consent=consent,
        content=content,
        sha256=fingerprint_of(content),
        codes=codes_of(content),
        published_at=at,
        **{name: getattr(model, name) for name in ["title_fr", "title_en", "search_fr", "search_en", "stems"]},
    )
    consent.sha256 = publication.sha256
    return use_case, consent, publication


def store(copies):
    from assessment.models import Consent, Publication, UseCase

    UseCase.objects.bulk_create([use_case for use_case, *_ in copies], batch_size=1000)
    Consent.objects.bulk_create([consent for _, consent, *_ in copies], batch_size=1000)
    for _use_case, consent, publication in copies:
        publication.consent = consent
    Publication.objects.bulk_create([publication for _, _, publication in copies], batch_size=1000)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(int(sys.argv[2]))
    else:
        main()

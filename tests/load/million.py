"""A PostgreSQL database with any number of results: some are drawn and scored, the others are copies of these.

    DATABASE_URL=postgres://…/perf python -m tests.load.million --results 1000000

Copies are rows like any other: companies of their own, each with five times the assessments, with answers, results and
node scores. Triggers and foreign keys rest meanwhile, which takes a superuser.
"""

import argparse
import os
import time
from pathlib import Path

import django

DATA = Path(__file__).resolve().parent.parent / "data"
DRAWN = 2_000  # companies
EACH = 5  # turns of copies that belong to the same companies
GAP = 10_000_000  # between the keys of one turn and of the next
MOVED = "md5({} || '/' || %(turn)s)::uuid"
OF_COMPANY = "md5({} || '/' || %(company)s)::uuid"
LIVE = "status = 'submitted'"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=int, default=1_000_000)
    wanted = parser.parse_args().results
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    began = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    draw_some(min(DRAWN, wanted))
    copy_up_to(wanted)
    print(f"{stored():,} results in {time.monotonic() - began:,.0f} s; load {os.getloadavg()[0]:.1f}")


def draw_some(companies):
    from assessment.actions.questionnaire import import_questionnaire, publish
    from assessment.maturity.file.format import load
    from assessment.models import Version
    from demo import seeding

    if not Version.objects.published().exists():
        definition = load((DATA / "small.yaml").read_text(encoding="utf-8"))
        publish(version=import_questionnaire(definition=definition), by=None)
    seeding.seed(companies=companies, seed="million")


def stored():
    from assessment.models import Result

    return Result.objects.count()


def copy_up_to(wanted):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "CREATE TEMPORARY TABLE drawn AS SELECT id, company_id FROM assessment_result WHERE id < %s", [GAP]
        )
        cursor.execute("ANALYZE drawn")
        cursor.execute("SELECT count(*) FROM drawn")
        [drawn] = cursor.fetchone()
        cursor.execute("SELECT max(id) / %s + 1 FROM assessment_result", [GAP])  # where an earlier run ended
        [turn] = cursor.fetchone()
        missing = wanted - stored()
        while missing > 0:
            copy(
                cursor, turn=turn, company=turn // EACH + 1, with_companies=turn % EACH == 0 or turn == 1, limit=missing
            )
            turn, missing = turn + 1, missing - drawn
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SELECT setval('assessment_result_id_seq', max(id)) FROM assessment_result")
        cursor.execute("SELECT setval('assessment_user_id_seq', max(id)) FROM assessment_user")
        cursor.execute("VACUUM ANALYZE")


def copy(cursor, *, turn, company, with_companies, limit):
    values = {"turn": turn, "company": company, "gap": GAP, "limit": limit}
    for table, changed, condition in statements(with_companies):
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall() if name != "id" or "id" in changed]
        chosen = ", ".join(changed.get(name, f'o."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} o {condition} ON CONFLICT DO NOTHING", values
        )  # noqa: S608


def statements(with_companies):
    """Yield (table, columns that differ from the copied row's, which rows)."""
    few = "JOIN (SELECT * FROM drawn ORDER BY id LIMIT %(limit)s) d ON d.id = {}"
    of_result = few.format("o.result_id")
    assessment, company = MOVED.format("o.assessment_id"), OF_COMPANY.format("o.company_id")
    submitted = {name: f"o.{name} - %(turn)s * interval '7 minutes'" for name in ["submitted_at", "started_at"]}
    by = {name: f"o.{name} + %(company)s * %(gap)s::bigint" for name in ["user_id", "submitted_by_id", "started_by_id"]}
    if with_companies:
        some = "JOIN (SELECT DISTINCT company_id FROM drawn) d ON d.company_id = "
        named = {"id": OF_COMPANY.format("o.id"), "name": "o.name || ' ' || %(company)s"}
        yield "assessment_company", named, some + "o.id"
        people = {"id": "o.id + %(company)s * %(gap)s::bigint", "email": "'c' || %(company)s || '.' || o.email"}
        members = "WHERE o.id IN (SELECT user_id FROM assessment_membership m JOIN drawn d USING (company_id))"
        yield "assessment_user", people, members
        yield "assessment_membership", {"company_id": company, "user_id": by["user_id"]}, some + "o.company_id"
    moved = {"id": MOVED.format("o.id"), "company_id": company, **submitted, **by, "carried_from_id": "NULL"}
    of_assessment = few.replace("d ON", "d JOIN assessment_result r USING (id) ON").replace("d.id", "r.assessment_id")
    yield "assessment_assessment", moved, of_assessment.format("o.id")
    yield "assessment_answer", {"assessment_id": assessment}, of_assessment.format("o.assessment_id")
    result = {"id": "o.id + %(turn)s * %(gap)s::bigint", "assessment_id": assessment, "company_id": company}
    yield "assessment_result", result | submitted | by, few.format("o.id")
    yield "assessment_nodescore", {"result_id": "o.result_id + %(turn)s * %(gap)s::bigint"}, of_result


if __name__ == "__main__":
    main()

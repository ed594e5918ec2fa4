"""What a load balancer asks: is the process alive, and can it serve?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def livez(request):
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request):
    problems = list(problems_with_the_database())
    return HttpResponse(
        "unavailable\n" if problems else "ok\n", status=503 if problems else 200, content_type="text/plain"
    )


def problems_with_the_database():
    """Yield nothing where it writes durably and has every migration."""
    try:
        yield from durability_problems()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "migrations are missing"
    except DatabaseError as error:
        yield str(error)


def durability_problems():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            fsync, commit = cursor.fetchone()
            if fsync != "on" or commit == "off":
                yield f"fsync is {fsync}, synchronous_commit is {commit}"
            return
        for pragma, wanted in [("synchronous", {2}), ("journal_mode", {"wal", "memory"}), ("foreign_keys", {1})]:
            cursor.execute(f"PRAGMA {pragma}")
            (value,) = cursor.fetchone()
            if value not in wanted:
                yield f"PRAGMA {pragma} is {value}"

"""Reading results under their companies' names leaves a trace: who, what, when, why."""

import structlog
from django.db import connection, transaction

from assessment.models import AccessedResult, StaffAccess

log = structlog.get_logger("security")


@transaction.atomic
def record_view(*, result, by):
    access = StaffAccess.objects.create(kind=StaffAccess.Kind.VIEW, by=by)
    AccessedResult.objects.create(access=access, result=result)
    transaction.on_commit(lambda: log.info("result_opened", access=access.pk, by=by.pk, result=result.pk))
    return access


@transaction.atomic
def record_export(*, results, by, reason, format, filters=None):
    """Write down what leaves: ``Result.objects.filter(accesses=access)`` is then what to export, no more, no less.

    ``by`` is None for an export from the command line, where nobody is signed in.
    """
    access = StaffAccess.objects.create(
        kind=StaffAccess.Kind.EXPORT, by=by, reason=reason, format=format, filters=filters or {}
    )
    count = _add(access, results)
    transaction.on_commit(
        lambda: log.info("export", access=access.pk, by=access.by_id, results=count, format=format, reason=reason)
    )
    return access


def _add(access, results):
    """One statement and no row in memory, however many results; returns how many."""
    query = results.order_by().values("pk").query
    chosen, parameters = query.get_compiler(connection=connection, elide_empty=False).as_sql()
    table = AccessedResult._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            # Both are names and SQL that Django made; every value is a parameter.
            f"INSERT INTO {table} (access_id, result_id) SELECT %s, chosen.* FROM ({chosen}) chosen",  # noqa: S608
            [access.pk, *parameters],
        )
        return cursor.rowcount

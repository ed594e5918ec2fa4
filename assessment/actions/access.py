"""Reading under companies' names leaves a trace: who, what, when, why.

Why is staff's own words: in the table alone, which an erasure reaches, and never in a line of the log.
"""

from datetime import timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessment.models import AccessedCompany, AccessedResult, StaffAccess

log = structlog.get_logger("security")
ONE_READING = timedelta(hours=1)


@transaction.atomic
def record_view(*, result, by):
    access = StaffAccess.objects.create(kind=StaffAccess.Kind.VIEW, by=by)
    AccessedResult.objects.create(access=access, result=result)
    transaction.on_commit(lambda: log.info("result_opened", access=access.pk, by=by.pk, result=result.pk))
    return access


def record_figures(*, results, by, reason, filters=None):
    """Write down a list of scores that is about to be shown; ``results`` are keys. Two queries.

    Without a transaction around them: between the two nothing has been shown yet.
    """
    access = StaffAccess.objects.create(kind=StaffAccess.Kind.FIGURES, by=by, reason=reason, filters=filters or {})
    AccessedResult.objects.bulk_create(AccessedResult(access=access, result_id=key) for key in results)
    log.info("scores_listed", access=access.pk, by=by.pk, results=len(results))
    return access


def record_reading(*, kind, companies, by):
    """Write down what is about to be shown of companies, given by key, other than results; None for none of them.

    Two queries, without a transaction, as above.
    """
    keys = set(companies) - {None}
    if not keys:
        return None
    access = StaffAccess.objects.create(kind=kind, by=by)
    AccessedCompany.objects.bulk_create(AccessedCompany(access=access, company_id=key) for key in keys)
    log.info("company_read", kind=kind, access=access.pk, by=by.pk, companies=len(keys))
    return access


def record_part(*, kind, company, by, at=None):
    # Write down the part of a page, such as a picture, unless the page itself was within the hour.
    since = (at or timezone.now()) - ONE_READING
    on_record = StaffAccess.objects.filter(kind=kind, by=by, at__gt=since).concerning(company)
    if not on_record.exists():
        record_reading(kind=kind, companies=[company], by=by)


def forget_readings(company):
    # What was read or changed of the company alone goes with it: a reason may name it, a change says who was in.
    others = AccessedCompany.objects.filter(access=OuterRef("pk")).exclude(company=company)
    theirs = AccessedCompany.objects.filter(company=company)
    StaffAccess.objects.filter(~Exists(others), pk__in=theirs.values("access")).delete()


@transaction.atomic
def record_export(*, results, by, reason, format, filters=None):
    """Write down what leaves: ``Result.objects.filter(accesses=access)`` is then what to export, no more, no less.

    ``by`` is None for an export from the command line, where nobody is signed in.
    """
    access = StaffAccess.objects.create(
        kind=StaffAccess.Kind.EXPORT, by=by, reason=reason, format=format, filters=filters or {}
    )
    count = _add(access, results)
    transaction.on_commit(lambda: log.info("export", access=access.pk, by=access.by_id, results=count, format=format))
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

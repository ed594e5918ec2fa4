"""Reading under companies' names leaves a trace: who, what, when, why.

Why is staff's own words: in the table alone, which an erasure reaches, and never in a line of the log.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from assessment.exchange.scores import ScoreTable
from assessment.models import AccessedCompany, AccessedResult, Company, Export, Result, StaffAccess, User

log = structlog.get_logger("security")
ONE_READING = timedelta(hours=1)
NAMED = 1000  # results of an export, one by one


@transaction.atomic
def record_view(*, result: Result, by: User) -> StaffAccess:
    access = StaffAccess.objects.create(kind=StaffAccess.Kind.VIEW, by=by)
    AccessedResult.objects.create(access=access, result=result)
    transaction.on_commit(lambda: log.info("result_opened", access=access.pk, by=by.pk, result=result.pk))
    return access


def record_figures(
    *, results: Collection[int], by: User, reason: str, filters: dict[str, Any] | None = None
) -> StaffAccess:
    """Write down a list of scores that is about to be shown; ``results`` are keys. Two queries.

    Without a transaction around them: between the two nothing has been shown yet.
    """
    access = StaffAccess.objects.create(kind=StaffAccess.Kind.FIGURES, by=by, reason=reason, filters=filters or {})
    AccessedResult.objects.bulk_create(AccessedResult(access=access, result_id=key) for key in results)
    log.info("scores_listed", access=access.pk, by=by.pk, results=len(results))
    return access


def record_reading(*, kind: StaffAccess.Kind, companies: Iterable[UUID | None], by: User) -> StaffAccess | None:
    """Write down what is about to be shown of companies, given by key, other than results; None for none of them.

    Two queries, without a transaction, as above.
    """
    keys = {key for key in companies if key is not None}
    if not keys:
        return None
    access = StaffAccess.objects.create(kind=kind, by=by)
    AccessedCompany.objects.bulk_create(AccessedCompany(access=access, company_id=key) for key in keys)
    log.info("company_read", kind=kind, access=access.pk, by=by.pk, companies=len(keys))
    return access


def record_part(*, kind: StaffAccess.Kind, company: UUID | None, by: User, at: datetime | None = None) -> None:
    # Write down the part of a page, such as a picture, unless the page itself was within the hour.
    since = (at or timezone.now()) - ONE_READING
    on_record = StaffAccess.objects.filter(kind=kind, by=by, at__gt=since).concerning(company)
    if not on_record.exists():
        record_reading(kind=kind, companies=[company], by=by)


def forget_readings(company: Company) -> None:
    # What was read or changed of the company alone goes with it: a reason may name it, a change says who was in.
    others = AccessedCompany.objects.filter(access=OuterRef("pk")).exclude(company=company)
    theirs = AccessedCompany.objects.filter(company=company)
    StaffAccess.objects.filter(~Exists(others), pk__in=theirs.values("access")).delete()


@transaction.atomic
def record_export(
    *,
    results: QuerySet[Result],
    by: User | None,
    reason: str,
    format: str,
    filters: dict[str, Any] | None = None,
    bounds: dict[str, Any] | None = None,
    most: int = NAMED,
) -> StaffAccess:
    """Write down what leaves, in as many statements for a million results as for one; then ``results_of`` gives it.

    ``bounds`` are columns of ``Export`` that say what the results are narrowed to. None where something narrows them
    that may change later: each is named, up to ``most``; of more, the log tells every company that may be among them.
    ``by`` is None for an export from the command line, where nobody is signed in.
    """
    access = StaffAccess.objects.create(
        kind=StaffAccess.Kind.EXPORT, by=by, reason=reason, format=format, filters=filters or {}
    )
    named = list(results.order_by().values_list("pk", flat=True)[: most + 1]) if bounds is None else []
    if bounds is None and len(named) <= most:
        AccessedResult.objects.bulk_create(AccessedResult(access=access, result_id=key) for key in named)
        Export.objects.create(access=access)
    else:
        Export.objects.create(access=access, highest=highest_result(), **bounds or {})
    transaction.on_commit(lambda: log.info("export", access=access.pk, by=access.by_id, format=format))
    return access


def highest_result() -> int:
    """Return the highest key of a result; every lower one that there will ever be is stored by now.

    On SQLite the record itself, written before, keeps other writers waiting.
    """
    if connection.vendor == "postgresql":  # pragma: no branch - the other way is SQLite's
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Result._meta.db_table} IN SHARE MODE")
    return Result.objects.aggregate(highest=Max("pk"))["highest"] or 0


def results_of(access: StaffAccess, results: QuerySet[Result]) -> QuerySet[Result]:
    """Narrow the results that an export was asked for to those that its record tells of."""
    highest = access.export.highest
    return Result.objects.filter(accesses=access) if highest is None else results.filter(pk__lte=highest)


def sealed(pieces: Iterable[bytes], *, access: StaffAccess, table: ScoreTable) -> Iterator[bytes]:
    """Hand on the pieces of the file; write down that it is whole once the last one was taken, and what it is then.

    Where it breaks off nothing is written: a file without a checksum in the log is not whole.
    """
    digest, size = sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        yield piece
    Export.objects.filter(access=access).update(
        rows=table.written, size=size, sha256=digest.hexdigest(), ended_at=timezone.now()
    )
    log.info("export_whole", access=access.pk, rows=table.written, size=size)

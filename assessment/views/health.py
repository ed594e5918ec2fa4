"""Health checks for a load balancer: alive, and able to serve without losing anything."""

import math
import secrets
import time
from collections.abc import Callable, Iterator
from functools import cache as once
from threading import Lock
from typing import Any, cast

import structlog
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from assessment.models.sql import first_row
from marks import allowance

RECENT = 5  # seconds
log = structlog.get_logger("health")


class Readiness:
    """Asks once for all who ask at the same moment: it costs a write, and anybody may ask, as often as they like.

    Whoever comes meanwhile is told what was the case just before, and waits only where nobody asked lately.
    """

    def __init__(self, ask: Callable[[], list[str]]) -> None:
        self.ask, self.at, self.asking = ask, -math.inf, Lock()
        self.problems: list[str] = []

    def current(self) -> list[str]:
        """Return the problems."""
        came = time.monotonic()
        if self.asking.acquire(blocking=came - self.at > RECENT):
            try:
                if self.at < came:
                    self.problems, self.at = self.ask(), time.monotonic()
            finally:
                self.asking.release()
        return self.problems


@allowance(None)
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@allowance(None)
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    # Say only whether: the reasons are for the log, since anybody may ask.
    problems = readiness.current()
    if problems:
        log.error("not ready", problems=problems)
        return HttpResponse("unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def found_problems() -> list[str]:
    try:
        return [*durability_problems(), *migration_problems(), *write_problems()]
    except Error as error:
        return [f"the database fails: {error}"]


readiness = Readiness(found_problems)


def durability_problems() -> Iterator[str]:
    return postgres_problems() if connection.vendor == "postgresql" else sqlite_problems()


def postgres_problems() -> Iterator[str]:
    """Yield what could lose a commit that was acknowledged."""
    yield from commit_problems(
        *first_row(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
            " current_setting('synchronous_standby_names')"
        )
    )


def commit_problems(fsync: str, commit: str, standbys: str) -> Iterator[str]:
    if fsync != "on":
        yield f"fsync is {fsync}"
    if commit == "off" or (commit == "local" and standbys):
        yield f"synchronous_commit is {commit}"


def sqlite_problems() -> Iterator[str]:
    # "memory" is the tests' database: it has no file to lose
    pragmas: list[tuple[str, set[Any]]] = [
        ("synchronous", {2}),
        ("journal_mode", {"wal", "memory"}),
        ("foreign_keys", {1}),
    ]
    for pragma, wanted in pragmas:
        (value,) = first_row(f"PRAGMA {pragma}")
        if value not in wanted:
            yield f"PRAGMA {pragma} is {value}"
    if cast(Any, connection).transaction_mode != "IMMEDIATE":
        yield f"transaction_mode is {cast(Any, connection).transaction_mode}"


def migration_problems() -> Iterator[str]:
    missing = migrations_of_this_code() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        yield "migrations are missing: " + ", ".join(sorted(".".join(name) for name in missing))


@once
def migrations_of_this_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)


def write_problems() -> Iterator[str]:
    # Write to the cache table and read it back; the cache itself swallows the database's errors.
    token = secrets.token_hex(8)
    cache.set("readyz", token, timeout=60)
    if cache.get("readyz") != token:
        yield "the database or its cache table can't be written"

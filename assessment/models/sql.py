"""Statements of our own, where the ORM has no words: one row asked for, many rows written."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

Rows = str | Iterable[Sequence[Any]]


def first_row(statement: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
    """Return the one row of a statement that always has one."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def insert_rows(table: str, columns: Sequence[str], rows: Rows) -> None:
    """Insert without instances: by COPY on PostgreSQL, to which ``rows`` may be lines; elsewhere by one statement."""
    into = f"{table} ({', '.join(map(connection.ops.quote_name, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # type: ignore[arg-type]  # noqa: S608
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            if isinstance(rows, str):
                copy.write(rows)
            else:
                for row in rows:
                    copy.write_row(row)

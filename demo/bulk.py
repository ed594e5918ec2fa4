"""Many rows at once: COPY on PostgreSQL, one prepared INSERT elsewhere. Made in one process, written by another."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from assessment.models.sql import insert_rows

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a table as the database takes them: lines of COPY, or tuples."""

    table: str
    columns: list[str]
    rows: str | list[tuple[Any, ...]]

    def write(self) -> None:
        if self.rows:
            insert_rows(self.table, self.columns, self.rows)


def block(model: type[Model], instances: Sequence[Model]) -> Block:
    """Return the instances' rows; a key that the database gives is left out where no instance has one."""
    own = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not (field.primary_key and all(row.pk is None for row in instances))
    ]
    values = ([getattr(row, field.attname) for field in own] for row in instances)
    rows: str | list[tuple[Any, ...]]
    if connection.vendor == "postgresql":
        rows = "".join("\t".join(map(spelled, line)) + "\n" for line in values)
    else:
        rows = [
            tuple(field.get_db_prep_save(value, connection) for field, value in zip(own, line, strict=True))
            for line in values
        ]
    return Block(model._meta.db_table, [str(field.column) for field in own], rows)


def spelled(value: Any) -> str:
    # As COPY reads it.
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        value = json.dumps(value)
    elif isinstance(value, datetime):
        value = value.isoformat()
    return str(value).translate(ESCAPES)


def keys(model: type[Model], number: int) -> list[int]:
    """Return as many keys of a table as are asked for, which nobody else is given."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, key, number])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0"
            " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
            [table, table],
        )
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [number, table])
        [last] = cursor.fetchone()
    return list(range(last - number + 1, last + 1))

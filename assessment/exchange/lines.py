"""Lines of CSV that PostgreSQL finishes: Python hands them on as they are, a few thousand at once."""

from collections.abc import Iterator
from typing import cast

from django.db.models import QuerySet

from assessment.exchange.cells import literal
from assessment.exchange.scores import JOINED, OWN, ScoreTable
from assessment.exchange.statements import unhurried
from assessment.models import Result
from assessment.models.sql import first_row
from spreadsheets.writers import CSV_SEPARATORS, Dialect, csv_lines

# What a summary holds, taken apart once a row.
PARTS = {
    **{part: f"summary->'{part}'" for part in ["dimensions", "levels", "capabilities", "coverage"]},
    "level_by_score": "summary->>'level_by_score'",
    "held_back_by": """(SELECT COALESCE(string_agg(code, ', ' ORDER BY place), '')
        FROM jsonb_array_elements_text(summary->'held_back_by') WITH ORDINALITY AS held (code, place))""",
}


def csv_pieces(table: ScoreTable, dialect: Dialect) -> Iterator[bytes]:
    """Yield the table as ``csv_lines`` writes it, the header first."""
    yield from (line.encode() for line in csv_lines(table.header, [], dialect=dialect))
    with unhurried():
        for rows in table.chunks():
            if lines := finished(rows, table, dialect):
                yield lines.encode()


def finished(results: QuerySet[Result], table: ScoreTable, dialect: Dialect) -> str | None:
    """Return the lines of some results, in their order; None where there are none. One query."""
    chosen, parameters = results.values(*OWN, "summary", **JOINED).query.sql_with_params()
    lines, number, *last = first_row(statement(chosen, table, dialect), parameters)
    table.passed(number, last)
    return cast(str | None, lines)


def statement(chosen: str, table: ScoreTable, dialect: Dialect) -> str:
    # All that is put together is ours or escaped; what anybody typed stays in the database.
    cells = f" || {literal(CSV_SEPARATORS[dialect])} || ".join(
        column.cell.sql(dialect, table) for column in table.columns
    )
    parts = ", ".join(f"{source} AS {name}" for name, source in PARTS.items())
    return f"""
        SELECT string_agg(line, '' ORDER BY submitted_at DESC, id DESC), count(*), min(submitted_at),
            (array_agg(id ORDER BY submitted_at, id))[1]
        FROM (SELECT submitted_at, id, {cells} || E'\\r\\n' AS line
            FROM (SELECT chosen.*, {parts} FROM ({chosen}) chosen OFFSET 0) parted) lines"""  # noqa: S608

"""Cells of CSV as PostgreSQL writes them: letter for letter what spreadsheets/writers.py makes of the same value.

A ``source`` is SQL over the columns of a row as ``exchange/lines.py`` reads it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone
from psycopg.sql import Literal

from spreadsheets.cells import INVISIBLE, TRIGGERS
from spreadsheets.writers import quoted

if TYPE_CHECKING:
    from assessment.exchange.scores import ScoreTable


def literal(value: Any) -> str:
    return Literal(value).as_string(None).replace("%", "%%")


def escaped(characters: str) -> str:
    """Return what stands between the brackets of a regular expression of Python's as PostgreSQL's reads it."""
    pieces = characters.replace("\0", "").replace("\\-", "\ue000")
    return "".join("-" if piece == "-" else f"\\u{ord(piece):04x}" for piece in pieces).replace("\\ue000", "\\u002d")


RUNS_AS_FORMULA = f"^'*[{escaped(INVISIBLE)}]*[{escaped(TRIGGERS)}]"


class Cell(Protocol):
    def sql(self, dialect: str, table: "ScoreTable") -> str: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Nothing where there is no text."""

    source: str

    def sql(self, dialect: str, table: "ScoreTable") -> str:
        text = f"CASE WHEN {self.source} ~ {literal(RUNS_AS_FORMULA)} THEN '''' || {self.source} ELSE {self.source} END"
        return f"""COALESCE('"' || replace({text}, '"', '""') || '"', '')"""


@dataclass(frozen=True, slots=True)
class Code:
    """A text of ours that begins with a letter or a digit and has no quotation mark: a constraint says so."""

    source: str

    def sql(self, dialect: str, table: "ScoreTable") -> str:
        return f"""'"' || {self.source} || '"'"""


@dataclass(frozen=True, slots=True)
class Whole:
    source: str

    def sql(self, dialect: str, table: "ScoreTable") -> str:
        return f"COALESCE(({self.source})::text, '')"


class Figure(Whole):
    def sql(self, dialect: str, table: "ScoreTable") -> str:
        figure = super().sql(dialect, table)
        return f"replace({figure}, '.', ',')" if dialect == "french" else figure


@dataclass(frozen=True, slots=True)
class Flag:
    source: str

    def sql(self, dialect: str, table: "ScoreTable") -> str:
        return f"CASE WHEN {self.source} THEN '1' ELSE '0' END"


@dataclass(frozen=True, slots=True)
class Moment:
    source: str

    def sql(self, dialect: str, table: "ScoreTable") -> str:
        local = f"({self.source} AT TIME ZONE {literal(timezone.get_current_timezone_name())})"
        if dialect == "french":
            return f"""'"' || to_char({local}, 'YYYY-MM-DD HH24:MI:SS') || '"'"""
        ahead = f"({local} - ({self.source} AT TIME ZONE 'UTC'))"
        sign = f"CASE WHEN {ahead} < interval '0' THEN '-' ELSE '+' END"
        offset = f"{sign} || to_char(GREATEST({ahead}, -{ahead}), 'HH24:MI')"
        return f"""'"' || to_char({local}, 'YYYY-MM-DD"T"HH24:MI:SS') || {offset} || '"'"""


@dataclass(frozen=True, slots=True)
class Named:
    """What Python knows by a key: ``known(table)`` gives it, spelled here once instead of in each row."""

    source: str
    known: Callable[["ScoreTable"], Mapping[Any, Any]]

    def sql(self, dialect: str, table: "ScoreTable") -> str:
        spelled = {key: quoted(value) for key, value in self.known(table).items() if key is not None}
        return f"COALESCE({literal(json.dumps(spelled))}::jsonb ->> {self.source}::text, '')"

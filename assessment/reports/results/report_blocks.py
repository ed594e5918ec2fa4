"""What reports are made of: texts, lists, facts and tables, with figures and dates as the reader writes them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate

from assessment.rules.words import points

Block = dict[str, Any]


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def items(*words: str) -> Block:
    return {"kind": "list", "items": list(words)}


def heading(words: str) -> Block:
    return {"kind": "heading", "text": words}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "facts", "rows": list(rows)}


def table(
    caption: str, headers: list[str], rows: list[dict[str, Any]], *, numbers: Sequence[int] = (), wide: int = 0
) -> Block:
    """``numbers``: places of the columns set to the right; ``wide``: of the one that takes most room."""
    parts = {"caption": caption, "headers": headers, "rows": rows, "numbers": list(numbers), "wide": wide}
    return {"kind": "table", **parts}


def row(
    cells: list[str], *, under: Sequence[str] = (), strong: bool = False, bar: float | None = None
) -> dict[str, Any]:
    """``under``: further lines in the first cell; ``bar``: a length of 0 to 100 drawn below them."""
    return {"cells": cells, "under": [line for line in under if line], "strong": strong, "bar": bar}


def day(moment: datetime | date) -> str:
    return date_format(localdate(moment) if isinstance(moment, datetime) else moment)


def signed(figure: str | None) -> str:
    """Write a difference with its sign, a true minus."""
    if figure is None or figure.strip("-") == "0.0":
        return points(figure and figure.strip("-"))
    return f"−{points(figure[1:])}" if figure.startswith("-") else f"+{points(figure)}"

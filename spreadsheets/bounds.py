"""Bounds of a table, and the refusal of what holds more."""

from dataclasses import dataclass, field
from typing import Any


class RefusedError(Exception):
    def __init__(self, code: str, **details: Any):
        super().__init__(code)
        self.code, self.details = code, details


@dataclass
class Limits:
    """``language`` is the reader's: what a cell shows of a number depends on it."""

    kind: str
    rows: int
    columns: int
    cell: int
    characters: int
    entries: int
    unzipped: int
    ratio: int
    seconds: int
    memory: int
    language: str = "en"


@dataclass
class Counter:
    """Rows and characters over all sheets; refuses what goes over."""

    limits: Limits
    rows: int = 0
    characters: int = 0
    place: dict[str, Any] = field(default_factory=dict)

    def checked(self, sheet: str, number: int, row: list[Any]) -> list[Any]:
        self.rows += 1
        if number > self.limits.rows or self.rows > self.limits.rows:
            raise RefusedError("rows", limit=self.limits.rows)
        if len(row) > self.limits.columns:
            raise RefusedError("columns", sheet=sheet, row=number, limit=self.limits.columns)
        for column, value in enumerate(row, start=1):
            if isinstance(value, str):
                self.check_text(value, sheet=sheet, row=number, column=column)
        return row

    def check_text(self, text: str, **place: Any) -> None:
        self.characters += len(text)
        if len(text) > self.limits.cell:
            raise RefusedError("cell", limit=self.limits.cell, **place)
        if self.characters > self.limits.characters:
            raise RefusedError("characters", limit=self.limits.characters)
        if "\0" in text or not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise RefusedError("character", **place)

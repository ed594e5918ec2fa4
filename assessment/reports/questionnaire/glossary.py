"""The sector's terms, each explained once: read from fixtures/glossary.yaml, which people edit and tests check."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

from language.folding import alphabetical, folded

FILE = settings.BASE_DIR / "fixtures" / "glossary.yaml"
# Two capitals at least, or a capital and a figure: what is read letter by letter, and so written one way only.
ACRONYM = re.compile(r"(?=\w*[A-Z]\w*[A-Z0-9])\w")

# Words that everybody knows: explained, but no text leads to them.
ORDINARY = {"Informatique"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One term in one language; ``head`` is what texts call it, ``meaning`` what that stands for ("" for a phrase)."""

    slug: str
    head: str
    meaning: str
    text: str

    @property
    def is_acronym(self) -> bool:
        return any(map(ACRONYM.match, self.head.split()))

    @property
    def letter(self) -> str:
        return folded(self.head)[0].upper()


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """Return every term in alphabetical order; the file is read once per process and language."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        sorted((_entry(row["slug"], **row[language]) for row in rows), key=lambda entry: alphabetical(entry.head))
    )


def _entry(slug: str, title: str, text: str) -> Entry:
    head, _dash, meaning = title.partition(" – ")
    return Entry(slug, head, meaning, text)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the terms of one language in a text, whole words only, the longest first."""

    pattern: re.Pattern[str]
    by_form: dict[str, Entry]

    def pieces(self, text: str) -> Iterator[tuple[str, Entry | None]]:
        """Cut the text at its terms: each piece with its entry, None between them; joined, they are the text."""
        for place, piece in enumerate(self.pattern.split(text)):
            if piece:
                yield piece, self._entry(piece) if place % 2 else None

    def _entry(self, form: str) -> Entry:
        return self.by_form.get(form) or self.by_form[form.lower()]


@cache
def finder(language: str) -> Finder:
    by_form = {form: entry for entry in entries(language) for form in _forms(entry)}
    forms = "|".join(
        re.escape(form) if by_form[form].is_acronym else f"(?i:{re.escape(form)})"
        for form in sorted(by_form, key=len, reverse=True)
    )
    return Finder(re.compile(rf"(?<!\w)({forms})(?!\w)"), by_form)


def _forms(entry: Entry) -> list[str]:
    # An acronym is written one way; a phrase may open a sentence or stand in the plural.
    phrase = entry.head.lower()
    if entry.head in ORDINARY:
        return []
    return [entry.head] if entry.is_acronym else [phrase, f"{phrase}s"]

"""Texts as they are looked for and put in order: without accents, case and ligatures.

The database has the same functions: ``migrations`` gives them to PostgreSQL, ``apps`` to each connection to SQLite.
"""

import re
from typing import overload
from unicodedata import normalize

# Accents of their own, once a letter is taken apart, and what shows nothing: soft hyphens, joiners, zero-width spaces.
MARKS = (
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff]"
)
ALIKE = ("øłđıς’‘ʼ‐–—«»“”", 'oldiσ\'\'\'---""""')
SPELLED_OUT = {"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th"}
SAME = str.maketrans(dict(zip(*ALIKE, strict=True)) | SPELLED_OUT)
BEFORE_ALL = "\x01"


@overload
def folded(text: str) -> str: ...
@overload
def folded(text: None) -> None: ...
def folded(text: str | None) -> str | None:
    # What two spellings that a reader takes for the same have in common.
    if text is None or text.isascii():
        return text and text.lower()
    return re.sub(MARKS, "", normalize("NFKD", text)).lower().translate(SAME)


@overload
def alphabetical(text: str) -> str: ...
@overload
def alphabetical(text: None) -> None: ...
def alphabetical(text: str | None) -> str | None:
    # Sorts as a French dictionary does: by letters, then by accents.
    return text if text is None else folded(text) + BEFORE_ALL + text

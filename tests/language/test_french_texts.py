"""French as it is written in locale/: no word that would lose its vowel before a name, no space that lets a sign stray."""

import re
from pathlib import Path

import polib
import pytest

FILE = Path(__file__).parents[2] / "locale" / "fr" / "LC_MESSAGES" / "django.po"
# What may begin with a vowel or an h: names that people give.
NAMES = "company|person|who|by|code|name|title|original|current|campaign|kind|field|label|provider|user|model|what"
ELIDED = re.compile(
    rf"\b(de|que|le|la|si|ne|se|jusque|lorsque|parce que|puisque)[ \u00a0]%\(({NAMES})\)s", re.IGNORECASE
)
GLUED = re.compile(r"\b(de|que|le|la) (%s|\{fields\}|\{name\}|%\(verbose_name)", re.IGNORECASE)
STRAY = re.compile(r" [:;?!»]|« ")
# "1 days": a figure before a plural word is a sentence for each number, or stands after a colon.
COUNTED = re.compile(
    r"%\((count|counter|n|number|asked|all|answered|unknown|applicable|hidden|left)\)[sd] [a-zéèêà]+s\b"
)
FILES_OWN = re.compile(r"weight: 0|format: 2|fr: …")


@pytest.fixture(scope="module")
def entries():
    return [entry for entry in polib.pofile(str(FILE)) if not entry.obsolete]


def texts(entries):
    return [(entry.msgid, text) for entry in entries for text in [entry.msgstr, *entry.msgstr_plural.values()]]


def test_no_word_meets_a_name_before_which_it_would_lose_its_vowel(entries):
    assert [text for _id, text in texts(entries) if ELIDED.search(text) or GLUED.search(text)] == []


def test_no_sign_stands_after_a_space_at_which_a_line_may_break(entries):
    assert [text for _id, text in texts(entries) if STRAY.search(text)] == []


def test_no_colon_stands_close_to_its_word(entries):
    own = [FILES_OWN.sub("", text) for _id, text in texts(entries)]

    assert [text for text in own if re.search(r"[\wé)»][:;?!](\s|$)", text)] == []


def test_a_figure_before_a_plural_is_a_sentence_for_each_number(entries):
    assert [entry.msgid for entry in entries if not entry.msgid_plural and COUNTED.search(entry.msgstr)] == []

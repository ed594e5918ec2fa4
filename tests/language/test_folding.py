"""Texts as they are looked for and put in order, in Python and in the database."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from language.folding import alphabetical, folded

# Latin with its accents and ligatures, Greek, Cyrillic, quotation marks and dashes, and what shows nothing.
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x17F) | st.characters(
    min_codepoint=0x384, max_codepoint=0x52F, categories=["Lu", "Ll"]
)
SIGNS = st.sampled_from("œŒæÆßẞþøłđı’‘ʼ‐‑–—«»“”\u00ad\u200b\u0301\u0327\u202f\u00a0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BIOMÉRIEUX", "bioMérieux"),
        ("Télésanté", "TELESANTE"),
        ("élan", "ELAN"),
        ("Œuvre", "oeuvre"),
        ("Cæsar", "CAESAR"),
        ("L’Oréal", "l'oreal"),
        ("Jean‑Luc", "jean-luc"),
        ("Sanofi\u202f5", "sanofi 5"),
        ("e\u0301lan", "élan"),
        ("Gro\u00df", "GROSS"),
        ("İstanbul", "istanbul"),
        ("zéro\u200bdéchet", "zerodechet"),
    ],
)
def test_two_spellings_that_a_reader_takes_for_the_same(one, other):
    assert folded(one) == folded(other)


def test_letters_come_first_then_accents():
    names = [
        "Zoé",
        "élan",
        "Œuvre",
        "ogre",
        "oxygène",
        "Elan",
        "zèbre",
        "côté",
        "côte",
        "cote",
        "coté",
        "Ça",
        "Cb",
        "3M",
    ]

    assert sorted(names, key=alphabetical) == [
        *["3M", "Ça", "Cb", "cote", "coté", "côte", "côté", "Elan", "élan", "Œuvre", "ogre", "oxygène", "zèbre", "Zoé"]
    ]


def read(cursor, text):
    cursor.execute("SELECT folded(%s), alphabetical(%s)", [text, text])
    return cursor.fetchone()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(LETTERS | SIGNS), min_size=1, max_size=20))
def test_the_database_reads_as_we_do(texts):
    with connection.cursor() as cursor:
        asked = [text for text in texts if "\0" not in text]
        rows = [read(cursor, text) for text in asked]

    assert rows == [(folded(text), alphabetical(text)) for text in asked]

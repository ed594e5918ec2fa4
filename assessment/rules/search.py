"""Words as they are looked for: without accents and case, and without the endings of plurals."""

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import Func, Q, QuerySet

from assessment.models import Publication
from language.folding import folded

LONGEST = 200
MOST_WORDS = 12


def plain_words(text: str) -> str:
    # Small letters without accents, of any text; what isn't a letter or a digit parts words.
    return " ".join(re.findall(r"[a-z0-9]+", folded(text)))


def stem(word: str) -> str:
    # Cut a plural's ending, French or English; on both sides of the search, so it may cut too much.
    if len(word) > 4 and word.endswith("aux"):
        return word[:-3] + "al"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss"):
        return word[:-1]
    return word


def stems_of(text: str) -> str:
    # Each stem once, between spaces.
    return " " + " ".join(dict.fromkeys(stem(word) for word in plain_words(text).split())) + " "


def matching(words: str) -> Q:
    # A condition on publications: every word, in either language. Full text on PostgreSQL, stems elsewhere.
    asked = plain_words(words[:LONGEST]).split()[:MOST_WORDS]
    if not asked:
        return Q()
    return full_text(" ".join(asked)) if connection.vendor == "postgresql" else by_stems(asked)


def words_left_out(words: str) -> list[str]:
    """Return what nothing is looked for by: all of a text without a letter or a digit, words beyond the most."""
    asked = plain_words(words).split()
    return asked[MOST_WORDS:] if asked else [words] * bool(words.strip())


class Vector(Func):
    """Letter for letter the expression of the index, its constants included: sent as parameters of a prepared
    statement, as SearchVector does, they are unknown to a generic plan, which then reads every row."""

    template = "to_tsvector('%(language)s'::regconfig, COALESCE(%(expressions)s, ''))"
    output_field = SearchVectorField()


def vectors() -> dict[str, Vector]:
    return {"french": Vector("search_fr", language="french"), "english": Vector("search_en", language="english")}


def full_text(words: str) -> Q:
    return Q(french=SearchQuery(words, config="french", search_type="plain")) | Q(
        english=SearchQuery(words, config="english", search_type="plain")
    )


def by_stems(asked: Iterable[str]) -> Q:
    condition = Q()
    for word in asked:
        condition &= Q(stems__contains=f" {stem(word)}")
    return condition


def search(publications: QuerySet[Publication], words: str) -> QuerySet[Publication]:
    if connection.vendor == "postgresql" and plain_words(words):
        publications = publications.alias(**vectors())
    return publications.filter(matching(words))

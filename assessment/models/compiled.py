"""From rows to the questionnaire that the engine reads: checked like a file, kept for as long as it can’t change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.db.models import QuerySet

from assessment.maturity.definition import Questionnaire
from assessment.maturity.file.format import load_document
from assessment.models.immutability import Frozen
from assessment.models.languages import LANGUAGES
from assessment.models.questionnaire import Band, Capability, Choice, Dimension, Level, Question, Version

# Versions kept by each process: few are in use at one time, and a very large one takes hundreds of megabytes.
KEPT = 8

# What each part is made of; a text has a column for each language.
VERSION = ["languages", "title", "introduction", "aggregation", "profile", "frames"]
LEVEL = ["number", "start", "every_dimension_at_least", "title", "description"]
NODE = ["code", "weight", "aggregation", "title", "description"]
QUESTION = [
    *["code", "kind", "weight", "express", "required", "allow_not_applicable", "allow_unknown", "text", "help"],
    *["obligation", "applies_when", "cap", "unit", "minimum", "maximum"],
]
CHOICE = ["code", "points", "effort", "text", "next_step", "exclusive"]
BAND = ["start", "points", "effort"]
TEXTS = {"title", "introduction", "description", "text", "help", "obligation", "unit", "next_step"}
# The file's own words where they are not the columns'.
KEYS = {"start": "from", "minimum": "min", "maximum": "max"}


def compiled(version: Version) -> Questionnaire:
    """Return the version as the engine reads it; FormatError lists what keeps a draft from being ready.

    No query for a published version met before in this process, seven for any other.
    """
    if version.is_draft:
        return load_document(document(version))
    # A correction of its texts is the one change that a published version knows.
    return _published(version.pk, version.checksum, version.published_at, version.texts_revision)


@lru_cache(maxsize=KEPT)
def _published(pk: int, checksum: str, published_at: datetime | None, texts_revision: int) -> Questionnaire:
    return load_document(document(Version.objects.select_related("questionnaire").get(pk=pk)))


def document(version: Version) -> dict:
    """Return the version in the form of a questionnaire file, well-formed or not; each table is read once."""
    bands = by_parent(version, Band, BAND)
    choices = by_parent(version, Choice, CHOICE)
    questions = by_parent(version, Question, QUESTION, bands=bands, choices=choices)
    capabilities = by_parent(version, Capability, [*NODE, "reads_as"], questions=questions)
    return {
        "format": version.format,
        "code": version.questionnaire.code,
        "version": version.number,
        **item(VERSION, [getattr(version, column) for column in columns(VERSION)]),
        "policy": {"unknown": version.unknown_policy},
        "levels": by_parent(version, Level, LEVEL)[version.pk],
        **({"targets": version.targets} if version.targets else {}),
        "dimensions": by_parent(version, Dimension, NODE, capabilities=capabilities)[version.pk],
    }


def by_parent(
    version: Version, model: type[Frozen], fields: Sequence[str], **children: dict[int, list[dict[str, Any]]]
) -> dict[int, list[dict[str, Any]]]:
    """Return the rows as the file has them, in lists by their parent's key; ``children`` are such lists of theirs."""
    siblings: dict[int, list[dict[str, Any]]] = defaultdict(list)
    path, among_siblings = model.VERSION.removesuffix("__"), cast(list[str], model._meta.ordering)[1:]
    rows: QuerySet[Frozen] = QuerySet(model).filter(**{path: version}).order_by(*among_siblings)
    # Plain tuples: a large questionnaire has hundreds of thousands of choices, each text with a column a language.
    for parent, key, *values in rows.values_list(f"{model.PARENT}_id", "pk", *columns(fields)):
        part = item(fields, values)
        part.update((name, lists[key]) for name, lists in children.items() if key in lists)
        siblings[parent].append(part)
    return siblings


def columns(fields: Iterable[str]) -> list[str]:
    return [column for field in fields for column in (in_languages(field) if field in TEXTS else [field])]


def in_languages(field: str) -> list[str]:
    return [f"{field}_{language}" for language in LANGUAGES]


def item(fields: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
    # Leave out what is absent; only a choice of a multiple question may speak of being exclusive.
    part, values = {}, iter(values)
    for field in fields:
        value = text(values) if field in TEXTS else next(values)
        if value is not None and (value or field != "exclusive"):
            part[KEYS.get(field, field)] = plain(value) if isinstance(value, Decimal) else value
    return part


def plain(number: Decimal) -> Decimal:
    # Without the column's zeros, as problems quote it.
    return Decimal(f"{number.normalize():f}")


def text(values: Iterator[Any]) -> dict[str, str] | None:
    written = {language: next(values) for language in LANGUAGES}
    return {language: words for language, words in written.items() if words} or None

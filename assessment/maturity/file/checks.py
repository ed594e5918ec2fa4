"""Checks over several parts of a questionnaire file: distinct codes, rising orders, points to be won.

What a value can say of itself and of those beside it, schema.py checks. Everything here reads raw data and passes over
what has not the expected shape, so that all the problems of a file come at once.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from assessment.maturity.file.plan_keys import check_plan_keys
from assessment.maturity.file.problems import Problem, Steps, gettext_noop, place_of, problem
from assessment.maturity.file.rawdata import PROFILE_KEYS, Raw, capabilities, entries, number, questions, section, words
from assessment.maturity.file.references import check_references

TEXT_KEYS = {"title", "introduction", "description", "text", "help", "next_step", "unit", "note", "obligation"}


def check(document: Any) -> Iterator[Problem]:
    if not isinstance(document, dict):
        return
    yield from _languages(document)
    yield from _codes(document)
    yield from _levels(list(entries(document, "levels")))
    for steps, question in questions(document):
        yield from _question(steps, question)
    yield from check_plan_keys(document)
    yield from check_references(document)


def _languages(document: Raw) -> Iterator[Problem]:
    declared = [language for _, language in words(document, "languages")]
    if not declared:
        return
    for steps, text in _texts(document, ()):
        for language in declared:
            if language not in text:
                yield _problem(
                    (*steps, language), gettext_noop("is missing: translate, every text has all the languages")
                )
        for language in text.keys() - set(declared):
            yield _problem(
                (*steps, language), gettext_noop("is not one of the languages: declare it there, or remove this text")
            )


def _texts(value: Raw | list[Any], steps: Steps) -> Iterator[tuple[Steps, Raw]]:
    children: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children:
        if key in TEXT_KEYS and isinstance(child, dict):
            yield (*steps, key), child
        elif isinstance(child, dict | list):
            yield from _texts(child, (*steps, key))


def _codes(document: Raw) -> Iterator[Problem]:
    yield from _repeated(words(document, "languages"))
    for key in PROFILE_KEYS:
        yield from _repeated(words(section(document, "profile"), key, ("profile",)))
    yield from _repeated(_keyed(entries(document, "frames"), "code"))
    for steps, frame in entries(document, "frames"):
        yield from _repeated(_keyed(entries(frame, "dimensions", steps), "code"))
    yield from _repeated(_keyed(entries(document, "levels"), "number"))
    yield from _repeated(_keyed(entries(document, "dimensions"), "code"))
    yield from _repeated(_keyed(capabilities(document), "code"))
    yield from _repeated(_keyed(questions(document), "code"))
    for steps, question in questions(document):
        yield from _repeated(_keyed(entries(question, "choices", steps), "code"))


def _keyed(items: Iterable[tuple[Steps, Raw]], key: str) -> Iterator[tuple[Steps, str | int]]:
    for steps, item in items:
        if isinstance(item.get(key), str | int):
            yield (*steps, key), item[key]


def _repeated(items: Iterable[tuple[Steps, str | int]]) -> Iterator[Problem]:
    first: dict[str | int, Steps] = {}
    for steps, value in items:
        if value in first:
            yield _problem(
                steps,
                gettext_noop("repeats %(value)s, given at %(place)s: change or remove one"),
                value=value,
                place=place_of(first[value]),
            )
        first.setdefault(value, steps)


def _levels(levels: list[tuple[Steps, Raw]]) -> Iterator[Problem]:
    if levels and number(levels[0][1], "from"):
        yield _problem((*levels[0][0], "from"), gettext_noop("must be 0, so that every score has a level"))
    yield from _rising(levels, "from")
    yield from _rising(levels, "number")


def _rising(items: list[tuple[Steps, Raw]], key: str) -> Iterator[Problem]:
    known = [((*steps, key), value) for steps, item in items if (value := number(item, key)) is not None]
    for (_, before), (steps, value) in pairwise(known):
        if value < before or (value == before and key != "number"):  # equal numbers are reported as repeated
            yield _problem(
                steps,
                gettext_noop("must be above %(before)s, the one before: put them in ascending order"),
                before=before,
            )


def _question(steps: Steps, question: Raw) -> Iterator[Problem]:
    if question.get("kind") == "number":
        yield from _bands(steps, question)
    if question.get("kind") == "text" or question.get("weight", 1) == 0:
        return
    yield from _points(steps, question)


def _points(steps: Steps, question: Raw) -> Iterator[Problem]:
    key = "bands" if question.get("kind") == "number" else "choices"
    points = [number(item, "points") != 0 for _, item in entries(question, key)]
    if points and not any(points):
        yield _problem(
            (*steps, key), gettext_noop("no point can be won here: give points, or give the question weight: 0")
        )


def _bands(steps: Steps, question: Raw) -> Iterator[Problem]:
    low, high = number(question, "min"), number(question, "max")
    if low is None or high is None:
        return
    bands = list(entries(question, "bands", steps))
    yield from _rising(bands, "from")
    starts = [((*place, "from"), start) for place, band in bands if (start := number(band, "from")) is not None]
    if starts and starts[0][1] > low:
        yield _problem(
            starts[0][0], gettext_noop("must not be above min, %(low)s: every number needs its band"), low=low
        )
    yield from _empty_bands(starts, low, high)


def _empty_bands(starts: list[tuple[Steps, Decimal]], low: Decimal, high: Decimal) -> Iterator[Problem]:
    for (place, _), (_, end) in pairwise(starts):
        if end <= low:
            yield _problem(
                place,
                gettext_noop("starts a band without any number, all are from %(low)s: remove it, or lower min"),
                low=low,
            )
    for place, start in starts:
        if start > high:
            yield _problem(
                place,
                gettext_noop("is above max, %(high)s, no number falls in this band: remove it, or raise max"),
                high=high,
            )


def _problem(steps: Steps, text: str, /, **details: object) -> Problem:
    return problem(place_of(steps), text, **details)

"""Limits of the stored questionnaire that its file format lacks: each problem with its place, before any writing."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.translation import gettext_noop

from assessment.maturity.definition import Question, Questionnaire
from assessment.maturity.figures import decimal_text
from assessment.maturity.file.problems import FormatError, Problem, Steps, place_of, problem
from assessment.models import Level, Version
from assessment.models import Question as QuestionRow
from assessment.models.languages import LANGUAGES

LONGEST_TITLE = Version._meta.get_field("title").max_length
LONGEST_UNIT = QuestionRow._meta.get_field("unit").max_length
HIGHEST_LEVEL = 32_767
DECIMALS = Level._meta.get_field("start").decimal_places
DIGITS = 15


def refuse_what_rows_cannot_hold(definition: Questionnaire) -> None:
    problems = list(excesses(definition))
    if problems:
        raise FormatError(problems)


def excesses(definition: Questionnaire) -> Iterator[Problem]:
    for index, language in enumerate(definition.languages):
        if language not in LANGUAGES:
            yield _excess(
                ("languages", index),
                gettext_noop("%(language)s cannot be shown: use %(known)s alone"),
                language=language,
                known=" and ".join(LANGUAGES),
            )
    yield from _too_long((), "title", definition.title, LONGEST_TITLE)
    for index, level in enumerate(definition.levels):
        steps: Steps = ("levels", index)
        if level.number > HIGHEST_LEVEL:
            yield _excess(
                (*steps, "number"), gettext_noop("is above %(most)s: choose a smaller one"), most=HIGHEST_LEVEL
            )
        yield from _too_fine(steps, {"from": level.start, "every_dimension_at_least": level.every_dimension_at_least})
        yield from _too_long(steps, "title", level.title, LONGEST_TITLE)
    for index, dimension in enumerate(definition.dimensions):
        yield from _too_long(("dimensions", index), "title", dimension.title, LONGEST_TITLE)
        for place, capability in enumerate(dimension.capabilities):
            steps = ("dimensions", index, "capabilities", place)
            yield from _too_long(steps, "title", capability.title, LONGEST_TITLE)
            for number, question in enumerate(capability.questions):
                yield from _of_question((*steps, "questions", number), question)


def _of_question(steps: Steps, question: Question) -> Iterator[Problem]:
    yield from _too_long(steps, "unit", question.unit or {}, LONGEST_UNIT)
    yield from _too_fine(steps, {"min": question.minimum, "max": question.maximum})
    for index, band in enumerate(question.bands):
        yield from _too_fine((*steps, "bands", index), {"from": band.start})


def _too_long(steps: Steps, key: str, text: Mapping[str, str], longest: int | None) -> Iterator[Problem]:
    for language, words in text.items():
        if longest is not None and len(words) > longest:
            yield _excess(
                (*steps, key, language), gettext_noop("is longer than %(most)s characters: shorten it"), most=longest
            )


def _too_fine(steps: Steps, numbers: dict[str, Fraction | None]) -> Iterator[Problem]:
    for key, number in numbers.items():
        digits = "" if number is None else decimal_text(abs(number))
        decimals = len(digits.partition(".")[2])
        if decimals > DECIMALS or len(digits.replace(".", "").lstrip("0")) > DIGITS:
            yield _excess(
                (*steps, key),
                gettext_noop("has too many digits: keep %(most)s in all, %(decimals)s of them after the point"),
                most=DIGITS,
                decimals=DECIMALS,
            )


def _excess(steps: Steps, text: str, **details: object) -> Problem:
    return problem(place_of(steps), text, **details)

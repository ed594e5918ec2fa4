"""Problems of a questionnaire's file in the reader's language; the format names and describes each in English."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

from assessment.maturity.file.problems import Problem
from assessment.maturity.file.yaml_reader import NOT_YAML

JOINING = {"or": gettext_noop(" or "), "and": gettext_noop(" and ")}
UNEXPLAINED = gettext_noop("is not readable YAML: check indentation, quotes and brackets around there")
PLACES = {
    r"the file": gettext_noop("the file"),
    r"line (?P<line>\d+), column (?P<column>\d+)": gettext_noop("line %(line)s, column %(column)s"),
    r"character (?P<number>\d+)": gettext_noop("character %(number)s"),
}
# What the parser itself says of a text that is no YAML.
PARSER = {
    gettext_noop("block sequence entries are not allowed in this context"),
    gettext_noop("control characters are not allowed"),
    gettext_noop("could not find expected ':'"),
    gettext_noop("did not find expected ',' or ']'"),
    gettext_noop("did not find expected ',' or '}'"),
    gettext_noop("did not find expected '-' indicator"),
    gettext_noop("did not find expected <document start>"),
    gettext_noop("did not find expected alphabetic or numeric character"),
    gettext_noop("did not find expected comment or line break"),
    gettext_noop("did not find expected hexdecimal number"),
    gettext_noop("did not find expected key"),
    gettext_noop("did not find expected node content"),
    gettext_noop("did not find expected whitespace or line break"),
    gettext_noop("found a tab character that violates indentation"),
    gettext_noop("found a tab character where an indentation space is expected"),
    gettext_noop("found an indentation indicator equal to 0"),
    gettext_noop("found character that cannot start any token"),
    gettext_noop("found undefined alias"),
    gettext_noop("found undefined tag handle"),
    gettext_noop("found unexpected ':'"),
    gettext_noop("found unexpected document indicator"),
    gettext_noop("found unexpected end of stream"),
    gettext_noop("found unknown escape character"),
    gettext_noop("mapping keys are not allowed in this context"),
    gettext_noop("mapping values are not allowed in this context"),
}


def place_in_words(problem: Problem) -> str:
    # A path within the file is the same in every language.
    for pattern, words in PLACES.items():
        if parts := re.fullmatch(pattern, problem.place):
            return gettext(words) % parts.groupdict()
    return problem.place


def problem_in_words(problem: Problem) -> str:
    details = dict(problem.details)
    if problem.text == NOT_YAML:
        if details["what"] not in PARSER:
            return gettext(UNEXPLAINED)
        details["what"] = gettext(str(details["what"]))
    details = {name: detail_in_words(value) for name, value in details.items()}
    return gettext(problem.text) % details if details else gettext(problem.text)


def detail_in_words(value: object) -> str:
    # Lists are "'zero' or 'exclude'" and "fr and en"; what else people wrote themselves holds no such thing.
    if isinstance(value, int | Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    return re.sub(r"(?<=\w|') (or|and) (?=\w|')", lambda word: gettext(JOINING[word[1]]), str(value))


def line_in_words(problem: Problem) -> str:
    # One line, whatever a hostile file calls its keys.
    line = gettext("%(place)s: %(problem)s") % {"place": place_in_words(problem), "problem": problem_in_words(problem)}
    return "".join(char if char.isprintable() or char == "\u00a0" else f"\\u{ord(char):04x}" for char in line)

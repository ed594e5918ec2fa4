"""Reads a strict YAML: one document of mappings, lists, texts and plain numbers, every problem with its place."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, NoReturn

import yaml

from assessment.maturity.file.problems import FormatError, Problem, gettext_noop, place_of, problem

DEEPEST = 64
LARGEST = 200_000_000  # characters: room for 2,000 questions of 200 choices with long texts

WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NOTHING = {"", "~", "null", "Null", "NULL"}
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
OTHER_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


class Thousands(int):
    """A number that English writes with commas."""

    def __str__(self) -> str:
        return f"{self:,}"


class UnreadableError(Exception):
    """A value that can't be taken; the rest of the file can still be looked at. What a ``Problem`` says of it."""

    def __init__(self, text: str, **details: object) -> None:
        super().__init__(text % details if details else text)
        self.text, self.details = text, details


@lru_cache(maxsize=4096)
def scalar(text: str) -> str | int | bool | Decimal:
    """Read an unquoted word as YAML 1.2 does, numbers only as plain decimals."""
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    if text in NOTHING:
        raise UnreadableError(gettext_noop("has no value: write one, or leave the key out"))
    if OTHER_NUMBER.fullmatch(text):
        raise UnreadableError(
            gettext_noop(
                "%(value)s is no plain number: write it as 12 or 12.5 (15 digits at most), or in quotes if it is text"
            ),
            value=text[:40],
        )
    return text


def read(text: str) -> tuple[Any, list[Problem]]:
    """Return the document as dicts, lists and scalars, None where a value can't be taken, with the problems found."""
    if len(text) > LARGEST:
        raise FormatError(
            [
                problem(
                    "the file",
                    gettext_noop("is larger than %(most)s characters: split or shorten it"),
                    most=Thousands(LARGEST),
                )
            ]
        )
    problems: list[Problem] = []
    try:
        return _Reader(text, problems).document(), problems
    except UnicodeEncodeError:
        raise FormatError(
            [problem("the file", gettext_noop("holds characters that are not text: save it as UTF-8"))]
        ) from None
    except yaml.YAMLError as error:
        raise FormatError([*problems, _syntax_problem(error)]) from None


def _syntax_problem(error: yaml.YAMLError) -> Problem:
    mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
    place = "the file" if position is None else f"character {position + 1}"
    if mark is not None:
        place = f"line {mark.line + 1}, column {mark.column + 1}"
    what = getattr(error, "problem", None) or getattr(error, "reason", None)
    return problem(place, NOT_YAML, what=what)


ANCHOR = gettext_noop("has an anchor or a tag: remove it")
TWICE = gettext_noop("is given twice: keep one")
NOT_YAML = gettext_noop("is not readable YAML (%(what)s): check indentation, quotes and brackets around there")


class _Reader:
    """Builds the document from the parser's events; DEEPEST bounds the recursion."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.steps: list[str | int] = []
        self.problems = problems

    def document(self) -> Any:
        self.next()  # the stream starts
        if isinstance(self.next(), yaml.StreamEndEvent):
            self._refuse(gettext_noop("is empty: write a questionnaire"))
            return None
        document = self._value(self.next())
        self.next()  # the document ends
        if not isinstance(self.next(), yaml.StreamEndEvent):
            self._refuse(gettext_noop("holds a second document: keep one"))
        return document

    def _value(self, event: Any) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(gettext_noop("is an alias (*%(anchor)s): write the value itself"), anchor=event.anchor)
        if event.anchor or event.tag:
            self._refuse(ANCHOR)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(self.steps) >= DEEPEST:
            self._give_up(gettext_noop("is nested deeper than %(most)s levels: simplify"), most=DEEPEST)
        return self._mapping() if isinstance(event, yaml.MappingStartEvent) else self._list()

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if not event.implicit[0]:  # in quotes, or a block
            return event.value
        try:
            return scalar(event.value)
        except UnreadableError as error:
            return self._refuse(error.text, **error.details)

    def _mapping(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = (
                event.value
                if isinstance(event, yaml.ScalarEvent)
                else self._give_up(gettext_noop("has a key that is not a word"))
            )
            self.steps.append(key)
            if key in found or event.anchor or event.tag:
                self._refuse(TWICE if key in found else ANCHOR)
            found[key] = self._value(self.next())
            self.steps.pop()
        return found

    def _list(self) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            self.steps.append(len(found))
            found.append(self._value(event))
            self.steps.pop()
        return found

    def _refuse(self, text: str, **details: object) -> None:
        self.problems.append(problem(place_of(tuple(self.steps)), text, **details))

    def _give_up(self, text: str, **details: object) -> NoReturn:
        self._refuse(text, **details)
        raise FormatError(self.problems)

"""Reads a strict YAML: one document of mappings, lists, texts and plain numbers, every problem with its place."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from assessment.maturity.problems import FormatError, Problem, place_of

DEEPEST = 64
LARGEST = 200_000_000  # characters: room for 2,000 questions of 200 choices with long texts

WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NOTHING = {"", "~", "null", "Null", "NULL"}
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
OTHER_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


class Unreadable(Exception):
    """A value that can't be taken; the rest of the file can still be looked at."""


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
        raise Unreadable("has no value: write one, or leave the key out")
    if OTHER_NUMBER.fullmatch(text):
        raise Unreadable(
            f"{text[:40]} is no plain number: write it as 12 or 12.5 (15 digits at most), or in quotes if it is text"
        )
    return text


def read(text: str) -> tuple[Any, list[Problem]]:
    """Return the document as dicts, lists and scalars, None where a value can't be taken, with the problems found."""
    if len(text) > LARGEST:
        raise FormatError([Problem("the file", f"is larger than {LARGEST:,} characters: split or shorten it")])
    try:
        return _Reader().read(text)
    except UnicodeEncodeError:
        raise FormatError([Problem("the file", "holds characters that are not text: save it as UTF-8")]) from None
    except yaml.YAMLError as error:
        raise FormatError([_syntax_problem(error)]) from None


def _syntax_problem(error: yaml.YAMLError) -> Problem:
    mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
    place = "the file" if position is None else f"character {position + 1}"
    if mark is not None:
        place = f"line {mark.line + 1}, column {mark.column + 1}"
    what = getattr(error, "problem", None) or getattr(error, "reason", None)
    return Problem(place, f"is not readable YAML ({what}): check indentation, quotes and brackets around there")


class _List:
    """A sequence being read."""

    def __init__(self) -> None:
        self.value: list[Any] = []

    @property
    def step(self) -> int:
        return len(self.value)

    def put(self, value: Any) -> None:
        self.value.append(value)


class _Mapping:
    """A mapping being read, which takes a key and a value in turn."""

    def __init__(self) -> None:
        self.value: dict[str, Any] = {}
        self.step: str | None = None  # the key that waits for its value

    def put(self, value: Any) -> None:
        assert self.step is not None
        self.value[self.step] = value
        self.step = None


class _Reader:
    """Builds the document from the parser's events, without recursion: no nesting can exhaust the stack."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.document: Any = None
        self.filling: list[_List | _Mapping] = []  # outermost first

    def read(self, text: str) -> tuple[Any, list[Problem]]:
        parser, documents = yaml.CSafeLoader(text), 0
        while parser.check_event() and documents < 2:
            event = parser.get_event()
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._put(self.filling.pop().value)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(f"is an alias (*{event.anchor}): write the value itself")
                self._put(None)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
        if documents != 1:
            self._refuse("holds a second document: keep one" if documents else "is empty: write a questionnaire")
        return self.document, self.problems

    def _waits_for_key(self) -> bool:
        return bool(self.filling) and self.filling[-1].step is None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._refuse_decoration(event)
        if self._waits_for_key():
            self._key(event.value)
            return
        try:
            self._put(scalar(event.value) if event.implicit[0] else event.value)
        except Unreadable as problem:
            self._refuse(str(problem))
            self._put(None)

    def _key(self, key: str) -> None:
        mapping = self.filling[-1]
        assert isinstance(mapping, _Mapping)
        mapping.step = key
        if key in mapping.value:
            self._refuse("is given twice: keep one")

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if self._waits_for_key():
            raise FormatError([*self.problems, Problem(self._place(), "has a list or mapping as a key: write a word")])
        if len(self.filling) == DEEPEST:
            raise FormatError(
                [*self.problems, Problem(self._place(), f"is nested deeper than {DEEPEST} levels: simplify")]
            )
        if event.anchor or event.tag:
            self._refuse_decoration(event)
        self.filling.append(_Mapping() if isinstance(event, yaml.MappingStartEvent) else _List())

    def _put(self, value: Any) -> None:
        if self._waits_for_key():
            self._key("*")  # an alias for a key, refused already
        elif self.filling:
            self.filling[-1].put(value)
        else:
            self.document = value

    def _refuse_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._refuse(f"has an anchor (&{event.anchor}): remove it")
        if event.tag:
            self._refuse(f"has a tag ({event.tag}): remove it")

    def _refuse(self, message: str) -> None:
        self.problems.append(Problem(self._place(), message))

    def _place(self) -> str:
        return place_of(tuple(container.step for container in self.filling if container.step is not None))

"""Writes plain data as YAML in one way only, which YAML 1.1 and 1.2 readers understand alike."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessment.maturity.figures import decimal_text

# Words that a YAML 1.1 reader takes for a truth value or for nothing.
NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
# Characters that YAML wants escaped, beyond those that JSON escapes.
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
NOT_LITERAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class OneLine:
    """A list or mapping of codes and numbers."""

    value: Any


@dataclass(frozen=True, slots=True)
class Prose:
    """A text by language."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Aside:
    """A value that changes no result."""

    value: Any


def write(mapping: Mapping[str, Any], languages: Sequence[str], *, asides: bool = True) -> str:
    """Write all of it, texts in the order of the languages; or, without asides, neither those nor any text."""
    lines: list[str] = []
    _Writer(lines, languages, asides).mapping(mapping, "")
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, lines: list[str], languages: Sequence[str], asides: bool) -> None:
        self.lines, self.languages, self.asides = lines, languages, asides

    def mapping(self, mapping: Mapping[str, Any], indent: str) -> None:
        for key, value in mapping.items():
            if not isinstance(value, Aside | Prose):
                self.entry(key, value, indent)
            elif self.asides:
                self.entry(key, value.value if isinstance(value, Aside) else value, indent)

    def entry(self, key: str, value: Any, indent: str) -> None:
        if isinstance(value, Prose):
            self.lines.append(f"{indent}{key}:")
            texts = [(name, value.texts[name]) for name in self.languages]
            self.lines.extend(f"{indent}  {_code(name)}: {_text(text, indent)}" for name, text in texts)
        elif isinstance(value, dict) and value:
            self.lines.append(f"{indent}{key}:")
            self.mapping(value, indent + "  ")
        elif isinstance(value, list):
            self.lines.append(f"{indent}{key}:")
            self.items(value, indent + "  ")
        else:
            self.lines.append(f"{indent}{key}: {_inline(self.kept(value))}")

    def kept(self, value: Any) -> Any:
        """Of what stands on one line, all of it; or, without asides, the rest."""
        if isinstance(value, OneLine):
            return self.kept(value.value)
        if isinstance(value, list):
            return [self.kept(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            key: item.value if isinstance(item, Aside) else item
            for key, item in value.items()
            if self.asides or not isinstance(item, Aside)
        }

    def items(self, items: list[Any], indent: str) -> None:
        for item in items:
            first = len(self.lines)
            if isinstance(item, dict):
                self.mapping(item, indent + "  ")
                self.lines[first] = f"{indent}- {self.lines[first][len(indent) + 2 :]}"
            else:
                self.lines.append(f"{indent}- {_inline(item)}")


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return _code(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, OneLine):
        return _inline(value.value)
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    return "{" + ", ".join(f"{_code(key)}: {_inline(item)}" for key, item in value.items()) + "}"


def _code(code: str) -> str:
    # Write a code as it is where every reader takes it for text, in quotes elsewhere.
    return code if PLAIN.fullmatch(code) and code.lower() not in NOT_PLAIN else _quoted(code)


def _text(text: str, indent: str) -> str:
    # Write paragraphs as a literal block, which people can read and compare; all else in double quotes.
    if "\n" not in text:
        return _quoted(text)
    lines = text.split("\n")
    if not lines[0] or not lines[-1] or any(line != line.strip() for line in lines) or NOT_LITERAL.search(text):
        return _quoted(text)
    return "\n".join(["|-", *(f"{indent}    {line}" if line else "" for line in lines)])


def _quoted(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))

"""Writes plain data as YAML in one way only, which YAML 1.1 and 1.2 readers understand alike."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessment.maturity.figures import decimal_text

# Words that a YAML 1.1 reader takes for a truth value or nothing.
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


def write(mapping: Mapping[str, Any]) -> str:
    lines: list[str] = []
    _mapping(mapping, "", lines)
    return "\n".join(lines) + "\n"


def _mapping(mapping: Mapping[str, Any], indent: str, lines: list[str]) -> None:
    for key, value in mapping.items():
        if isinstance(value, Prose):
            lines.append(f"{indent}{key}:")
            lines.extend(
                f"{indent}  {_code(language)}: {_text(text, indent)}" for language, text in value.texts.items()
            )
        elif isinstance(value, dict) and value:
            lines.append(f"{indent}{key}:")
            _mapping(value, indent + "  ", lines)
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:")
            _list(value, indent + "  ", lines)
        else:
            lines.append(f"{indent}{key}: {_inline(value)}")


def _list(items: list[Any], indent: str, lines: list[str]) -> None:
    for item in items:
        first = len(lines)
        if isinstance(item, dict):
            _mapping(item, indent + "  ", lines)
            lines[first] = f"{indent}- {lines[first][len(indent) + 2 :]}"
        else:
            lines.append(f"{indent}- {_inline(item)}")


def _inline(value: Any) -> str:
    match value:
        case OneLine(inner):
            return _inline(inner)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Fraction():
            return decimal_text(value)
        case list():
            return "[" + ", ".join(_inline(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{_code(key)}: {_inline(item)}" for key, item in value.items()) + "}"
        case _:
            return _code(value)


def _code(code: str) -> str:
    """Write a code as it is where every reader takes it for text, in quotes elsewhere."""
    return code if PLAIN.fullmatch(code) and code.lower() not in NOT_PLAIN else _quoted(code)


def _text(text: str, indent: str) -> str:
    """Write paragraphs as a literal block, which people can read and compare; all else in double quotes."""
    lines = text.split("\n")
    if len(lines) == 1 or not lines[0] or not lines[-1] or NOT_LITERAL.search(text):
        return _quoted(text)
    if any(line != line.strip() for line in lines):
        return _quoted(text)
    return "\n".join(["|-", *(f"{indent}    {line}" if line else "" for line in lines)])


def _quoted(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))

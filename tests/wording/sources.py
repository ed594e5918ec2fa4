"""Every text that people read, wherever it is written: (where, text), by language."""

import json
import re
from collections.abc import Iterator
from functools import cache

import polib

from tests.content.material import FIXTURES, VERSIONS, glossary_texts, plain, questionnaire, reasons_texts, texts

ROOT = FIXTURES.parent
PO = ROOT / "locale/fr/LC_MESSAGES/django.po"
# What stands in a text of the interface and is no typography: places for values, markup, addresses, entities.
MACHINE = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?[a-z][^>]*>|https?://\S+|otpauth:\S+|&\w+;|\{[\w.|]*\}")


@cache
def every_text(language: str) -> list[tuple[str, str]]:
    return [
        *interface(language),
        *(
            (f"{version} {place}", text[language])
            for version in VERSIONS
            for place, text in texts(questionnaire(version))
        ),
        *((place, text[language]) for place, text in [*glossary_texts(), *reasons_texts()]),
        *use_cases(language),
        *contract(language),
        *(demonstration() if language == "fr" else ()),
    ]


def interface(language: str) -> Iterator[tuple[str, str]]:
    """The texts of pages, e-mails, the administration and commands; those in English are their own keys."""
    for entry in polib.pofile(str(PO)):
        french = [entry.msgstr, *entry.msgstr_plural.values()]
        for text in french if language == "fr" else [entry.msgid, entry.msgid_plural]:
            yield f"interface {entry.msgid[:60]!r}", MACHINE.sub("0", text)


def use_cases(language: str) -> Iterator[tuple[str, str]]:
    for case in plain(FIXTURES / "use_cases.yaml"):
        yield from strings(f"use case {case['key']}", case[language])
        yield from strings(f"use case {case['key']}", case.get("selected", {}).get(language, ""))
        for figure in case["figures"]:
            yield from strings(f"use case {case['key']}", [figure[part][language] for part in FIGURE_TEXTS])
            yield from strings(f"use case {case['key']}", [figure["before"], figure["after"]])


FIGURE_TEXTS = ["indicator", "unit", "period"]


def contract(language: str) -> Iterator[tuple[str, str]]:
    for record in json.loads((FIXTURES / "contract.json").read_text(encoding="utf-8")):
        for field, value in record["fields"].items():
            if field.endswith(f"_{language}"):
                yield from strings(f"contract {record['model']} {field}", value or "")


def demonstration() -> Iterator[tuple[str, str]]:
    fiction = plain(FIXTURES / "demonstration.yaml")
    yield from strings("demonstration", [fiction[part] for part in ("names", "comments", "reasons", "evidence")])


def strings(place: str, node) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, dict):
        for part in node.values():
            yield from strings(place, part)
    else:
        for part in node:
            yield from strings(place, part)

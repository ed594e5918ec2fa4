"""What the content checks read: every version, the glossary, the typical companies, and every text with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Question, Questionnaire, Text
from assessment.maturity.file.format import load

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "fixtures"
EXPRESS, FIRST, FULL = "2026.0", "2026.1", "2026.2"
VERSIONS = [EXPRESS, FIRST, FULL]


@dataclass(frozen=True)
class Typical:
    """A typical company, and how many questions it sees by version: of all, of the express path."""

    profile: Profile
    seen: dict[str, tuple[int, int]]

    def __str__(self) -> str:
        return f"{self.profile.sub_sector} {self.profile.size}"


def source(version: str) -> str:
    return (FIXTURES / f"questionnaire-{version}.yaml").read_text(encoding="utf-8")


@cache
def questionnaire(version: str) -> Questionnaire:
    return load(source(version))


def plain(path: Path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def glossary() -> list[dict]:
    return plain(FIXTURES / "glossary.yaml")


@cache
def typical_companies() -> list[Typical]:
    return [
        Typical(
            Profile(sub_sector=sub_sector, size=size, activities=frozenset(row["activities"])),
            {version: tuple(row[version]) for version in (FIRST, FULL)},
        )
        for sub_sector, sizes in plain(HERE / "profiles.yaml").items()
        for size, row in sizes.items()
    ]


def best(question: Question) -> Answer:
    """The answer worth most; every practice ticked where there are several."""
    if question.kind == "multiple":
        return Answer(choices=tuple(choice.code for choice in question.choices if not choice.exclusive))
    if question.kind == "number":
        return Answer(number=max(question.bands, key=lambda band: band.points).start)
    return Answer(choices=(max(question.choices, key=lambda choice: choice.points).code,))


def worst(question: Question) -> Answer:
    """The answer worth least, that a company can really give."""
    if question.kind == "number":
        return Answer(number=question.minimum)
    return Answer(choices=(min(question.choices, key=lambda choice: choice.points).code,))


def texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    yield from _given("questionnaire", questionnaire, "title", "introduction")
    for frame in questionnaire.frames:
        yield from _given(frame.code, frame, "title", "note")
        for dimension in frame.dimensions:
            yield from _given(f"{frame.code} {dimension.code}", dimension, "title")
    for level in questionnaire.levels:
        yield from _given(f"level {level.number}", level, "title", "description")
    for dimension in questionnaire.dimensions:
        yield from _given(dimension.code, dimension, "title", "description")
        for capability in dimension.capabilities:
            yield from _given(capability.code, capability, "title", "description")
    for question in questionnaire.questions:
        yield from _given(question.code, question, "text", "help", "unit", "obligation")
        for choice in question.choices:
            yield from _given(f"{question.code} choice {choice.code}", choice, "text", "next_step")


def glossary_texts() -> Iterator[tuple[str, Text]]:
    for entry in glossary():
        for part in ("title", "text"):
            yield f"glossary {entry['slug']} {part}", {language: entry[language][part] for language in ("fr", "en")}


def every_text() -> list[tuple[str, Text]]:
    """Of the present version and of the first full one, which holds the express path's; that adds its own title."""
    express = questionnaire(EXPRESS)
    own = list(_given("express", express, "title", "introduction"))
    first = [(f"{FIRST} {place}", text) for place, text in texts(questionnaire(FIRST))]
    return own + first + list(texts(questionnaire(FULL))) + list(reasons_texts()) + list(glossary_texts())


def reasons_texts() -> Iterator[tuple[str, Text]]:
    for version in plain(FIXTURES / "reasons.yaml"):
        yield f"reasons {version['version']} summary", version["summary"]
        for code, reason in version["questions"].items():
            yield f"reasons {version['version']} {code}", reason


def _given(place: str, node, *names: str) -> Iterator[tuple[str, Text]]:
    for name in names:
        text = getattr(node, name)
        if text is not None:
            yield f"{place} {name}", text

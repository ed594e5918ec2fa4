"""Differences between two questionnaires, part by part; a part is known by its code."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

from assessment.maturity.definition import Capability, Choice, Dimension, Level, Question, Questionnaire

Kind = Literal["questionnaire", "level", "dimension", "capability", "question", "choice"]
Key = tuple[Kind, str]
Part = Questionnaire | Level | Dimension | Capability | Question | Choice
Values = dict[str, Any]

CHILDREN = {"levels", "dimensions", "capabilities", "questions", "choices"}


@dataclass(frozen=True, slots=True)
class Difference:
    """``field`` is None where the whole part was added (no ``before``) or removed (no ``after``)."""

    kind: Kind
    code: str  # "OPS.MES.1"; of a choice "OPS.MES.1/2"; of a level its number
    field: str | None = None
    before: Any = None
    after: Any = None


def differences(old: Questionnaire, new: Questionnaire) -> list[Difference]:
    """Compare everything but the versions' own numbers; what moved shows in the part above it."""
    before, after = dict(_parts(old)), dict(_parts(new))
    keys = [*before, *(key for key in after if key not in before)]
    return [difference for key in keys for difference in _of_part(key, before.get(key), after.get(key))]


def _of_part(key: Key, before: Values | None, after: Values | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(*key, before=before, after=after)
        return
    for field, value in after.items():
        if before[field] != value:
            yield Difference(*key, field, before[field], value)


def _parts(questionnaire: Questionnaire) -> Iterator[tuple[Key, Values]]:
    yield ("questionnaire", ""), _values(questionnaire)
    for level in questionnaire.levels:
        yield ("level", str(level.number)), _values(level)
    for dimension in questionnaire.dimensions:
        yield ("dimension", dimension.code), _values(dimension)
        for capability in dimension.capabilities:
            yield ("capability", capability.code), _values(capability)
            for question in capability.questions:
                yield ("question", question.code), _values(question)
                for choice in question.choices:
                    yield ("choice", f"{question.code}/{choice.code}"), _values(choice)


def _values(part: Part) -> Values:
    # Of the parts below, their order alone: each is compared by itself.
    names = [field.name for field in fields(part) if field.compare and field.name not in ("code", "version")]
    return {name: _codes(getattr(part, name)) if name in CHILDREN else getattr(part, name) for name in names}


def _codes(children: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(child.number) if isinstance(child, Level) else child.code for child in children)

"""From the questionnaire that the engine reads to rows; models.compiled is the way back."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, overload

from django.db.models import Model

from assessment.maturity.conditions import as_data
from assessment.maturity.definition import Band as DefinedBand
from assessment.maturity.definition import Capability as DefinedCapability
from assessment.maturity.definition import Choice as DefinedChoice
from assessment.maturity.definition import Dimension as DefinedDimension
from assessment.maturity.definition import Frame, Target, Text
from assessment.maturity.definition import Level as DefinedLevel
from assessment.maturity.definition import Question as DefinedQuestion
from assessment.maturity.definition import Questionnaire as Definition
from assessment.models import Band, Capability, Choice, Dimension, Level, Question, Version
from assessment.models.languages import LANGUAGES
from assessment.models.questionnaire import Questionnaire
from assessment.models.sql import insert_rows


def version_row(questionnaire: Questionnaire, definition: Definition) -> Version:
    profile = definition.profile
    return Version(
        questionnaire=questionnaire,
        format=definition.format,
        number=definition.version,
        languages=list(definition.languages),
        unknown_policy=definition.unknown_policy,
        aggregation=definition.aggregation,
        profile=profile and {key: list(getattr(profile, key)) for key in ["sub_sector", "size", "activities"]},
        frames=[frame_data(frame) for frame in definition.frames],
        targets=[target_data(target) for target in definition.targets],
        **texts(title=definition.title, introduction=definition.introduction),
    )


def store(version: Version, definition: Definition) -> None:
    Level.objects.bulk_create(level_row(version, level) for level in definition.levels)
    dimensions = stored(Dimension, [version], [definition.dimensions], dimension_row)
    capabilities = stored(Capability, dimensions, [part.capabilities for part in definition.dimensions], capability_row)
    below = chain.from_iterable(part.capabilities for part in definition.dimensions)
    questions = stored(Question, capabilities, [capability.questions for capability in below], question_row)
    insert_choices(zip(questions, definition.questions, strict=True))
    stored(Band, questions, [question.bands for question in definition.questions], band_row)


def stored(
    model: Any, parents: Iterable[Model], children: Iterable[Iterable[Any]], row: Callable[[Any, int, Any], Model]
) -> list[Any]:
    # Create the rows of each parent's children, in order, and return them all.
    pairs = zip(parents, children, strict=True)
    return model.objects.bulk_create(
        [row(parent, position, part) for parent, parts in pairs for position, part in enumerate(parts, 1)]
    )


def texts(**by_field: Text | None) -> dict[str, str | None]:
    """Return {"title_fr": …, "title_en": …}; None where there is no text."""
    return {
        f"{field}_{language}": None if text is None else text.get(language)
        for field, text in by_field.items()
        for language in LANGUAGES
    }


@overload
def decimal(number: Fraction) -> Decimal: ...
@overload
def decimal(number: None) -> None: ...
@overload
def decimal(number: Fraction | None) -> Decimal | None: ...
def decimal(number: Fraction | None) -> Decimal | None:
    # Exactly, since every number of a file is a decimal one.
    return None if number is None else Decimal(number.numerator) / Decimal(number.denominator)


def level_row(version: Version, level: DefinedLevel) -> Level:
    return Level(
        version=version,
        number=level.number,
        start=decimal(level.start),
        every_dimension_at_least=decimal(level.every_dimension_at_least),
        **texts(title=level.title, description=level.description),
    )


def node_values(position: int, node: DefinedDimension | DefinedCapability) -> dict[str, Any]:
    return {
        "position": position,
        "code": node.code,
        "weight": node.weight,
        "aggregation": node.aggregation,
        **texts(title=node.title, description=node.description),
    }


def dimension_row(version: Version, position: int, dimension: DefinedDimension) -> Dimension:
    return Dimension(version=version, **node_values(position, dimension))


def capability_row(dimension: Dimension, position: int, capability: DefinedCapability) -> Capability:
    return Capability(dimension=dimension, reads_as=dict(capability.reads_as), **node_values(position, capability))


def question_row(capability: Capability, position: int, question: DefinedQuestion) -> Question:
    plain = ["code", "kind", "weight", "express", "required", "allow_not_applicable", "allow_unknown"]
    default_cap = sum(choice.points for choice in question.choices)
    return Question(
        capability=capability,
        position=position,
        applies_when=question.applies_when and as_data(question.applies_when),
        cap=None if question.cap == default_cap else question.cap,
        minimum=decimal(question.minimum),
        maximum=decimal(question.maximum),
        **{name: getattr(question, name) for name in plain},
        **texts(text=question.text, help=question.help, obligation=question.obligation, unit=question.unit),
    )


def insert_choices(questions: Iterable[tuple[Question, DefinedQuestion]]) -> None:
    # Insert without instances: a file may hold 400,000 choices, and bulk_create takes a minute for those.
    rows = (
        (
            row.pk,
            position,
            choice.code,
            choice.points,
            said_effort(choice),
            choice.exclusive,
            *in_columns(choice.text),
            *in_columns(choice.next_step),
        )
        for row, question in questions
        for position, choice in enumerate(question.choices, 1)
    )
    names = [f"{field}{suffix}" for field in ["text", "next_step"] for suffix in ["", "_fr", "_en"]]
    columns = ["question_id", "position", "code", "points", "effort", "exclusive", *names]
    insert_rows(Choice._meta.db_table, columns, rows)


def in_columns(text: Text | None) -> list[str | None]:
    """Return the column without a language, which holds the main one, and those of the languages."""
    values = [(text or {}).get(language) for language in LANGUAGES]
    return [next(filter(None, values), ""), *values]


def said_effort(step: DefinedChoice | DefinedBand) -> int | None:
    """None where it is 1, as for a step of which nothing is said."""
    return None if step.effort == 1 else step.effort


def band_row(question: Question, _position: int, band: DefinedBand) -> Band:
    return Band(question=question, start=decimal(band.start), points=band.points, effort=said_effort(band))


def target_data(target: Target) -> dict[str, Any]:
    return {"when": as_data(target.when), "dimensions": dict(target.dimensions)}


def frame_data(frame: Frame) -> dict[str, Any]:
    note = {} if frame.note is None else {"note": dict(frame.note)}
    dimensions = [{"code": part.code, "title": dict(part.title)} for part in frame.dimensions]
    return {"code": frame.code, "title": dict(frame.title), **note, "dimensions": dimensions}

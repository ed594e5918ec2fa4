"""The canonical form of a questionnaire: one questionnaire, one sequence of bytes."""

from typing import Any

from assessment.maturity.conditions import as_data
from assessment.maturity.definition import (
    Band,
    Capability,
    Choice,
    Dimension,
    Frame,
    Level,
    ProfileSpec,
    Question,
    Questionnaire,
    Target,
    Text,
)
from assessment.maturity.fingerprints import fingerprint_of_bytes
from assessment.maturity.writing import Aside, OneLine, Prose, write

RULES_FORMAT = 1  # in which rules are written: what a later format adds changes no result


def dump(questionnaire: Questionnaire) -> str:
    """Write the canonical form: keys in one order, defaults left out, every text quoted."""
    return write(_questionnaire(questionnaire), questionnaire.languages)


def rules(questionnaire: Questionnaire) -> str:
    """Write the canonical form of all that can change a result, and nothing else: what the checksum covers."""
    written = {**_questionnaire(questionnaire), "format": RULES_FORMAT}
    return write(written, questionnaire.languages, asides=False)


def checksum(questionnaire: Questionnaire) -> str:
    """Return "sha256:…" of the rules."""
    if not questionnaire.checksum_once:
        questionnaire.checksum_once.append(fingerprint_of_bytes(rules(questionnaire).encode()))
    return questionnaire.checksum_once[0]


def _given(**values: Any) -> dict[str, Any]:
    # Leave out what is absent or a default; a final underscore frees Python's own words.
    return {key.rstrip("_"): value for key, value in values.items() if value is not None}


def _unless(default: Any, value: Any) -> Any:
    return None if value == default else value


def _prose(text: Text | None) -> Prose | None:
    return None if text is None else Prose(text)


def _questionnaire(questionnaire: Questionnaire) -> dict[str, Any]:
    profile, policy = questionnaire.profile, questionnaire.unknown_policy
    return _given(
        format=questionnaire.format,
        code=Aside(questionnaire.code),
        version=Aside(questionnaire.version),
        languages=Aside(OneLine(list(questionnaire.languages))),
        title=_prose(questionnaire.title),
        introduction=_prose(questionnaire.introduction),
        policy=None if policy == "zero" else OneLine({"unknown": policy}),
        aggregation=_unless("mean", questionnaire.aggregation),
        profile=None if profile is None else _profile(profile),
        frames=Aside([_frame(frame) for frame in questionnaire.frames]) if questionnaire.frames else None,
        levels=[_level(level) for level in questionnaire.levels],
        targets=_targets(questionnaire),
        dimensions=[_dimension(dimension) for dimension in questionnaire.dimensions],
    )


def _profile(profile: ProfileSpec) -> dict[str, Any]:
    lists = {"sub_sector": profile.sub_sector, "size": profile.size, "activities": profile.activities}
    return {key: OneLine(list(values)) for key, values in lists.items() if values}


def _frame(frame: Frame) -> dict[str, Any]:
    return _given(
        code=frame.code,
        title=_prose(frame.title),
        note=_prose(frame.note),
        dimensions=[_given(code=dimension.code, title=_prose(dimension.title)) for dimension in frame.dimensions],
    )


def _level(level: Level) -> dict[str, Any]:
    return _given(
        number=level.number,
        from_=level.start,
        every_dimension_at_least=level.every_dimension_at_least,
        title=_prose(level.title),
        description=_prose(level.description),
    )


def _targets(questionnaire: Questionnaire) -> Aside | None:
    codes = [dimension.code for dimension in questionnaire.dimensions]
    return Aside([_target(target, codes) for target in questionnaire.targets]) if questionnaire.targets else None


def _target(target: Target, codes: list[str]) -> dict[str, Any]:
    # In the questionnaire's order: a database may keep a mapping in one of its own
    aims = {code: target.dimensions[code] for code in codes if code in target.dimensions}
    return {"when": _laid_out(as_data(target.when)), "dimensions": OneLine(aims)}


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return _given(
        code=dimension.code,
        weight=_unless(1, dimension.weight),
        aggregation=_unless("mean", dimension.aggregation),
        title=_prose(dimension.title),
        description=_prose(dimension.description),
        capabilities=[_capability(capability) for capability in dimension.capabilities],
    )


def _capability(capability: Capability) -> dict[str, Any]:
    return _given(
        code=capability.code,
        weight=_unless(1, capability.weight),
        aggregation=_unless("mean", capability.aggregation),
        reads_as=Aside(OneLine(dict(sorted(capability.reads_as.items())))) if capability.reads_as else None,
        title=_prose(capability.title),
        description=_prose(capability.description),
        questions=[_question(question) for question in capability.questions],
    )


def _question(question: Question) -> dict[str, Any]:
    return _given(
        code=question.code,
        kind=question.kind,
        weight=_unless(1, question.weight),
        express=Aside(True) if question.express else None,
        required=_unless(True, question.required),
        allow_not_applicable=_unless(False, question.allow_not_applicable),
        allow_unknown=_unless(True, question.allow_unknown),
        text=_prose(question.text),
        help=_prose(question.help),
        obligation=_prose(question.obligation),
        applies_when=None if question.applies_when is None else _laid_out(as_data(question.applies_when)),
        unit=_prose(question.unit),
        min=question.minimum,
        max=question.maximum,
        bands=OneLine([_band(band) for band in question.bands]) if question.bands else None,
        cap=_unless(sum(choice.points for choice in question.choices), question.cap),
        choices=[_choice(choice) for choice in question.choices] or None,
    )


def _band(band: Band) -> dict[str, Any]:
    return _given(from_=band.start, points=band.points, effort=_effort(band))


def _choice(choice: Choice) -> dict[str, Any]:
    return _given(
        code=choice.code,
        points=choice.points,
        effort=_effort(choice),
        exclusive=_unless(False, choice.exclusive),
        text=_prose(choice.text),
        next_step=_prose(choice.next_step),
    )


def _effort(step: Choice | Band) -> Aside | None:
    return None if step.effort == 1 else Aside(step.effort)


def _laid_out(condition: dict[str, Any]) -> Any:
    # What reads the profile or an answer on one line, what joins such parts on several.
    if "in" in condition:
        return OneLine(condition)
    if "not" in condition:
        return {"not": _laid_out(condition["not"])}
    return {key: [_laid_out(part) for part in parts] for key, parts in condition.items()}

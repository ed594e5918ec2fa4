"""A questionnaire file meets what is stored: what loading it would do, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from django.db.models import Model, QuerySet

from assessment.actions.limits import refuse_what_rows_cannot_hold
from assessment.actions.questionnaire import correct_texts, import_questionnaire, replace_draft
from assessment.maturity.canonical import dump
from assessment.maturity.definition import Questionnaire as Definition
from assessment.maturity.differences import Difference, differences
from assessment.maturity.file.problems import FormatError
from assessment.models import Capability, Choice, Dimension, Level, Question, User, Version
from assessment.models.compiled import compiled
from assessment.models.languages import LANGUAGES
from assessment.models.triggers import TEXTS


class Effect(Enum):
    NEW = "a new draft"
    SAME = "nothing, it is stored already"
    DRAFT = "another content for the draft"
    TEXTS = "texts corrected in the published version"
    REFUSED = "refused, the published version says otherwise"


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading ``definition`` would do to ``version``, the stored one of the same number."""

    definition: Definition
    effect: Effect
    version: Version | None = None
    differences: tuple[Difference, ...] = ()


def foresee(definition: Definition) -> Loading:
    """Write nothing; FormatError where a file may say more than the rows can hold."""
    refuse_what_rows_cannot_hold(definition)
    version = (
        Version.objects.filter(questionnaire__code=definition.code, number=definition.version)
        .select_related("questionnaire")
        .first()
    )
    if version is None:
        return Loading(definition, Effect.NEW)
    try:
        stored = compiled(version)
    except FormatError:  # a draft that is not ready yet
        return Loading(definition, Effect.DRAFT, version)
    if dump(stored) == dump(definition):
        return Loading(definition, Effect.SAME, version)
    changes = tuple(differences(stored, definition))
    return Loading(definition, effect_on(version, changes), version, changes)


def effect_on(version: Version, found: Sequence[Difference]) -> Effect:
    if version.is_draft:
        return Effect.DRAFT
    return Effect.TEXTS if found and all(is_correction(difference) for difference in found) else Effect.REFUSED


def is_correction(difference: Difference) -> bool:
    kind = "version" if difference.kind == "questionnaire" else difference.kind
    return difference.field in TEXTS[kind]


def load(loading: Loading, *, by: User | None = None) -> Version:
    # Do what was foreseen; the caller has refused what it does not want.
    if loading.version is None:
        return import_questionnaire(definition=loading.definition, by=by)
    match loading.effect:
        case Effect.DRAFT:
            return replace_draft(version=loading.version, definition=loading.definition, by=by)
        case Effect.TEXTS:
            return correct_texts(version=loading.version, corrections=corrections(loading), by=by)
        case _:
            return loading.version


def corrections(loading: Loading) -> list[tuple[Any, dict[str, str | None]]]:
    """Return each row that differs with its new texts."""
    by_part: dict[tuple[str, str], dict[str, str | None]] = {}
    for difference in loading.differences:
        after = difference.after or {}
        texts = {f"{difference.field}_{language}": after.get(language) for language in LANGUAGES}
        by_part.setdefault((difference.kind, difference.code), {}).update(texts)
    return [(row_of(cast(Version, loading.version), kind, code), texts) for (kind, code), texts in by_part.items()]


def row_of(version: Version, kind: str, code: str) -> Any:
    match kind:
        case "questionnaire":
            return version
        case "level":
            return stored(Level).get(version=version, number=code)
        case "dimension":
            return stored(Dimension).get(version=version, code=code)
        case "capability":
            return stored(Capability).get(dimension__version=version, code=code)
        case "question":
            return stored(Question).get(capability__dimension__version=version, code=code)
        case _:
            question, _slash, choice = code.partition("/")
            questions = stored(Question).filter(capability__dimension__version=version, code=question)
            return stored(Choice).get(question__in=questions, code=choice)


def stored(model: type[Model]) -> QuerySet[Any]:
    return cast(QuerySet[Any], model._default_manager.all())  # of the parent, the plugin believes

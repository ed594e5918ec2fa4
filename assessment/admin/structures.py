"""Structures that a questionnaire keeps, in words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from assessment.maturity.conditions import Condition
from assessment.maturity.definition import Questionnaire, Target
from assessment.maturity.file.format import FormatError
from assessment.models import Activity, Capability, Question, Size, SubSector, Version
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.conditions import in_words
from assessment.rules.words import in_language, labelled, names_of_languages
from language.texts import Text

CHOICES = {"sub_sector": SubSector, "size": Size, "activities": Activity}
TITLES = {"sub_sector": _("sub-sectors"), "size": _("sizes"), "activities": _("activities")}


def labels(choices: Any, codes: Iterable[str]) -> str:
    # A code that has no label, for a file may list any, stands for itself.
    known = dict(choices.choices)
    return ", ".join(str(known.get(code, code)) for code in codes)


def label_of(model: type[Model], column: str) -> Text:
    return cast(Text, cast(Any, model._meta.get_field(column)).verbose_name)


class VersionInWords:
    worded: Mapping[str, str] = {
        **{"languages": "languages_in_words", "profile": "profile_in_words", "frames": "frames_in_words"},
        "targets": "targets_in_words",
    }

    @admin.display(description=label_of(Version, "languages"))
    def languages_in_words(self, version: Version) -> str:
        return names_of_languages(version.languages)

    @admin.display(description=label_of(Version, "profile"))
    def profile_in_words(self, version: Version) -> str:
        lists = version.profile or {}
        return "\n".join(labelled(TITLES[key], labels(CHOICES[key], codes)) for key, codes in lists.items() if codes)

    @admin.display(description=label_of(Version, "frames"))
    def frames_in_words(self, version: Version) -> str:
        return "\n".join(
            labelled(in_language(frame["title"]), ", ".join(in_language(part["title"]) for part in frame["dimensions"]))
            for frame in version.frames or []
        )

    @admin.display(description=label_of(Version, "targets"))
    def targets_in_words(self, version: Version) -> str:
        if not version.targets:
            return ""
        try:
            questionnaire = compiled(version)
        except FormatError:  # of a draft that isn't ready
            return json.dumps(version.targets, ensure_ascii=False)
        return "\n".join(
            labelled(in_words(target.when, questionnaire), ", ".join(map(" ".join, named(target, questionnaire))))
            for target in questionnaire.targets
        )


def named(target: Target, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield each dimension's title with its score."""
    for code, score in target.dimensions.items():
        yield in_language(questionnaire.dimension(code).title), str(score)


class CapabilityInWords:
    worded: Mapping[str, str] = {"reads_as": "reads_as_in_words"}

    @admin.display(description=label_of(Capability, "reads_as"))
    def reads_as_in_words(self, capability: Capability) -> str:
        frames = {frame["code"]: frame for frame in capability.version.frames or []}
        return "\n".join(
            labelled(*titles(frames.get(code), code, dimension))
            for code, dimension in (capability.reads_as or {}).items()
        )


def titles(frame: dict[str, Any] | None, code: str, dimension: str) -> tuple[str, str]:
    if frame is None:
        return code, dimension
    parts = {part["code"]: in_language(part["title"]) for part in frame["dimensions"]}
    return in_language(frame["title"]), parts.get(dimension, dimension)


class QuestionInWords:
    worded: Mapping[str, str] = {"applies_when": "applies_when_in_words"}

    @admin.display(description=label_of(Question, "applies_when"))
    def applies_when_in_words(self, question: Question) -> Text:
        if not question.applies_when:
            return _("Always.")
        try:
            questionnaire = compiled(question.version)
        except FormatError:  # of a draft that isn't ready
            return json.dumps(question.applies_when, ensure_ascii=False)
        return _("Asked if %(condition)s.") % {
            "condition": in_words(cast(Condition, questionnaire.question(question.code).applies_when), questionnaire)
        }

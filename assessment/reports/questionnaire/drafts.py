"""Changes from one version of the questionnaire to another, in the reader's words."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from django.db.models import Model
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.maturity.conditions import as_data
from assessment.maturity.differences import Difference
from assessment.maturity.figures import decimal_text
from assessment.maturity.file.problems import Problem
from assessment.models import Capability, Choice, Dimension, Level, Question, Version
from assessment.reports.questionnaire.values import written
from assessment.rules.file_problems import place_in_words, problem_in_words

MODELS = {
    "questionnaire": Version,
    "level": Level,
    "dimension": Dimension,
    "capability": Capability,
    "question": Question,
    "choice": Choice,
}
# Fields that are no column of the part's own table.
LISTS = {
    "levels": gettext_lazy("levels"),
    "dimensions": gettext_lazy("dimensions"),
    "capabilities": gettext_lazy("capabilities"),
    "questions": gettext_lazy("questions"),
    "choices": gettext_lazy("choices"),
    "bands": gettext_lazy("bands"),
}


@dataclass(frozen=True, slots=True)
class Change:
    part: str  # "question OPS.MES.1"
    what: str  # "text (fr)"
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    code: str  # of the part that holds the place, "" for the version itself
    place: str
    message: str


def located(problems: Iterable[Problem], document: dict) -> list[Located]:
    # Say of each problem of a draft which part it is in, since nobody counts questions from 0.
    return [
        Located(_code_at(problem.place, document), place_in_words(problem), problem_in_words(problem))
        for problem in problems
    ]


def _code_at(place: str, value: Any) -> str:
    code = ""
    for key, index in re.findall(r"([a-z]+)\[(\d+)\]", place):
        value = value[key][int(index)]
        code = value.get("code", code) if isinstance(value, Mapping) else code
    return code


def changes(differences: Iterable[Difference]) -> list[Change]:
    return [change for difference in differences for change in _of(difference)]


def _of(difference: Difference) -> Iterator[Change]:
    model, field = MODELS[difference.kind], difference.field
    part = f"{model._meta.verbose_name} {difference.code}".strip()
    before, after = difference.before, difference.after
    if field is None:
        yield Change(part, _("added") if before is None else _("removed"))
    elif _is_text(before) or _is_text(after):
        yield from _of_text(part, _name(model, field), before or {}, after or {})
    else:
        labels = _labels(model, field)
        yield Change(part, _name(model, field), _shown(before, labels), _shown(after, labels))


def _is_text(value: object) -> bool:
    return isinstance(value, Mapping)


def _of_text(part: str, name: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for language in {**before, **after}:
        if before.get(language) != after.get(language):
            yield Change(part, f"{name} ({language})", before.get(language, ""), after.get(language, ""))


def _name(model: type[Model], field: str) -> str:
    return str(LISTS.get(field) or cast(Any, model._meta.get_field(field)).verbose_name)


def _labels(model: type[Model], field: str) -> dict:
    # Of the codes that the column may hold, in the reader's words; of lists there are none.
    return {} if field in LISTS else dict(cast(Any, model._meta.get_field(field)).flatchoices)


def _shown(value: Any, labels: Mapping[Any, Any]) -> str:
    # With codes and marks rather than words: who reads it writes questionnaires.
    if isinstance(value, str):
        return str(labels.get(value, value))
    if isinstance(value, Fraction):
        return number_format(decimal_text(value))
    return written(
        value,
        nothing="",
        condition=lambda condition: json.dumps(as_data(condition)),
        band=lambda start, points: _("≥ %(start)s: %(points)s") % {"start": number_format(start), "points": points},
    )

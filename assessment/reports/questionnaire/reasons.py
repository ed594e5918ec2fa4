"""Reasons for what a version adds, drops or asks otherwise: read from fixtures/reasons.yaml, which people edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml
from django.conf import settings

from assessment.maturity.definition import Questionnaire, Text

FILE = settings.BASE_DIR / "fixtures" / "reasons.yaml"


@dataclass(frozen=True, slots=True)
class Reasons:
    summary: Text | None = None
    questions: Mapping[str, Text] = field(default_factory=dict)  # by code, of this version or of the one before


def reasons(questionnaire: Questionnaire) -> Reasons:
    """Return empty ones for a version that the file does not speak of."""
    return _all().get((questionnaire.code, questionnaire.version), Reasons())


@cache
def _all() -> dict[tuple[str, str], Reasons]:
    # Read once per process.
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {(row["questionnaire"], row["version"]): Reasons(row["summary"], row["questions"]) for row in rows}

"""Stored answers as the engine reads them, and one value to save."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.answers import Answer as EngineAnswer
from assessment.maturity.conditions import Profile
from assessment.models import Answer, Company, IndividualAnswer, Trial, TrialAnswer

COUNTED = {Answer.State.ANSWERED, Answer.State.UNKNOWN, Answer.State.NOT_APPLICABLE}


def engine_answer(value: Mapping) -> EngineAnswer:
    # Read a stored value; its number is a string of digits.
    if "number" in value:
        return EngineAnswer(number=Fraction(value["number"]))
    if "choices" in value:
        return EngineAnswer(choices=tuple(value["choices"]))
    return EngineAnswer(
        text=value.get("text"), unknown=value.get("unknown", False), not_applicable=value.get("not_applicable")
    )


def engine_answers(rows: Iterable[Answer | IndividualAnswer | TrialAnswer]) -> dict[str, EngineAnswer]:
    """Return what counts, by question code: drafts and emptied answers are left out."""
    return {row.question: engine_answer(row.value) for row in rows if row.state in COUNTED}


def profile_of(company: Company | Trial) -> Profile:
    return Profile(company.sub_sector, company.size, frozenset(company.activities))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """One value to save; ``revision`` is the one it was based on (0: none), ``request`` the browser's own id of it."""

    question: str
    state: str
    value: dict
    comment: str = ""
    evidence: str = ""
    revision: int = 0
    request: uuid.UUID

"""The first result of the express path: an indication, and an honest interval for the whole questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.maturity.answers import Answer as EngineAnswer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Dimension
from assessment.maturity.express import express_only
from assessment.maturity.figures import published, tenths
from assessment.maturity.scoring import score
from assessment.maturity.tree import Interval
from assessment.reports.results.radar import Axis, Radar, radar
from assessment.rules.standing import Standing
from assessment.rules.words import in_language


@dataclass(frozen=True, slots=True)
class FirstLine:
    """A dimension: its score on the express questions, and the interval of its score on all of them."""

    dimension: Dimension
    indication: str | None
    interval: Interval

    @property
    def low(self) -> str | None:
        return published(self.interval.low)

    @property
    def high(self) -> str | None:
        return published(self.interval.high)


@dataclass(frozen=True, slots=True)
class FirstResult:
    standing: object
    indication: str | None
    not_asked: int  # questions that concern the company and that the express path leaves open
    to_confirm: int  # answers carried over that wait to be confirmed, on the full path
    lines: list[FirstLine]

    @property
    def radar(self) -> Radar | None:
        return radar([_axis(line) for line in self.lines])


def first_result(*, standing: Standing, profile: Profile, answers: Mapping[str, EngineAnswer]) -> FirstResult | None:
    """Return None while an express question is still unanswered. ``answers``: engine answers by question code."""
    short = score(express_only(standing.questionnaire), profile, answers).to_json()
    if not short["complete"]:
        return None
    indications = {node["code"]: node["score"] for node in short["dimensions"]}
    lines = [
        FirstLine(dimension, indications.get(dimension.code), standing.tree.dimensions[dimension.code])
        for dimension in standing.questionnaire.dimensions
    ]
    indication = short["overall"]["score"]
    return FirstResult(standing, indication, len(standing.missing), len(standing.to_confirm), lines)


def _axis(line: FirstLine) -> Axis:
    value = None if line.indication is None else float(line.indication)
    low, high = line.interval.low, line.interval.high
    bounds = (None, None) if low is None or high is None else (tenths(low) / 10, tenths(high) / 10)
    return Axis(line.dimension.code, in_language(line.dimension.title), value, *bounds)

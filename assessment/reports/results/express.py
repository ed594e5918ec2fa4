"""The first result of the express path: an indication, and an honest interval for the whole questionnaire."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.answers import Answer as EngineAnswer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Capability, Dimension, Level, Question, Questionnaire
from assessment.maturity.express import express_only
from assessment.maturity.figures import published, signed_tenths, tenths
from assessment.maturity.gains import next_better
from assessment.maturity.levels import standing as standing_by
from assessment.maturity.results import Result
from assessment.maturity.scoring import score
from assessment.maturity.tree import Interval
from assessment.reports.plans.steps import added_words
from assessment.reports.results.radar import Axis, Radar, radar
from assessment.rules.standing import Standing
from assessment.rules.words import in_language

HALF = Fraction(1, 2)
MOST_STRENGTHS, MOST_STEPS = 2, 3


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
class FirstStep:
    """The next better step of one answer; ``gain`` in points of the indication."""

    question: Question
    after: str
    gain: str


@dataclass(frozen=True, slots=True)
class FirstResult:
    standing: object
    indication: str | None
    not_asked: int  # questions that concern the company and that the express path leaves open
    to_confirm: int  # answers carried over that wait to be confirmed, on the full path
    lines: list[FirstLine]
    strengths: list[Capability]  # at most two, on the express questions
    steps: list[FirstStep]  # at most three, best first
    lowest: Level | None  # what the whole can still come to
    highest: Level | None

    @property
    def radar(self) -> Radar | None:
        return radar([_axis(line) for line in self.lines])


def first_result(*, standing: Standing, profile: Profile, answers: Mapping[str, EngineAnswer]) -> FirstResult | None:
    """Return None while an express question is still unanswered. ``answers``: engine answers by question code."""
    result = score(express_only(standing.questionnaire), profile, answers)
    if not result.complete:
        return None
    indications = {node.code: published(node.score) for node in result.dimensions}
    lines = [
        FirstLine(dimension, indications.get(dimension.code), standing.tree.dimensions[dimension.code])
        for dimension in standing.questionnaire.dimensions
    ]
    return FirstResult(
        standing=standing,
        indication=published(result.overall.score),
        not_asked=len(standing.missing),
        to_confirm=len(standing.to_confirm),
        lines=lines,
        strengths=_strengths(standing.questionnaire, result),
        steps=list(_steps(standing.questionnaire, result, answers)),
        lowest=_level(standing, lambda interval: interval.low),
        highest=_level(standing, lambda interval: interval.high),
    )


def _strengths(questionnaire: Questionnaire, result: Result) -> list[Capability]:
    good = [node for node in result.capabilities if node.score is not None and node.score >= HALF]
    best = sorted(good, key=lambda node: -(node.score or 0))[:MOST_STRENGTHS]
    return [questionnaire.capability(node.code) for node in best]


def _steps(questionnaire: Questionnaire, result: Result, answers: Mapping[str, EngineAnswer]) -> Iterator[FirstStep]:
    gaining = [leaf for leaf in result.questions if leaf.gain and leaf.gain > 0]
    for leaf in sorted(gaining, key=lambda leaf: -(leaf.gain or 0))[:MOST_STEPS]:
        question, now = questionnaire.question(leaf.code), answers[leaf.code]
        better = next_better(question, now)
        if better is not None and leaf.gain is not None:
            yield FirstStep(question, added_words(question, now, better), signed_tenths(tenths(leaf.gain)))


def _level(standing: Standing, bound: Callable[[Interval], Fraction | None]) -> Level | None:
    """The level where every open question brings nothing, or everything."""
    scores = {code: bound(interval) for code, interval in standing.tree.dimensions.items()}
    number = standing_by(standing.questionnaire.levels, bound(standing.tree.overall), scores).level
    return None if number is None else standing.questionnaire.level(number)


def _axis(line: FirstLine) -> Axis:
    value = None if line.indication is None else float(line.indication)
    low, high = line.interval.low, line.interval.high
    bounds = (None, None) if low is None or high is None else (tenths(low) / 10, tenths(high) / 10)
    return Axis(line.dimension.code, in_language(line.dimension.title), value, *bounds)

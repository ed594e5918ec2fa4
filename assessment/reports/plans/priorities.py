"""A result against the company's targets: what is missing in each dimension, what a law asks, what to do first."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Dimension
from assessment.maturity.figures import signed_tenths
from assessment.maturity.priorities import priorities, proposed_targets
from assessment.models import Company, Result
from assessment.reports.results.page import QuestionLine, ResultPage, result_page

MOST_FIRST = 10


@dataclass(frozen=True, slots=True)
class Aim:
    """A dimension, its score and where the company aims; ``gap`` None: there, or one of the two isn't known."""

    dimension: Dimension
    score: str | None
    target: int | None
    is_own: bool  # the company's choice, not what is proposed
    gap: str | None


@dataclass(frozen=True, slots=True)
class FirstStep:
    line: QuestionLine
    dimension: Dimension
    gap: str
    gain: str


@dataclass(frozen=True, slots=True)
class PrioritiesPage:
    page: ResultPage
    aims: list[Aim]
    required: list[QuestionLine]  # a law asks for it and the answer isn't at the top
    required_at_the_top: int
    first: list[FirstStep]
    others: int  # steps that gain something, after the first


def own_targets(company: Company) -> dict[str, int]:
    """One query."""
    return dict(company.targets.order_by("dimension").values_list("dimension", "score"))


def proposed_for(result: Result, page: ResultPage) -> Mapping[str, int]:
    profile = result.profile
    who = Profile(profile["sub_sector"], profile["size"], frozenset(profile["activities"]))
    return proposed_targets(page.questionnaire, who)


def priorities_page(result: Result, own: Mapping[str, int]) -> PrioritiesPage:
    page = result_page(result)
    proposed = proposed_for(result, page)
    aims = [
        _aim(line.dimension, line.figures["score"], own.get(line.dimension.code), proposed.get(line.dimension.code))
        for line in page.dimensions
    ]
    asked = [line for part in page.dimensions for line in part.questions if line.state in ("answered", "unknown")]
    by_law = [line for line in asked if line.question.obligation and line.counted]
    required = [line for line in by_law if line.figures["points"] != line.figures["max_points"]]
    first = _first(page, aims, {line.question.code for line in required})
    return PrioritiesPage(
        page, aims, required, len(by_law) - len(required), first[:MOST_FIRST], len(first[MOST_FIRST:])
    )


def _aim(dimension: Dimension, score: str | None, own: int | None, proposed: int | None) -> Aim:
    target = proposed if own is None else own
    missing = 0 if target is None or score is None else target * 10 - _tenths(score)
    return Aim(dimension, score, target, own is not None, signed_tenths(missing) if missing > 0 else None)


def _first(page: ResultPage, aims: list[Aim], required: set[str]) -> list[FirstStep]:
    gaps = {aim.dimension.code: _tenths(aim.gap or "0.0") for aim in aims}
    lines = {line.question.code: (line, part.dimension) for part in page.dimensions for line in part.questions}
    steps = [
        (code, gaps[dimension.code], _tenths(line.figures["gain"] or "0.0"))
        for code, (line, dimension) in lines.items()
        if code not in required
    ]
    return [
        FirstStep(*lines[step.question], signed_tenths(step.gap), signed_tenths(step.gain))
        for step in priorities(steps)
    ]


def _tenths(figure: str) -> int:
    return int(figure.replace(".", ""))

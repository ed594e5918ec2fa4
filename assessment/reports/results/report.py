"""What a board is told of a result: the figures, and nothing of how they are laid out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessment.maturity.definition import Dimension
from assessment.maturity.figures import published
from assessment.models import Action, Result
from assessment.reports.plans.actions import actions_of, done_between, put_aside_among
from assessment.reports.plans.basis import Basis, basis_of
from assessment.reports.plans.distance import Distance, distance
from assessment.reports.plans.priorities import FirstStep, PrioritiesPage, own_targets, priorities_page
from assessment.reports.progress.page import ProgressPage, progress_page
from assessment.reports.results.frames import FrameReading, frame_reading
from assessment.reports.results.page import CapabilityLine, QuestionLine, ResultPage
from assessment.rules.answers import engine_answer

STRENGTHS, PRIORITIES = 3, 3
GOOD = Decimal(50)  # from which a capability is called a strength, as in the first result of the express path


@dataclass(frozen=True, slots=True)
class Strength:
    dimension: Dimension
    line: CapabilityLine


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """All that is still to do together; ``score`` None: it would bring up a question that has no answer yet."""

    effort: int
    before: str | None
    score: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    page: ResultPage
    at: datetime
    distance: Distance | None
    aims: PrioritiesPage
    strengths: list[Strength]
    actions: list[Action]  # of the company's plan, by due date, with what is done and dropped
    total: PlanTotal | None  # None where the plan was not made of this very result
    progress: ProgressPage | None
    readings: list[FrameReading]
    with_answers: bool
    with_comments: bool

    @property
    def result(self) -> Result:
        return self.page.result

    @property
    def priorities(self) -> list[FirstStep]:
        return self.aims.first[:PRIORITIES]

    @property
    def duties(self) -> list[QuestionLine]:
        """A law asks for more than what was answered."""
        return self.aims.required

    @property
    def live(self) -> list[Action]:
        return [action for action in self.actions if action.is_live]


def report_of(result: Result, *, with_answers: bool, with_comments: bool, at: datetime) -> Report:
    """Three queries once the versions are compiled, four after an earlier result."""
    aims = priorities_page(result, own_targets(result.company))
    page, basis = aims.page, basis_of(result)
    actions = actions_of(result.company)
    return Report(
        page=page,
        at=at,
        distance=distance(page, basis, without=put_aside_among(actions)),
        aims=aims,
        strengths=strengths(page),
        actions=actions,
        total=total([action for action in actions if action.is_live], result, basis),
        progress=progress_of(result),
        readings=frame_reading(page),
        with_answers=with_answers,
        with_comments=with_answers and with_comments,
    )


def strengths(page: ResultPage) -> list[Strength]:
    lines = [Strength(part.dimension, line) for part in page.dimensions for line in part.capabilities]
    good = [strength for strength in lines if score_of(strength) >= GOOD]
    return sorted(good, key=score_of, reverse=True)[:STRENGTHS]


def score_of(strength: Strength) -> Decimal:
    return Decimal(strength.line.figures["score"] or "-1")


def total(live: Sequence[Action], result: Result, basis: Basis) -> PlanTotal | None:
    if not live or any(action.result_id != result.pk for action in live):
        return None
    reached = {action.question: engine_answer(action.target) for action in live}
    score = basis.tree({**basis.answers, **reached}).overall.score
    return PlanTotal(sum(action.effort for action in live), result.trace["overall"]["score"], published(score))


def progress_of(result: Result) -> ProgressPage | None:
    before = Result.objects.before(result).select_related("version__questionnaire").first()
    return None if before is None else progress_page(before, result, done_between(before, result))

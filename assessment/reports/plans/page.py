"""The best plan of a result, each step with why, each other with why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from assessment.maturity.definition import Level, Question
from assessment.maturity.figures import published, signed_tenths, tenths
from assessment.maturity.levels import standing
from assessment.maturity.plans import Plan, PlannedStep
from assessment.reports.plans.basis import Basis, best, least
from assessment.reports.plans.frontier import FrontierDrawing, frontier_drawing
from assessment.reports.plans.steps import StepLine, added_words, words
from language.texts import Text

WHY = {
    "effort": _("No room for it: for the same effort the steps above bring more."),
    "not_needed": _("The level is reached without it."),
    "no_gain": _("Beside this plan it adds nothing to the score."),
    "opens_question": _("It would bring up a question that has no answer yet: nobody knows the score after it."),
    "hidden": _("This plan makes the question one that is no longer asked."),
    "put_aside": _("Dropped from the company’s plan."),
    "not_applicable": _("Not applicable, as you said."),
}


@dataclass(frozen=True, slots=True)
class PlanPage:
    basis: Basis
    plan: Plan
    before: str | None
    steps: list[StepLine]
    without: Mapping[str, str]  # why by question put aside

    @property
    def score(self) -> str | None:
        return published(self.plan.score)

    @property
    def bound(self) -> str | None:
        return published(self.plan.bound)

    @property
    def level(self) -> Level | None:
        return None if self.plan.level is None else self.basis.questionnaire.level(self.plan.level)

    @property
    def left_out(self) -> list[tuple[Text, list[tuple[Question, str]]]]:
        """The questions left out, by reason, in the order of the reasons above; with what the company said of each."""
        grouped: dict[str, list[tuple[Question, str]]] = defaultdict(list)
        for code, why in self.plan.left_out.items():
            grouped[why].append((self.basis.questionnaire.question(code), self.without.get(code, "")))
        return [(text, grouped[why]) for why, text in WHY.items() if why in grouped]

    @property
    def drawing(self) -> FrontierDrawing | None:
        return frontier_drawing(self.plan)

    @property
    def fields(self) -> list[tuple[str, str]]:
        return query_of(self.basis, self.plan.steps)

    @property
    def query(self) -> str:
        return urlencode(query_of(self.basis, self.plan.steps))


def best_page(basis: Basis, effort: int | None, without: Mapping[str, str]) -> PlanPage:
    return _page(basis, best(basis, effort, frozenset(without)), without)


def least_page(basis: Basis, level: int, without: Mapping[str, str]) -> PlanPage | None:
    """Return None where no plan reaches the level."""
    plan = least(basis, level, frozenset(without))
    return None if plan is None else _page(basis, plan, without)


def _page(basis: Basis, plan: Plan, without: Mapping[str, str]) -> PlanPage:
    before = basis.tree().overall.score
    return PlanPage(basis, plan, published(before), [_line(basis, plan, step) for step in plan.steps], without)


def _line(basis: Basis, plan: Plan, step: PlannedStep) -> StepLine:
    question, now = basis.questionnaire.question(step.question), basis.answers[step.question]
    tree = basis.tree({**plan.answers, step.question: now})
    without, score = tree.overall.score, plan.score
    dimensions = {code: dimension.score for code, dimension in tree.dimensions.items()}
    level = standing(basis.questionnaire.levels, without, dimensions).level
    return StepLine(
        question=question,
        before=words(question, now),
        after=added_words(question, now, step.answer),
        effort=step.effort,
        gain=None if step.gain is None else signed_tenths(tenths(step.gain)),
        lost=None if without is None or score is None else signed_tenths(tenths(score) - tenths(without)),
        holds_level=level is not None and plan.level is not None and level < plan.level,
    )


def query_of(basis: Basis, steps: Iterable[PlannedStep]) -> list[tuple[str, str]]:
    """Return the fields of the what-if page that make these steps."""
    pairs: list[tuple[str, str]] = []
    for step in steps:
        question, now = basis.questionnaire.question(step.question), basis.answers[step.question]
        if step.answer.number is not None:
            reached = [place for place, band in enumerate(question.bands) if band.start <= step.answer.number]
            pairs.append((step.question, str(reached[-1])))
        else:
            had = now.choices or () if question.kind == "multiple" else ()
            pairs += [(step.question, code) for code in step.answer.choices or () if code not in had]
    return pairs

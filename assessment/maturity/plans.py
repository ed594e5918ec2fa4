"""Plans: the best set of steps within an effort, the least that reaches a level, and what each is worth.

docs/plans.md says what a plan is; `Ground` makes the answers ready, `Search` proves that nothing is better.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Literal

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Level, Question, Questionnaire
from assessment.maturity.figures import published, reduced, signed_tenths, tenths
from assessment.maturity.frontiers import Frontier
from assessment.maturity.levels import standing
from assessment.maturity.search import BestWithin, LeastFor, Search
from assessment.maturity.states import Answers, State
from assessment.maturity.steps import Step
from assessment.maturity.tree import Tree, build_tree
from assessment.maturity.whatif import WhatIf
from assessment.maturity.worlds import Ground

Why = Literal["effort", "not_needed", "no_gain", "opens_question", "hidden", "put_aside", "not_applicable"]
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    question: str
    answer: Answer
    effort: int
    gain: Fraction | None  # of this step alone, in published points (0–1); None where alone it opens a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Its score is the engine's, of the answers after all steps. Best where ``bound`` equals it."""

    steps: tuple[PlannedStep, ...]
    effort: int
    score: Fraction | None
    level: int | None
    bound: Fraction | None
    left_out: Mapping[str, Why]
    frontier: Frontier
    answers: Answers

    @property
    def is_proven(self) -> bool:
        return self.bound == self.score

    def to_json(self) -> dict[str, Any]:
        """Return the keys and their order that docs/plans.md promises."""
        return {
            "steps": [_step_json(step) for step in self.steps],
            "effort": self.effort,
            "score": published(self.score),
            "exact": reduced(self.score),
            "level": self.level,
            "bound": reduced(self.bound),
            "left_out": [{"question": code, "why": why} for code, why in self.left_out.items()],
            "frontier": [[effort, reduced(score)] for effort, score in self.frontier],
        }


def _step_json(step: PlannedStep) -> dict[str, Any]:
    gain = None if step.gain is None else signed_tenths(tenths(step.gain))
    return {"question": step.question, "answer": step.answer.to_json(), "effort": step.effort, "gain": gain}


def best_plan(
    questionnaire: Questionnaire,
    profile: Profile,
    answers: Answers,
    *,
    effort: int | None = None,
    without: Collection[str] = (),
) -> Plan:
    """Return the plan of highest score within an effort, or of all; ``without``: questions put aside.

    The answers must be complete. Ties: least effort, then the first questions change least.
    """
    search = Search(Ground(questionnaire, profile, answers, without))
    best = BestWithin(search, effort)
    picked = best.picked()
    return _Planning(search.ground, without, best.frontier).plan(picked.ranks if picked else None, best.bound, effort)


def least_plan(
    questionnaire: Questionnaire, profile: Profile, answers: Answers, *, level: int, without: Collection[str] = ()
) -> Plan | None:
    """Return the plan of least effort that reaches a level with its gates; None where no plan does.

    The answers must be complete. Ties: highest score, then as above.
    """
    search = Search(Ground(questionnaire, profile, answers, without))
    start, gates = conditions_of(questionnaire, level)
    least = LeastFor(search, start, gates)
    if least.best is None:
        return None
    bound = -least.best[1] if least.proven else ONE
    planning = _Planning(search.ground, without, BestWithin(search, None).frontier)
    return planning.plan(least.best[2], bound, None, why="not_needed")


def conditions_of(questionnaire: Questionnaire, level: int) -> tuple[Fraction, dict[str, Fraction]]:
    """Return the score that a level asks for and, by dimension, what its gates and those below it do."""
    upto = _up_to(questionnaire.levels, level)
    gates = [item.every_dimension_at_least for item in upto if item.every_dimension_at_least is not None]
    least = {dimension.code: published_at(max(gates)) for dimension in questionnaire.dimensions} if gates else {}
    return published_at(upto[-1].start), least


def _up_to(levels: Sequence[Level], number: int) -> Sequence[Level]:
    last = next(place for place, level in enumerate(levels) if level.number == number)
    return levels[: last + 1]


def published_at(bound: Fraction) -> Fraction:
    """Return the least score, 0–1, that is published at or above a bound of 0 to 100."""
    return (ceil(bound * 10) - Fraction(1, 2)) / 1000


class _Planning:
    """What the steps of a plan are worth, and why the others are left out: every figure scored again."""

    def __init__(self, ground: Ground, without: Collection[str], frontier: Frontier) -> None:
        self.ground, self.without, self.frontier = ground, without, frontier
        self.now = self._tree(ground.answers)

    def _tree(self, answers: Answers) -> Tree:
        return build_tree(self.ground.questionnaire, self.ground.profile, answers)

    def plan(self, ranks: Sequence[int] | None, bound: Fraction | None, most: int | None, why: Why = "effort") -> Plan:
        ranks = ranks or [0] * len(self.ground.places)
        steps, answers = self.ground.chosen(ranks), self.ground.after(ranks)
        tree, effort = self._tree(answers), sum(step.effort for step in steps.values())
        dimensions = {code: dimension.score for code, dimension in tree.dimensions.items()}
        return Plan(
            steps=self._steps(steps),
            effort=effort,
            score=tree.overall.score,
            level=standing(self.ground.questionnaire.levels, tree.overall.score, dimensions).level,
            bound=bound,
            left_out=_LeftOut(self, answers, tree, None if most is None else most - effort, why).reasons(steps),
            frontier=self.frontier,
            answers=answers,
        )

    def _steps(self, steps: Mapping[str, Step]) -> tuple[PlannedStep, ...]:
        whatif = WhatIf(self.ground.questionnaire, self.ground.profile, self.ground.answers, self.now)
        return tuple(
            PlannedStep(code, step.answer, step.effort, self._gain(whatif, self.ground.places[code].question, step))
            for code, step in steps.items()
        )

    def _gain(self, whatif: WhatIf, question: Question, step: Step) -> Fraction | None:
        before, after = self.now.overall.score, whatif.overall(question, step.answer)
        return None if before is None or after is None else Fraction(tenths(after) - tenths(before), 1000)


class _LeftOut:
    def __init__(self, planning: _Planning, answers: Answers, tree: Tree, left: int | None, otherwise: Why) -> None:
        ground = planning.ground
        self.places, self.without, self.now = ground.places, planning.without, planning.now
        self.tree, self.left, self.otherwise = tree, left, otherwise
        self.whatif = WhatIf(ground.questionnaire, ground.profile, answers, tree)

    def reasons(self, steps: Mapping[str, Step]) -> dict[str, Why]:
        judged = {code: self._why(code) for code in self.places if code not in steps}
        return {code: why for code, why in judged.items() if why is not None}

    def _why(self, code: str) -> Why | None:
        place, state = self.places[code], self.now.states[code]
        if not place.question.scored:
            return None
        if state is State.NOT_APPLICABLE:
            return "not_applicable"
        if code in self.without:
            return "put_aside"
        if not place.steps:
            return None
        if self.tree.states[code] is State.HIDDEN:
            return "hidden"
        return self._beside_the_plan(place.question, place.steps)

    def _beside_the_plan(self, question: Question, steps: Sequence[Step]) -> Why:
        scores = [(step.effort, self.whatif.overall(question, step.answer)) for step in steps]
        known = [(effort, score) for effort, score in scores if score is not None]
        if not known:
            return "opens_question"
        now = self.tree.overall.score
        gaining = [effort for effort, score in known if now is None or score > now]
        if not gaining:
            return "no_gain"
        if self.otherwise == "not_needed" or (self.left is not None and min(gaining) > self.left):
            return self.otherwise
        return "opens_question"

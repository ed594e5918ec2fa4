"""What moved between two results of a company: both scored again on the questions they have in common."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.common import common_part
from assessment.maturity.definition import Capability, Dimension, Level, Question, Questionnaire
from assessment.maturity.figures import published, signed_tenths, tenths
from assessment.maturity.levels import standing
from assessment.maturity.tree import Tree, build_tree
from assessment.models import Action, Result
from assessment.reports.plans.basis import Basis, basis_of
from assessment.reports.plans.steps import words


@dataclass(frozen=True, slots=True)
class Change:
    """A node's two scores. ``by``: in published points, None where one of them is missing."""

    node: Dimension | Capability | None  # None for the whole
    before: str | None
    after: str | None
    by: str | None

    @property
    def way(self) -> str:
        if self.by is None or self.by in ("0.0", "-0.0"):
            return ""
        return "down" if self.by.startswith("-") else "up"


@dataclass(frozen=True, slots=True)
class DimensionMove:
    change: Change
    capabilities: list[Change]


@dataclass(frozen=True, slots=True)
class Moved:
    question: Question
    before: str
    after: str
    points: int  # more, or fewer, of the question's own points


@dataclass(frozen=True, slots=True)
class Planned:
    """An action done between the two results: what it was to bring alone, and what its answer did, alone too.

    None: nobody knew, or the answer didn't move.
    """

    action: Action
    predicted: str | None
    observed: str | None


@dataclass(frozen=True, slots=True)
class ProgressPage:
    before: Result
    after: Result
    part: Questionnaire
    whole: Questionnaire
    overall: Change
    level_before: Level | None
    level_after: Level | None
    dimensions: list[DimensionMove]
    better: list[Moved]
    worse: list[Moved]
    planned: list[Planned]

    @property
    def same_version(self) -> bool:
        return self.before.version_id == self.after.version_id

    @property
    def is_whole(self) -> bool:
        """Whether the figures are the published ones: nothing was left out."""
        return self.same_version and len(self.part.questions) == len(self.whole.questions)

    @property
    def compared(self) -> int:
        return sum(question.scored for question in self.part.questions)


def progress_page(before: Result, after: Result, actions: Iterable[Action] = ()) -> ProgressPage:
    """No query once both versions are compiled. ``actions``: those done between the two."""
    old, new = basis_of(before), basis_of(after)
    sides = [(old.profile, old.answers), (new.profile, new.answers)]
    part = common_part(old.questionnaire, new.questionnaire, sides)
    was, now = (build_tree(part, *side) for side in sides)
    moved = list(_moved(part, old, new, was, now))
    return ProgressPage(
        before=before,
        after=after,
        part=part,
        whole=new.questionnaire,
        overall=_change(None, was.overall.score, now.overall.score),
        level_before=_level(part, was),
        level_after=_level(part, now),
        dimensions=[_dimension(dimension, was, now) for dimension in part.dimensions],
        better=[line for line in moved if line.points > 0],
        worse=[line for line in moved if line.points < 0],
        planned=[_planned(action, part, old, new, was) for action in actions],
    )


def _planned(action: Action, part: Questionnaire, old: Basis, new: Basis, was: Tree) -> Planned:
    predicted = None if action.gain is None else str(action.gain)
    code = action.question
    answer = new.answers.get(code)
    if not part.has_question(code) or answer is None or was.overall.score is None or answer == old.answers.get(code):
        return Planned(action, predicted, None)
    alone = build_tree(part, old.profile, {**old.answers, code: answer}).overall.score
    observed = None if alone is None else signed_tenths(tenths(alone) - tenths(was.overall.score))
    return Planned(action, predicted, observed)


def _dimension(dimension: Dimension, was: Tree, now: Tree) -> DimensionMove:
    code = dimension.code
    return DimensionMove(
        _change(dimension, was.dimensions[code].score, now.dimensions[code].score),
        [
            _change(capability, was.capabilities[capability.code].score, now.capabilities[capability.code].score)
            for capability in dimension.capabilities
        ],
    )


def _change(node: Dimension | Capability | None, before: Fraction | None, after: Fraction | None) -> Change:
    by = None if before is None or after is None else signed_tenths(tenths(after) - tenths(before))
    return Change(node, published(before), published(after), by)


def _level(part: Questionnaire, tree: Tree) -> Level | None:
    scores = {code: dimension.score for code, dimension in tree.dimensions.items()}
    number = standing(part.levels, tree.overall.score, scores).level
    return None if number is None else part.level(number)


def _moved(part: Questionnaire, old: Basis, new: Basis, was: Tree, now: Tree) -> Iterator[Moved]:
    for question in part.questions:
        before, after = was.questions[question.code].score, now.questions[question.code].score
        if before is not None and after is not None and before != after:
            yield Moved(
                question,
                words(question, old.answers.get(question.code)),
                words(question, new.answers.get(question.code)),
                int((after - before) * (question.max_points or 1)),
            )

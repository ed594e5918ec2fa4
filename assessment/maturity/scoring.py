"""Scores an assessment: one pure function, the same result for the same input on every machine."""

from assessment.maturity.answers import Answer, check_answer, points
from assessment.maturity.canonical import checksum
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Capability, Dimension, Question, Questionnaire
from assessment.maturity.figures import published
from assessment.maturity.gains import gains
from assessment.maturity.levels import level_by_score, standing
from assessment.maturity.results import (
    CapabilityResult,
    Coverage,
    DimensionResult,
    OverallResult,
    QuestionResult,
    Result,
)
from assessment.maturity.shares import shares
from assessment.maturity.states import Answers, State, is_complete, missing, states
from assessment.maturity.tree import Interval, build_tree, interval

__all__ = [
    "ENGINE",
    "Answer",
    "CapabilityResult",
    "Coverage",
    "DimensionResult",
    "Interval",
    "OverallResult",
    "QuestionResult",
    "Result",
    "State",
    "check_answer",
    "coverage",
    "interval",
    "is_complete",
    "missing",
    "published",
    "score",
    "states",
]

ENGINE = 1


def score(questionnaire: Questionnaire, profile: Profile, answers: Answers) -> Result:
    """Score the answers. One that is not valid counts as unanswered; check_answer says why."""
    return _Scoring(questionnaire, profile, answers).result()


def coverage(questionnaire: Questionnaire, found: dict[str, State]) -> Coverage:
    """Count the scored questions by state."""
    counted = [found[question.code] for question in questionnaire.questions if question.scored]
    counts = {state.value: counted.count(state) for state in State}
    return Coverage(applicable=len(counted) - counts["hidden"], **counts)


class _Scoring:
    def __init__(self, questionnaire: Questionnaire, profile: Profile, answers: Answers) -> None:
        self.questionnaire, self.answers = questionnaire, answers
        self.tree = build_tree(questionnaire, profile, answers)
        self.shares = shares(questionnaire, self.tree)
        self.gains = gains(questionnaire, profile, answers, self.tree)

    def result(self) -> Result:
        return Result(
            questionnaire=self.questionnaire.code,
            version=self.questionnaire.version,
            checksum=checksum(self.questionnaire),
            engine=ENGINE,
            complete=is_complete(self.questionnaire, self.tree.states),
            overall=self._overall(),
            dimensions=tuple(self._dimension(dimension) for dimension in self.questionnaire.dimensions),
            coverage=coverage(self.questionnaire, self.tree.states),
        )

    def _overall(self) -> OverallResult:
        whole = self.tree.overall
        scores = {code: dimension.score for code, dimension in self.tree.dimensions.items()}
        reached = standing(self.questionnaire.levels, whole.score, scores)
        return OverallResult(
            score=whole.score,
            low=whole.low,
            high=whole.high,
            level=reached.level,
            level_by_score=reached.level_by_score,
            held_back_by=reached.held_back_by,
        )

    def _dimension(self, dimension: Dimension) -> DimensionResult:
        known = self.tree.dimensions[dimension.code]
        return DimensionResult(
            code=dimension.code,
            weight=dimension.weight,
            score=known.score,
            low=known.low,
            high=known.high,
            level=level_by_score(self.questionnaire.levels, known.score),
            capabilities=tuple(self._capability(capability) for capability in dimension.capabilities),
        )

    def _capability(self, capability: Capability) -> CapabilityResult:
        known = self.tree.capabilities[capability.code]
        return CapabilityResult(
            code=capability.code,
            weight=capability.weight,
            score=known.score,
            low=known.low,
            high=known.high,
            level=level_by_score(self.questionnaire.levels, known.score),
            questions=tuple(self._question(question) for question in capability.questions),
        )

    def _question(self, question: Question) -> QuestionResult:
        known = self.tree.questions[question.code]
        return QuestionResult(
            code=question.code,
            weight=question.weight,
            state=self.tree.states[question.code],
            points=self._points(question),
            max_points=question.max_points,
            score=known.score,
            low=known.low,
            high=known.high,
            share=self.shares.get(question.code),
            gain=self.gains.get(question.code),
        )

    def _points(self, question: Question) -> int | None:
        if self.tree.questions[question.code].score is None:
            return None
        return 0 if self.tree.states[question.code] is State.UNKNOWN else points(question, self.answers[question.code])

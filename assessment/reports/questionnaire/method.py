"""The computation of a score on an imagined company: every figure is the engine’s, worked out for the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Capability, Choice, Dimension, Level, Question, Questionnaire
from assessment.maturity.figures import decimal_text, published
from assessment.maturity.results import CapabilityResult, DimensionResult, QuestionResult, Result
from assessment.maturity.scoring import score
from assessment.maturity.states import State, states
from assessment.models import Version
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.typical import EXAMPLES, typical_activities
from assessment.reports.results.frames import FrameReading, readings
from assessment.rules.words import points

# How good each answer is, from 0 to 4, over and over: a company good at some things and behind on others.
PATTERN = [3, 2, 2, 1, 3, 1, 2, 4, 0, 2, 3]
NOT_COUNTED = {State.HIDDEN, State.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Step:
    """A question of the example: what was answered and what it gives."""

    question: Question
    answer: Answer | None
    result: QuestionResult

    @property
    def chosen(self) -> list[Choice]:
        given = self.answer.choices if self.answer else None
        return [choice for choice in self.question.choices if choice.code in (given or ())]

    @property
    def number(self) -> str | None:
        return None if self.answer is None or self.answer.number is None else decimal_text(self.answer.number)

    @property
    def expression(self) -> str:
        return f"{self.result.points} / {self.result.max_points} → {points(published(self.result.score))}"

    @property
    def is_counted(self) -> bool:
        return self.result.score is not None


@dataclass(frozen=True, slots=True)
class CapabilityStep:
    capability: Capability
    result: CapabilityResult
    steps: list[Step]

    @property
    def expression(self) -> str:
        return expression(self.capability.aggregation, self.result, self.result.questions)

    @property
    def uncounted(self) -> list[Step]:
        return [step for step in self.steps if step.result.state in NOT_COUNTED]


@dataclass(frozen=True, slots=True)
class DimensionStep:
    dimension: Dimension
    result: DimensionResult
    capabilities: list[CapabilityStep]

    @property
    def expression(self) -> str:
        return expression(self.dimension.aggregation, self.result, self.result.capabilities)


@dataclass(frozen=True, slots=True)
class Gate:
    """A company at the top everywhere but in one dimension, where it is at the bottom."""

    dimension: Dimension
    result: Result


@dataclass(frozen=True, slots=True)
class Method:
    questionnaire: Questionnaire
    profile: Profile
    result: Result
    dimensions: list[DimensionStep]
    gate: Gate | None
    readings: list[FrameReading]

    @property
    def shown(self) -> DimensionStep:
        # The dimension that is worked out in full: the first with something unknown in it, or else the first.
        unknown = [
            part for part in self.dimensions if any(step.result.state is State.UNKNOWN for step in steps_of([part]))
        ]
        return (unknown or self.dimensions)[0]

    @property
    def neutral(self) -> CapabilityStep | None:
        # A capability of which one question doesn’t count, and another does.
        capabilities = [capability for part in self.dimensions for capability in part.capabilities]
        return next((found for found in capabilities if found.uncounted and found.result.score is not None), None)

    @property
    def unknown(self) -> list[Step]:
        return [step for step in steps_of(self.dimensions) if step.result.state is State.UNKNOWN]

    @property
    def expression(self) -> str:
        return expression(self.questionnaire.aggregation, self.result.overall, self.result.dimensions)

    @property
    def exact(self) -> str:
        return str(self.result.overall.score)

    @property
    def figures(self) -> dict:
        return self.result.overall.to_json()

    @property
    def level(self) -> Level | None:
        return self.level_of(self.result.overall.level)

    def level_of(self, number: int | None) -> Level | None:
        return None if number is None else self.questionnaire.level(number)

    @property
    def gate_levels(self) -> tuple[Level | None, Level | None]:
        # The level that the score alone would give, and the one that the gates leave.
        overall = cast(Gate, self.gate).result.overall
        return self.level_of(overall.level_by_score), self.level_of(overall.level)


def steps_of(parts: Iterable[DimensionStep]) -> list[Step]:
    return [step for part in parts for capability in part.capabilities for step in capability.steps]


def expression(how: str, node: Any, children: Sequence[Any]) -> str:
    """Return the sum that makes a node’s score out of its children’s, as one writes it with a pencil."""
    counted = [child for child in children if child.score is not None and child.weight]
    if not counted:
        return "–"
    result = f"{node.score} → {points(published(node.score))}"
    if how == "minimum":
        return f"min({'; '.join(str(child.score) for child in counted)}) = {result}"
    terms = " + ".join(f"{child.weight} × {child.score}" for child in counted)
    return f"({terms}) / {sum(child.weight for child in counted)} = {result}"


def method(version: Version) -> Method:
    """Return the example worked out with this version; no query once the version is compiled."""
    return worked_out(compiled(version))


def worked_out(questionnaire: Questionnaire) -> Method:
    sub_sector, size = EXAMPLES[0]
    profile = Profile(sub_sector.value, size.value, typical_activities(sub_sector, size))
    answers = answered(questionnaire, profile)
    result = score(questionnaire, profile, answers)
    scores = {capability.code: capability.score for capability in result.capabilities}
    return Method(
        questionnaire=questionnaire,
        profile=profile,
        result=result,
        dimensions=[_dimension(questionnaire, node, answers) for node in result.dimensions],
        gate=gate(questionnaire, profile),
        readings=readings(questionnaire, scores),
    )


def _dimension(questionnaire: Questionnaire, node: DimensionResult, answers: Mapping[str, Answer]) -> DimensionStep:
    capabilities = [
        CapabilityStep(
            questionnaire.capability(child.code),
            child,
            [Step(questionnaire.question(leaf.code), answers.get(leaf.code), leaf) for leaf in child.questions],
        )
        for child in node.capabilities
    ]
    return DimensionStep(questionnaire.dimension(node.code), node, capabilities)


def answered(questionnaire: Questionnaire, profile: Profile) -> dict[str, Answer]:
    # Answer every question by the pattern; of those asked, the third is not known, another is not applicable.
    answers = {
        question.code: answer_at(question, PATTERN[place % len(PATTERN)])
        for place, question in enumerate(questionnaire.questions)
        if question.kind != "text"
    }
    question_states = states(questionnaire, profile, {})
    asked = [question for question in questionnaire.questions if question_states[question.code] is not State.HIDDEN]
    doubtful = [question.code for question in asked if question.allow_unknown and question.scored]
    unknown = doubtful[2:3] or doubtful[-1:]
    optional = [question.code for question in asked if question.allow_not_applicable and question.code not in unknown]
    answers |= {code: Answer(unknown=True) for code in unknown}
    return answers | {code: Answer(not_applicable="–") for code in optional[:1]}


def answer_at(question: Question, grade: int) -> Answer:
    """Return an answer so many steps up from the lowest, or the highest there is."""
    if question.kind == "multiple":
        together = [choice.code for choice in question.choices if not choice.exclusive]
        alone = [choice.code for choice in question.choices if choice.exclusive]
        return Answer(choices=tuple(together[:grade] or alone[:1] or together[:1]))
    if question.kind == "number":
        band = question.bands[min(grade, len(question.bands) - 1)]
        return Answer(number=max(band.start, cast(Fraction, question.minimum)))
    ascending = sorted(question.choices, key=lambda choice: choice.points)
    return Answer(choices=(ascending[min(grade, len(ascending) - 1)].code,))


def gate(questionnaire: Questionnaire, profile: Profile) -> Gate | None:
    """Return the last dimension whose weakness alone holds the top back; None where no level has such a gate."""
    for dimension in reversed(questionnaire.dimensions):
        weak = {question.code for question in dimension.questions}
        answers = {
            question.code: answer_at(question, 0 if question.code in weak else len(question.choices or question.bands))
            for question in questionnaire.questions
            if question.kind != "text"
        }
        result = score(questionnaire, profile, answers)
        if result.overall.level != result.overall.level_by_score:
            return Gate(dimension, result)
    return None

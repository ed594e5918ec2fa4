"""A stored result with the words of its questionnaire: what the result page and the admin show."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessment.maturity.definition import Capability, Choice, Dimension, Level, Question, Questionnaire, Text
from assessment.maturity.figures import published
from assessment.maturity.gains import next_better
from assessment.models import Result
from assessment.models.compiled import compiled
from assessment.reports.results.radar import Axis, Radar, radar
from assessment.rules.answers import engine_answer
from assessment.rules.standing import numbers
from assessment.rules.words import in_language

MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the proof: what was answered, and what it brought. ``figures`` is the engine's own trace."""

    question: Question
    figures: dict
    answer: dict | None  # {value, state, comment, evidence} as it was submitted
    anchor: str  # the same as on the page where it was answered

    @property
    def state(self) -> str:
        return self.figures["state"]

    @property
    def counted(self) -> bool:
        return self.figures["points"] is not None or self.figures["score"] is not None

    @property
    def chosen(self) -> list[Choice]:
        codes = self._value.get("choices", [])
        return [choice for choice in self.question.choices if choice.code in codes]

    @property
    def number(self) -> str | None:
        return self._value.get("number")

    @property
    def text(self) -> str | None:
        return self._value.get("text")

    @property
    def reason(self) -> str | None:
        return self._value.get("not_applicable")

    @property
    def _value(self) -> dict[str, Any]:
        return self.answer["value"] if self.answer else {}

    @property
    def share(self) -> str | None:
        """The part of the overall score that comes from here, in published points; None where not counted."""
        return None if self.figures["share"] is None else published(Fraction(self.figures["share"]))

    @property
    def gain(self) -> Fraction:
        return Fraction(self.figures["gain"] or 0)

    @property
    def next_step(self) -> Text | None:
        # The advice of the choice taken or, among several, of the one to add next; a number has none.
        if self.question.kind == "choice":
            return self.chosen[0].next_step if self.chosen else None
        if self.question.kind != "multiple":
            return None
        better = next_better(self.question, engine_answer(self._value)) if self._value else None
        added = [code for code in better.choices or () if code not in self._value.get("choices", [])] if better else []
        return self.question.choice(added[0]).next_step if added else None


@dataclass(frozen=True, slots=True)
class CapabilityLine:
    capability: Capability
    figures: dict
    questions: list[QuestionLine]


@dataclass(frozen=True, slots=True)
class DimensionLine:
    dimension: Dimension
    figures: dict
    capabilities: list[CapabilityLine]
    level: object  # the questionnaire's, None where there is no score
    made_from: tuple[
        int, str, Dimension
    ]  # what all of this is worked out from, and from nothing else; none of it ever changes

    @property
    def questions(self) -> list[QuestionLine]:
        return [line for capability in self.capabilities for line in capability.questions]

    @property
    def is_asked(self) -> bool:
        return any(line.state != "hidden" for line in self.questions)


@dataclass(frozen=True, slots=True)
class ResultPage:
    result: Result
    questionnaire: Questionnaire
    dimensions: list[DimensionLine]

    @property
    def overall(self) -> dict[str, Any]:
        return self.result.trace["overall"]

    @property
    def coverage(self) -> dict[str, Any]:
        return self.result.trace["coverage"]

    @property
    def level(self) -> Level | None:
        return _level(self.questionnaire, self.overall["level"])

    @property
    def level_by_score(self) -> Level | None:
        return _level(self.questionnaire, self.overall["level_by_score"])

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.questionnaire.levels

    @property
    def held_back_by(self) -> list[DimensionLine]:
        return [line for line in self.dimensions if line.dimension.code in self.overall["held_back_by"]]

    @property
    def next_steps(self) -> list[QuestionLine]:
        # The answers whose next better step raises the overall score most, at most five, best first.
        lines = [line for part in self.dimensions for line in part.questions if line.gain > 0]
        return sorted(lines, key=lambda line: -line.gain)[:MOST_STEPS]

    @property
    def radar(self) -> Radar | None:
        return radar(
            [
                Axis(
                    line.dimension.code,
                    in_language(line.dimension.title),
                    _float(line.figures["score"]),
                    _float(line.figures["low"]),
                    _float(line.figures["high"]),
                )
                for line in self.dimensions
            ]
        )


def result_page(result: Result) -> ResultPage:
    """Put the stored trace and answers beside the texts of the version; no query once the version is compiled."""
    questionnaire = compiled(result.version)
    place = numbers(questionnaire)

    def line(leaf: dict[str, Any]) -> QuestionLine:
        code = leaf["code"]
        return QuestionLine(questionnaire.question(code), leaf, result.answers.get(code), f"q{place[code]}")

    dimensions = [_dimension(result, questionnaire, node, line) for node in result.trace["dimensions"]]
    return ResultPage(result, questionnaire, dimensions)


def _dimension(
    result: Result,
    questionnaire: Questionnaire,
    node: dict[str, Any],
    line: Callable[[dict[str, Any]], QuestionLine],
) -> DimensionLine:
    dimension = questionnaire.dimension(node["code"])
    capabilities = [
        CapabilityLine(questionnaire.capability(child["code"]), child, [line(leaf) for leaf in child["questions"]])
        for child in node["capabilities"]
    ]
    made_from = (result.pk, result.answers_sha256, dimension)
    return DimensionLine(dimension, node, capabilities, _level(questionnaire, node["level"]), made_from)


def _level(questionnaire: Questionnaire, number: int | None) -> Level | None:
    return None if number is None else questionnaire.level(number)


def _float(figure: str | None) -> float | None:
    # For drawing only: every figure that is read stays a string of digits.
    return None if figure is None else float(figure)

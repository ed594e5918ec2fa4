"""Stored answers as the engine reads them, and where an assessment stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.answers import Answer as EngineAnswer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Dimension, Question, Questionnaire
from assessment.maturity.figures import published, tenths
from assessment.maturity.states import State, missing
from assessment.maturity.tree import Tree, plant
from assessment.models import Answer, Assessment, Company, OwnAnswer
from assessment.models.compiled import compiled

COUNTED = {Answer.State.ANSWERED, Answer.State.UNKNOWN, Answer.State.NOT_APPLICABLE}


def engine_answer(value: Mapping) -> EngineAnswer:
    """Read a stored value; its number is a string of digits."""
    if "number" in value:
        return EngineAnswer(number=Fraction(value["number"]))
    if "choices" in value:
        return EngineAnswer(choices=tuple(value["choices"]))
    return EngineAnswer(
        text=value.get("text"), unknown=value.get("unknown", False), not_applicable=value.get("not_applicable")
    )


def engine_answers(rows: Iterable[Answer | OwnAnswer]) -> dict[str, EngineAnswer]:
    """Return what counts, by question code: drafts and emptied answers are left out."""
    return {row.question: engine_answer(row.value) for row in rows if row.state in COUNTED}


def profile_of(company: Company) -> Profile:
    return Profile(company.sub_sector, company.size, frozenset(company.activities))


@dataclass(frozen=True, slots=True)
class Count:
    """How far a dimension, or the whole, is answered; hidden questions and optional ones are left out."""

    answered: int
    applicable: int

    @property
    def percent(self) -> int:
        return 100 if not self.applicable else 100 * self.answered // self.applicable

    @property
    def left(self) -> int:
        return self.applicable - self.answered

    @property
    def done(self) -> bool:
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an open assessment stands: the state of each question, what is left, and the interval of the score."""

    questionnaire: Questionnaire
    tree: Tree
    express: bool

    def asks(self, question: Question) -> bool:
        """Whether the question is put to this company now, on the path it chose."""
        return self.tree.states[question.code] is not State.HIDDEN and (question.express or not self.express)

    def count(self, questions: Iterable[Question]) -> Count:
        asked = [question for question in questions if question.required and self.asks(question)]
        open_ones = sum(map(self._is_open, asked))
        return Count(answered=len(asked) - open_ones, applicable=len(asked))

    @property
    def whole(self) -> Count:
        return self.count(self.questionnaire.questions)

    @property
    def dimensions(self) -> list[tuple[Dimension, Count]]:
        return [(dimension, self.count(dimension.questions)) for dimension in self.questionnaire.dimensions]

    @property
    def missing(self) -> list[str]:
        """Codes of the questions that keep it from being submitted, in order."""
        return missing(self.questionnaire, self.tree.states)

    @property
    def low(self) -> str | None:
        return published(self.tree.overall.low)

    @property
    def high(self) -> str | None:
        return published(self.tree.overall.high)

    @property
    def width(self) -> int:
        """Of the interval, in tenths of a point."""
        low, high = self.tree.overall.low, self.tree.overall.high
        return 0 if low is None or high is None else tenths(high) - tenths(low)

    @property
    def open_questions(self) -> list[str]:
        """Codes of the questions on the chosen path that still need an answer, in order."""
        return [q.code for q in self.questionnaire.questions if q.required and self.asks(q) and self._is_open(q)]

    def _is_open(self, question: Question) -> bool:
        return self.tree.states[question.code] is State.UNANSWERED


def standing(
    *, questionnaire: Questionnaire, profile: Profile, answers: Iterable[Answer | OwnAnswer], express: bool
) -> Standing:
    return Standing(questionnaire, plant(questionnaire, profile, engine_answers(answers)), express)


def standing_of(assessment: Assessment, rows: Iterable[Answer | OwnAnswer]) -> Standing:
    """Return where the assessment stands with these answers; no query where its company and version came with it."""
    return standing(
        questionnaire=compiled(assessment.version),
        profile=profile_of(assessment.company),
        answers=rows,
        express=assessment.path == Assessment.Path.EXPRESS,
    )

"""A questionnaire as the engine reads it: a frozen tree, dimension → capability → question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from assessment.maturity.conditions import Condition

Text = Mapping[str, str]  # language → text
Kind = Literal["choice", "multiple", "number", "text"]
Aggregation = Literal["mean", "minimum"]
UnknownPolicy = Literal["zero", "exclude"]


def _derived() -> Any:
    # A field worked out from the others: not given, not compared, not shown.
    return field(init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    points: int
    text: Text
    next_step: Text | None = None
    exclusive: bool = False
    effort: int = 1  # 1 to 5: the work to reach it from the step below; of a multiple question, to add it


@dataclass(frozen=True, slots=True)
class Band:
    """The numbers from ``start`` up to the next band's start, which is no longer in it."""

    start: Fraction
    points: int
    effort: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    code: str
    kind: Kind
    text: Text
    weight: int = 1
    express: bool = False
    required: bool = True
    allow_not_applicable: bool = False
    allow_unknown: bool = True
    help: Text | None = None
    obligation: Text | None = None  # what a law asks here
    applies_when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    cap: int | None = None  # of a multiple question; the sum of its points where none is given
    unit: Text | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    bands: tuple[Band, ...] = ()
    max_points: int | None = _derived()  # None for a text question
    _choices: dict[str, Choice] = _derived()

    def __post_init__(self) -> None:
        if self.kind == "multiple" and self.cap is None:
            object.__setattr__(self, "cap", sum(choice.points for choice in self.choices))
        object.__setattr__(self, "max_points", self._largest_points())
        object.__setattr__(self, "_choices", {choice.code: choice for choice in self.choices})

    def _largest_points(self) -> int | None:
        if self.kind == "text":
            return None
        if self.kind == "multiple":
            return self.cap
        return max(step.points for step in (self.choices or self.bands))

    @property
    def scored(self) -> bool:
        return self.kind != "text" and self.weight > 0

    def choice(self, code: str) -> Choice:
        return self._choices[code]

    def has_choice(self, code: str) -> bool:
        return code in self._choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    code: str
    weight: int = 1
    aggregation: Aggregation = "mean"
    reads_as: Mapping[str, str] = field(default_factory=dict)  # frame → dimension of that frame
    title: Text
    description: Text | None = None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    code: str
    weight: int = 1
    aggregation: Aggregation = "mean"
    title: Text
    description: Text | None = None
    capabilities: tuple[Capability, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for capability in self.capabilities for question in capability.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Both bounds are published scores, 0 to 100."""

    number: int
    start: Fraction
    every_dimension_at_least: Fraction | None = None
    title: Text
    description: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameDimension:
    code: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Another model the questionnaire can be read in; it never scores."""

    code: str
    title: Text
    note: Text | None = None
    dimensions: tuple[FrameDimension, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSpec:
    """The values that profiles may take and conditions may name; an empty list leaves its key out of conditions."""

    sub_sector: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A score, 0 to 100, to aim at in each dimension, for companies of such a profile."""

    when: Condition
    dimensions: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    format: int = 1
    code: str
    version: str
    languages: tuple[str, ...]
    title: Text
    introduction: Text | None = None
    unknown_policy: UnknownPolicy = "zero"
    aggregation: Aggregation = "mean"
    profile: ProfileSpec | None = None
    frames: tuple[Frame, ...] = ()
    levels: tuple[Level, ...]
    targets: tuple[Target, ...] = ()  # the first whose condition holds is proposed
    dimensions: tuple[Dimension, ...]
    questions: tuple[Question, ...] = _derived()  # in the order of the file
    _questions: dict[str, Question] = _derived()
    _capabilities: dict[str, Capability] = _derived()
    _dimensions: dict[str, Dimension] = _derived()
    _levels: dict[int, Level] = _derived()
    # Filled by canonical.checksum at its first call: costly for a large file, and each result carries it.
    checksum_once: list[str] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        capabilities = [capability for dimension in self.dimensions for capability in dimension.capabilities]
        questions = tuple(question for capability in capabilities for question in capability.questions)
        object.__setattr__(self, "questions", questions)
        object.__setattr__(self, "_questions", {question.code: question for question in questions})
        object.__setattr__(self, "_capabilities", {capability.code: capability for capability in capabilities})
        object.__setattr__(self, "_dimensions", {dimension.code: dimension for dimension in self.dimensions})
        object.__setattr__(self, "_levels", {level.number: level for level in self.levels})

    def question(self, code: str) -> Question:
        return self._questions[code]

    def has_question(self, code: str) -> bool:
        return code in self._questions

    def capability(self, code: str) -> Capability:
        return self._capabilities[code]

    def dimension(self, code: str) -> Dimension:
        return self._dimensions[code]

    def level(self, number: int) -> Level:
        return self._levels[number]

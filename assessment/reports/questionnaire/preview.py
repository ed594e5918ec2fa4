"""The questionnaire as anybody may read it: whole, or as a company with a given profile sees it."""

from dataclasses import dataclass
from itertools import zip_longest

from assessment.maturity.conditions import Condition, Profile
from assessment.maturity.definition import Capability, Dimension, Question, Questionnaire
from assessment.maturity.figures import decimal_text
from assessment.maturity.remaining import remaining
from assessment.maturity.states import State, states
from assessment.models import Version
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.conditions import in_words


@dataclass(frozen=True, slots=True)
class Step:
    """What a figure counts: from ``start`` to below ``end``, or to the largest figure possible where that is None."""

    start: str
    end: str | None
    points: int


@dataclass(frozen=True, slots=True)
class Item:
    """A question to read. ``number`` counts from 1 through the whole questionnaire, whatever is left out."""

    number: int
    question: Question
    asked_if: str  # a clause in words; "" where the question is always asked

    @property
    def steps(self) -> list[Step]:
        starts = [decimal_text(band.start) for band in self.question.bands]
        return [
            Step(start, end, band.points) for band, start, end in zip_longest(self.question.bands, starts, starts[1:])
        ]

    @property
    def most(self) -> int | None:
        # The most points of a multiple question, where that is less than all its choices together.
        total = sum(choice.points for choice in self.question.choices)
        return self.question.cap if self.question.kind == "multiple" and self.question.cap != total else None


@dataclass(frozen=True, slots=True)
class Section:
    capability: Capability
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Part:
    dimension: Dimension
    sections: list[Section]

    @property
    def count(self) -> int:
        return sum(len(section.items) for section in self.sections)


@dataclass(frozen=True, slots=True)
class Preview:
    questionnaire: Questionnaire
    profile: Profile | None
    express: bool
    parts: list[Part]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def left_out(self) -> int:
        # How many of the path’s questions never concern this profile.
        return sum(question.express or not self.express for question in self.questionnaire.questions) - self.count

    @property
    def express_count(self) -> int:
        return sum(item.question.express for part in self.parts for section in part.sections for item in section.items)

    @property
    def has_paths(self) -> bool:
        return any(not question.express for question in self.questionnaire.questions)

    def part(self, code: str) -> Part | None:
        return next((part for part in self.parts if part.dimension.code == code), None)

    def neighbours(self, part: Part) -> tuple[Part | None, Part | None]:
        """Return the parts before and after, None at the ends."""
        place = self.parts.index(part)
        return (
            self.parts[place - 1] if place else None,
            self.parts[place + 1] if place + 1 < len(self.parts) else None,
        )


def current_version() -> Version | None:
    """Return the newest published version; one query."""
    return Version.objects.current().select_related("questionnaire").first()


def preview(version: Version, *, profile: Profile | None = None, express: bool = False) -> Preview:
    """Return what the profile may be asked, all of it for none; no query once the version is compiled."""
    questionnaire = compiled(version)
    reader = _Reader(questionnaire, profile, express)
    return Preview(questionnaire, profile, express, [reader.part(part) for part in questionnaire.dimensions])


class _Reader:
    def __init__(self, questionnaire: Questionnaire, profile: Profile | None, express: bool) -> None:
        self.questionnaire, self.profile, self.express = questionnaire, profile, express
        self.numbers = {question.code: number for number, question in enumerate(questionnaire.questions, start=1)}
        question_states = states(questionnaire, profile, {}) if profile else {}
        self.hidden = {code for code, state in question_states.items() if state is State.HIDDEN}

    def part(self, dimension: Dimension) -> Part:
        sections = [
            Section(capability, [self.item(question) for question in capability.questions if self.shows(question)])
            for capability in dimension.capabilities
        ]
        return Part(dimension, [section for section in sections if section.items])

    def shows(self, question: Question) -> bool:
        return question.code not in self.hidden and (question.express or not self.express)

    def item(self, question: Question) -> Item:
        return Item(self.numbers[question.code], question, self.asked_if(question))

    def asked_if(self, question: Question) -> str:
        left: Condition | bool | None = question.applies_when
        if question.applies_when is not None and self.profile is not None:
            left = remaining(question.applies_when, self.profile, self.hidden)
        return "" if left is None or isinstance(left, bool) else in_words(left, self.questionnaire)

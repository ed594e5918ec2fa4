"""The home page's figures of the questionnaire, read from the version in force."""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from assessment.maturity.definition import Dimension, Level, Questionnaire
from assessment.maturity.figures import published
from assessment.models import Version
from assessment.models.compiled import compiled
from assessment.reports.results.radar import Axis, Radar, radar
from assessment.rules.words import in_language

# An imagined company, marked as such on the page: good at its trade and at trust, behind on skills and footprint.
EXAMPLE = ["62.5", "45.8", "54.2", "58.3", "66.7", "50.0", "70.8", "33.3"]


@dataclass(frozen=True, slots=True)
class Offer:
    questionnaire: Questionnaire

    @property
    def made_from(self) -> tuple[Questionnaire]:
        # What every figure here is worked out from, and from nothing else.
        return (self.questionnaire,)

    @property
    def question_count(self) -> int:
        return len(self.questionnaire.questions)

    @property
    def express_count(self) -> int:
        return sum(question.express for question in self.questionnaire.questions)

    @property
    def example(self) -> list[tuple[Dimension, str]]:
        return list(zip(self.questionnaire.dimensions, EXAMPLE, strict=False))

    @property
    def example_score(self) -> str:
        # The mean of the figures shown, as anybody could work it out from them.
        scores = [Fraction(score) for _, score in self.example]
        return cast(str, published(sum(scores, Fraction(0)) / len(scores) / 100))

    @property
    def example_level(self) -> Level:
        score = Fraction(self.example_score)
        return max(
            (level for level in self.questionnaire.levels if level.start <= score), key=lambda level: level.start
        )

    @property
    def example_radar(self) -> Radar | None:
        return radar(
            [Axis(part.code, in_language(part.title), float(score), None, None) for part, score in self.example]
        )


def offer() -> Offer | None:
    """Return what is on offer, None before a version is published; one query once the version is compiled."""
    version = Version.objects.current().select_related("questionnaire").first()
    return None if version is None else Offer(compiled(version))

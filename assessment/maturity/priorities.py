"""Priorities beyond points: the next steps of the dimensions that are furthest from where a company aims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.maturity.conditions import Profile, evaluate
from assessment.maturity.definition import Questionnaire


@dataclass(frozen=True, slots=True)
class Priority:
    """Both in tenths of a published point: how far the dimension is below its target, what the next step adds."""

    question: str
    gap: int
    gain: int

    @property
    def weight(self) -> int:
        return self.gap * self.gain


def proposed_targets(questionnaire: Questionnaire, profile: Profile) -> Mapping[str, int]:
    """Return scores, 0 to 100, by dimension: the first target whose condition holds; nothing where none does."""
    suiting = (target for target in questionnaire.targets if evaluate(target.when, profile, {}))
    return next((target.dimensions for target in suiting), {})


def priorities(steps: Iterable[tuple[str, int, int]]) -> list[Priority]:
    """Order questions by gap × gain, then gain, then as they come; a step that gains nothing is none.

    ``steps``: question, score missing in its dimension (below 0: above the target) and gain, both in tenths.
    """
    gaining = [Priority(question, max(0, gap), gain) for question, gap, gain in steps if gain > 0]
    return sorted(gaining, key=lambda step: (-step.weight, -step.gain))

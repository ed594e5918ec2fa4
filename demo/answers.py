"""Answers of a fictional company: better where it is more mature, a little better each year, with gaps.

A company's leaning on a question is drawn from both alone. Coming back later it answers alike, only further on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from random import Random
from typing import Any, cast

from assessment.maturity.definition import Question, Questionnaire
from assessment.maturity.figures import decimal_text
from assessment.maturity.states import State, codes_chosen, state_of
from assessment.models import Answer, Company
from assessment.rules.answers import engine_answer, profile_of
from demo.fiction import Fiction, Visit, catalogue

PROGRESS_IN_A_YEAR = 0.08


@dataclass(frozen=True, slots=True)
class Drawn:
    """One answer, before it has a row."""

    question: str
    state: str
    value: Mapping
    comment: str
    evidence: str


def answers(*, fiction: Fiction, visit: Visit, company: Company, questionnaire: Questionnaire) -> list[Drawn]:
    # Answer the questions that concern the company, in order, as far as the visit went.
    profile = profile_of(company)
    chosen: dict[str, Any] = {}
    given: list[Drawn] = []
    for dimension in questionnaire.dimensions:
        level = fiction.maturity + fiction.tilt.get(dimension.code, 0) - PROGRESS_IN_A_YEAR * visit.days_ago / 365
        for question in dimension.questions:
            drawn = draw(fiction, visit, question, level)
            answer = engine_answer(drawn.value)
            state = state_of(question, profile, answer, chosen)
            chosen[question.code] = codes_chosen(state, answer)
            if state is not State.HIDDEN:
                given.append(drawn)
    return given[: round(len(given) * visit.progress)]


def draw(fiction: Fiction, visit: Visit, question: Question, level: float) -> Drawn:
    chance = Random(f"{fiction.id}/{question.code}")  # noqa: S311 - a fiction, not a secret
    standing = min(1, max(0, level + chance.gauss(0, 0.15)))
    state = drawn_state(question, standing, chance, first_time=visit.number == 0)
    if state == Answer.State.NOT_APPLICABLE:
        value = {"not_applicable": chance.choice(catalogue()["reasons"])}
    elif state == Answer.State.UNKNOWN:
        value = {"unknown": True}
    else:
        value = VALUES[question.kind](question, standing, chance)
    comments = catalogue()["comments"].get(state, [])
    return Drawn(
        question=question.code,
        state=state,
        value=value,
        comment=chance.choice(comments) if comments and chance.random() < 0.12 else "",
        evidence=chance.choice(catalogue()["evidence"]) if chance.random() < 0.2 * standing else "",
    )


def drawn_state(question: Question, standing: float, chance: Random, *, first_time: bool) -> str:
    # People know less of what they do less well, and have found out some of it when they come back.
    not_applicable, unknown = chance.random(), chance.random()
    if question.allow_not_applicable and not_applicable < 0.05:
        return Answer.State.NOT_APPLICABLE
    if question.allow_unknown and unknown < (0.01 + 0.08 * (1 - standing) ** 2) * (1 if first_time else 0.5):
        return Answer.State.UNKNOWN
    return Answer.State.ANSWERED


def choice(question: Question, standing: float, chance: Random) -> dict[str, Any]:
    return {"choices": [nearest(question.choices, cast(int, question.max_points), standing).code]}


def multiple(question: Question, standing: float, chance: Random) -> dict[str, Any]:
    # Tick what comes first to this company until it has done as much as it is able to.
    done = [item for item in question.choices if not item.exclusive]
    chance.shuffle(done)
    budget, ticked = round(standing * sum(item.points for item in done)), []
    for item in done:
        if item.points <= budget:
            ticked.append(item.code)
            budget -= item.points
    if not ticked:
        ticked = [item.code for item in question.choices if item.exclusive][:1]
    return {"choices": [item.code for item in question.choices if item.code in ticked]}


def number(question: Question, standing: float, chance: Random) -> dict[str, Any]:
    # A number inside the band that fits, whole where the range is wide.
    lowest, highest = cast(Fraction, question.minimum), cast(Fraction, question.maximum)
    band = nearest(question.bands, cast(int, question.max_points), standing)
    later = [other.start for other in question.bands if other.start > band.start]
    end = min(later, default=highest)
    step = Fraction(1) if highest - lowest >= 10 else Fraction(1, 10)
    value = band.start + Fraction(chance.randrange(100), 100) * (end - band.start)
    return {"number": decimal_text(max(band.start, floor(value / step) * step))}


def text(question: Question, standing: float, chance: Random) -> dict[str, Any]:
    return {"text": chance.choice(catalogue()["comments"]["answered"])}


def nearest(steps: Sequence[Any], most: float, standing: float) -> Any:
    if not most:  # shown, not scored
        return steps[0]
    return min(steps, key=lambda step: abs(step.points / most - standing))


VALUES = {"choice": choice, "multiple": multiple, "number": number, "text": text}

"""How far the express indication is from the full score, for each typical company.

    python -m tests.load.express [VERSION] [SETS]     # SETS answer sets a company, 10,000 where left out
    python -m tests.load.express 2026.2 100 --choose --keep TRU.CYB.1  # the express questions that make it small

Answer sets are drawn as companies answer: a company has its level, by size; it leans to some dimensions, capabilities
and questions; each answer is the step nearest to that; some questions do not apply. Scores are computed here in
floats, and the first sets of each company again by the engine, which must agree; so must its intervals.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from random import Random
from statistics import fmean

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile, depends_on
from assessment.maturity.definition import Question, Questionnaire
from assessment.maturity.express import express_only
from assessment.maturity.scoring import score
from assessment.maturity.states import State, states
from tests.content.material import FULL, best, questionnaire, typical_companies

LEVELS = {"micro": 0.30, "small": 0.38, "medium": 0.47, "midcap": 0.57, "large": 0.66}
SPREAD = {"company": 0.16, "dimension": 0.10, "capability": 0.07, "question": 0.15}
NOT_APPLICABLE = 0.05
CHECKED = 3  # sets of each company that the engine scores too
SLACK = 1e-9

Steps = list[tuple[Answer, float]]
Values = dict[str, float | None]  # by question, 0 to 1; None where it is left out
Tree = list[list[list[tuple[str, int]]]]  # dimension, capability, question with its weight


def steps(question: Question) -> Steps:
    """Each answer that can be drawn, from the worst to the best, with what it scores."""
    if question.kind == "number":
        return [(Answer(number=band.start), band.points / question.max_points) for band in question.bands]
    if question.kind == "choice":
        return [(Answer(choices=(c.code,)), c.points / question.max_points) for c in question.choices]
    *practices, none = question.choices
    filled: Steps = [(Answer(choices=(none.code,)), 0.0)]
    for budget in range(1, sum(practice.points for practice in practices) + 1):
        ticked, left = [], budget
        for practice in practices[::-1]:
            if practice.points <= left:
                ticked.append(practice.code)
                left -= practice.points
        chosen = tuple(practice.code for practice in practices if practice.code in ticked)
        filled.append((Answer(choices=chosen), min(question.cap, budget - left) / question.cap))
    return filled


@dataclass(slots=True)
class Company:
    """A typical company in front of one questionnaire: the scored questions that it sees, and their tree."""

    questionnaire: Questionnaire
    profile: Profile
    asked: list[tuple[str, str, Question, Steps]]
    tree: Tree

    def chance(self, seed: str) -> Random:
        return Random(f"{seed}/{self.profile.sub_sector}/{self.profile.size}")

    def sets(self, seed: str, number: int) -> list[Values]:
        chance = self.chance(seed)
        return [self.draw(chance)[1] for _ in range(number)]

    def draw(self, chance: Random) -> tuple[dict[str, Answer], Values]:
        level = chance.gauss(LEVELS[self.profile.size], SPREAD["company"])
        leaning: dict[str, float] = {}
        answers: dict[str, Answer] = {}
        values: Values = {}
        for dimension, capability, question, possible in self.asked:
            for code, spread in ((dimension, "dimension"), (capability, "capability")):
                if code not in leaning:
                    leaning[code] = chance.gauss(0, SPREAD[spread])
            standing = level + leaning[dimension] + leaning[capability] + chance.gauss(0, SPREAD["question"])
            if question.allow_not_applicable and chance.random() < NOT_APPLICABLE:
                answers[question.code], values[question.code] = Answer(not_applicable="–"), None
                continue
            place = round(min(1, max(0, standing)) * (len(possible) - 1))
            answers[question.code], values[question.code] = possible[place]
        self._hide(answers, values)
        return answers, values

    def _hide(self, answers: dict[str, Answer], values: Values) -> None:
        for question in self.questionnaire.questions:
            awaited = depends_on(question.applies_when) if question.applies_when else set()
            if question.code in values and any(not values[code] for code in awaited):
                values[question.code] = None
                del answers[question.code]


def company(version: Questionnaire, profile: Profile) -> Company:
    found = states(version, profile, {question.code: best(question) for question in version.questions})
    seen = {code for code, state in found.items() if state is not State.HIDDEN and version.question(code).weight}
    asked = [
        (dimension.code, capability.code, question, steps(question))
        for dimension in version.dimensions
        for capability in dimension.capabilities
        for question in capability.questions
        if question.code in seen
    ]
    tree = [
        [[(q.code, q.weight) for q in capability.questions if q.code in seen] for capability in dimension.capabilities]
        for dimension in version.dimensions
    ]
    return Company(version, profile, asked, tree)


def overall(tree: Tree, value_of: Callable[[str], float | None]) -> float:
    """The mean of means that the engine computes where dimensions and capabilities weigh the same; None is left out."""
    return _mean(_mean(_weighted(questions, value_of) for questions in dimension) for dimension in tree)  # type: ignore[return-value]


def _weighted(questions: list[tuple[str, int]], value_of: Callable[[str], float | None]) -> float | None:
    points = weights = 0.0
    for code, weight in questions:
        value = value_of(code)
        if value is not None:
            points, weights = points + weight * value, weights + weight
    return points / weights if weights else None


def _mean(values: Iterable[float | None]) -> float | None:
    kept = [value for value in values if value is not None]
    return sum(kept) / len(kept) if kept else None


def four(tree: Tree, values: Values, express: set[str]) -> tuple[float, float, float, float]:
    """The full score, the express indication, and the least and the most that the express answers leave open."""
    whole: list[list[float]] = [[], [], [], []]
    for dimension in tree:
        parts: list[list[float]] = [[], [], [], []]
        for questions in dimension:
            for place, score_of_part in enumerate(_four(questions, values, express)):
                if score_of_part is not None:
                    parts[place].append(score_of_part)
        for place, scores in enumerate(parts):
            if scores:
                whole[place].append(sum(scores) / len(scores))
    full, short, low, high = (sum(scores) / len(scores) for scores in whole)
    return full, short, low, high


def _four(questions: list[tuple[str, int]], values: Values, express: set[str]) -> tuple[float | None, ...]:
    points = weights = asked_points = asked = open_weight = 0.0
    for code, weight in questions:
        value = values[code]
        if value is not None:
            points, weights = points + weight * value, weights + weight
        if code not in express:
            open_weight += weight
        elif value is not None:
            asked_points, asked = asked_points + weight * value, asked + weight
    known = asked + open_weight
    return (
        points / weights if weights else None,
        asked_points / asked if asked else None,
        asked_points / known if known else None,
        (asked_points + open_weight) / known if known else None,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    error: float  # mean absolute difference, in points of 100
    worst: float
    held: int  # answer sets whose full score lies in the interval of the express answers
    sets: int
    dimensions: int  # with at least one express question


def measure(one: Company, express: set[str], sets: int, seed: str) -> Measured:
    chance, errors, held = one.chance(seed), [], 0
    for place in range(sets):
        answers, values = one.draw(chance)
        full, short, low, high = four(one.tree, values, express)
        held += low - SLACK <= full <= high + SLACK
        errors.append(100 * abs(full - short))
        if place < CHECKED:
            check(one, answers, express, full, short)
    return Measured(fmean(errors), max(errors), held, sets, sum(covers(express, dimension) for dimension in one.tree))


def check(one: Company, answers: dict[str, Answer], express: set[str], full: float, short: float) -> None:
    """AssertionError where the engine says otherwise, or where its interval does not hold its own score."""
    whole = score(one.questionnaire, one.profile, answers).overall.score
    asked = {code: answer for code, answer in answers.items() if code in express}
    indication = score(express_only(one.questionnaire), one.profile, answers).overall.score
    known = score(one.questionnaire, one.profile, asked).overall
    assert abs(whole - full) < SLACK, (float(whole), full)
    if express == {question.code for question in one.questionnaire.questions if question.express}:
        assert abs(indication - short) < SLACK, (float(indication), short)
    assert known.low <= whole <= known.high


def choose(companies: list[Company], version: Questionnaire, sets: int, kept: set[str]) -> set[str]:
    """Two questions a dimension, exchanged one dimension at a time as long as the mean error falls.

    No question that asks for a figure: it has to be looked up, which the short path can't wait for.
    """
    drawn = [(one, one.sets("choose", sets)) for one in companies]
    express = {question.code for question in version.questions if question.express}
    least = 1.0
    while True:
        before = least
        for dimension in version.dimensions:
            own = {question.code for question in dimension.questions}
            ready = [question.code for question in dimension.questions if question.weight and question.kind != "number"]
            for pair in combinations(ready, 2):
                other = (express - own) | set(pair)
                if kept & own <= set(pair) and stands_alone(version, pair) and everywhere(companies, other):
                    error = error_of(drawn, other)
                    if error < least:
                        express, least = other, error
        if least == before:
            return express


def stands_alone(version: Questionnaire, codes: tuple[str, ...]) -> bool:
    conditions = [version.question(code).applies_when for code in codes]
    return all(depends_on(condition) <= set(codes) for condition in conditions if condition)


def everywhere(companies: list[Company], express: set[str]) -> bool:
    return all(covers(express, dimension) for one in companies for dimension in one.tree)


def covers(express: set[str], dimension: list[list[tuple[str, int]]]) -> bool:
    return any(code in express for questions in dimension for code, _weight in questions)


def error_of(drawn: list[tuple[Company, list[Values]]], express: set[str]) -> float:
    return fmean(
        abs(overall(one.tree, values.get) - overall(one.tree, lambda c, v=values: v[c] if c in express else None))
        for one, sets in drawn
        for values in sets
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", nargs="?", default=FULL)
    parser.add_argument("sets", nargs="?", type=int, default=10_000)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--keep", nargs="*", default=[])
    options = parser.parse_args()
    version = questionnaire(options.version)
    companies = [company(version, typical.profile) for typical in typical_companies()]
    express = {question.code for question in version.questions if question.express}
    if options.choose:
        express = choose(companies, version, options.sets, set(options.keep))
        print("Chosen:", *sorted(express))
    print_table(companies, express, options.sets)


def print_table(companies: list[Company], express: set[str], sets: int) -> None:
    print(f"{'company':<18}{'asked':>6}{'express':>8}{'dimensions':>11}{'mean':>7}{'worst':>7}{'held':>9}")
    errors = []
    for one in companies:
        figures = measure(one, express, sets, "measured")
        errors.append(figures.error)
        seen = [question.code for _dimension, _capability, question, _steps in one.asked]
        name = f"{one.profile.sub_sector} {one.profile.size}"
        print(
            f"{name:<18}{len(seen):>6}{len(express & set(seen)):>8}{figures.dimensions:>11}"
            f"{figures.error:>7.2f}{figures.worst:>7.1f}{figures.held / figures.sets:>9.2%}",
            flush=True,
        )
    print(f"\nMean of the means: {fmean(errors):.2f} points; the largest mean: {max(errors):.2f}.")


if __name__ == "__main__":
    main()

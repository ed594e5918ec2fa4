"""The overall score after one answer changes, all else unchanged: exact, at the price of what the change touches."""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from heapq import heappop, heappush

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile, depends_on
from assessment.maturity.definition import Aggregation, Capability, Dimension, Question, Questionnaire
from assessment.maturity.states import Answers, codes_chosen, state_of
from assessment.maturity.tree import ZERO, Interval, Tree, question_interval

Scores = Mapping[str, Fraction | None]
Child = Question | Capability | Dimension


class WhatIf:
    """Keeps every node's sum, so that a change costs its own path and the questions whose conditions read it."""

    def __init__(self, questionnaire: Questionnaire, profile: Profile, answers: Answers, tree: Tree) -> None:
        self.questionnaire, self.profile, self.answers = questionnaire, profile, answers
        self.chosen = {code: codes_chosen(state, answers.get(code)) for code, state in tree.states.items()}
        self.place = {question.code: place for place, question in enumerate(questionnaire.questions)}
        self.readers = _readers(questionnaire)
        self.floors = _floors(questionnaire, tree)

    def overall(self, question: Question, answer: Answer) -> Fraction | None:
        """Return the overall score with this answer to the question; None where it leaves a question unanswered."""
        touched = self._touched(question, answer)
        if any(interval.is_open for interval in touched.values()):
            return None
        scores: Scores = {code: interval.score for code, interval in touched.items()}
        for floor in self.floors:
            scores = floor.after(scores)
        return scores[""]

    def _touched(self, changed: Question, answer: Answer) -> dict[str, Interval]:
        # Follow the conditions, in the order of the questions, to all that the answer opens or closes.
        touched: dict[str, Interval] = {}
        chosen: ChainMap[str, Collection[str] | None] = ChainMap({}, self.chosen)
        queue = [self.place[changed.code]]
        while queue:
            question = self.questionnaire.questions[heappop(queue)]
            if question.code in touched:
                continue
            given = answer if question is changed else self.answers.get(question.code)
            state = state_of(question, self.profile, given, chosen)
            touched[question.code] = question_interval(question, state, given, self.questionnaire.unknown_policy)
            chosen[question.code] = codes_chosen(state, given)
            if chosen[question.code] != self.chosen[question.code]:
                for reader in self.readers[question.code]:
                    heappush(queue, reader)
        return touched


def _readers(questionnaire: Questionnaire) -> dict[str, list[int]]:
    # Return, for each question, the places of those whose conditions read it.
    readers: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(questionnaire.questions):
        for code in depends_on(question.applies_when):
            readers[code].append(place)
    return readers


def _floors(questionnaire: Questionnaire, tree: Tree) -> list["_Floor"]:
    capabilities = [child for dimension in questionnaire.dimensions for child in dimension.capabilities]
    return [
        _Floor(((node.code, node.aggregation, node.questions) for node in capabilities), tree.questions),
        _Floor(
            ((node.code, node.aggregation, node.capabilities) for node in questionnaire.dimensions), tree.capabilities
        ),
        _Floor([("", questionnaire.aggregation, questionnaire.dimensions)], tree.dimensions),
    ]


class _Floor:
    """All nodes of one depth."""

    def __init__(
        self, nodes: Iterable[tuple[str, Aggregation, Sequence[Child]]], below: Mapping[str, Interval]
    ) -> None:
        self.sums: dict[str, _Sum] = {}
        self.parent: dict[str, str] = {}
        for code, how, children in nodes:
            self.sums[code] = _Sum(how, {child.code: (child.weight, below[child.code].score) for child in children})
            self.parent |= {child.code: code for child in children}

    def after(self, changes: Scores) -> Scores:
        """Turn new scores of children into the new scores of their parents."""
        grouped: dict[str, dict[str, Fraction | None]] = defaultdict(dict)
        for code, score in changes.items():
            grouped[self.parent[code]][code] = score
        return {code: self.sums[code].after(scores) for code, scores in grouped.items()}


class _Sum:
    """One node's children, ready to tell its score after a few of them change."""

    def __init__(self, how: Aggregation, children: Mapping[str, tuple[int, Fraction | None]]) -> None:
        self.how = how
        self.weights = {code: weight for code, (weight, _) in children.items()}
        self.scores = {code: score for code, (_, score) in children.items() if score is not None}
        self.weight = sum(self.weights[code] for code in self.scores)
        self.total = sum((self.weights[code] * score for code, score in self.scores.items()), ZERO)
        self.ascending = sorted(self.scores, key=self.scores.__getitem__)

    def after(self, changes: Scores) -> Fraction | None:
        return self._weakest_after(changes) if self.how == "minimum" else self._mean_after(changes)

    def _weakest_after(self, changes: Scores) -> Fraction | None:
        unchanged = next((self.scores[code] for code in self.ascending if code not in changes), None)
        return min((score for score in (unchanged, *changes.values()) if score is not None), default=None)

    def _mean_after(self, changes: Scores) -> Fraction | None:
        weight, total = self.weight, self.total
        for code, score in changes.items():
            if code in self.scores:
                weight, total = weight - self.weights[code], total - self.weights[code] * self.scores[code]
            if score is not None:
                weight, total = weight + self.weights[code], total + self.weights[code] * score
        return total / weight if weight else None

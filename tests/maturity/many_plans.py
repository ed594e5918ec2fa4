"""The engine's figures of very many answer sets of one company: each node is worked out once for what is under it.

Each figure comes from the engine's own functions for a question, a condition and a node; whoever uses this compares
some of them with the engine's tree.
"""

from assessment.maturity.conditions import depends_on, evaluate
from assessment.maturity.levels import standing
from assessment.maturity.states import State, codes_chosen, state_when_asked
from assessment.maturity.states import states as states_of
from assessment.maturity.tree import aggregate, question_interval

HIDDEN, UNDETERMINED = -1, -2  # beside a question's rank: its place among its ways


class ManyPlans:
    def __init__(self, questionnaire, profile, answers, ways):
        self.questionnaire, self.profile = questionnaire, profile
        place = {question.code: at for at, question in enumerate(questionnaire.questions)}
        now = states_of(questionnaire, profile, answers)
        self.questions = [
            _Kept(question, now[question.code], self._given(question.code, answers, ways), place, questionnaire)
            for question in questionnaire.questions
        ]
        self.nodes = []  # of each dimension: itself, its capabilities with the places of their questions
        at = 0
        for dimension in questionnaire.dimensions:
            capabilities = []
            for capability in dimension.capabilities:
                capabilities.append((capability, at, at + len(capability.questions), {}))
                at += len(capability.questions)
            self.nodes.append((dimension, capabilities, {}))
        self.reached = {}

    @staticmethod
    def _given(code, answers, ways):
        return [answer for answer, _ in ways[code]] if code in ways else [answers.get(code)]

    def value(self, ranks):
        """Return score and level; None where a question is left without an answer. ``ranks``: pairs of place and rank."""
        states = [0] * len(self.questions)
        for place, rank in ranks:
            states[place] = rank
        for place, kept in enumerate(self.questions):
            if kept.question.applies_when is not None:
                shown = kept.shown(states, self)
                if shown is not True:
                    states[place] = HIDDEN if shown is False else UNDETERMINED
            if kept.is_opened[states[place]]:
                return None
        return self._overall(tuple(self._dimension(*node, states) for node in self.nodes))

    def _overall(self, scores):
        if scores not in self.reached:
            weights = [dimension.weight for dimension in self.questionnaire.dimensions]
            score = aggregate(self.questionnaire.aggregation, zip(weights, scores, strict=True))
            by_code = dict(zip((dimension.code for dimension in self.questionnaire.dimensions), scores, strict=True))
            self.reached[scores] = score, standing(self.questionnaire.levels, score, by_code).level
        return self.reached[scores]

    def _dimension(self, dimension, capabilities, known, states):
        scores = tuple(self._capability(*node, states) for node in capabilities)
        if scores not in known:
            weights = [capability.weight for capability, *_ in capabilities]
            known[scores] = aggregate(dimension.aggregation, zip(weights, scores, strict=True))
        return known[scores]

    def _capability(self, capability, start, end, known, states):
        key = tuple(states[start:end])
        if key not in known:
            scores = [self.questions[place].scores[states[place]] for place in range(start, end)]
            weights = [question.weight for question in capability.questions]
            known[key] = aggregate(capability.aggregation, zip(weights, scores, strict=True))
        return known[key]


class _Kept:
    """One question: the state, score and codes of each way it can go."""

    def __init__(self, question, now, answers, place, questionnaire):
        self.question = question
        states = [state_when_asked(question, answer) for answer in answers]
        ranks = range(len(answers))
        self.scores = {rank: _score(question, states[rank], answers[rank], questionnaire) for rank in ranks}
        self.scores |= {HIDDEN: None, UNDETERMINED: None}
        self.chosen = {rank: codes_chosen(states[rank], answers[rank]) for rank in ranks}
        self.chosen |= {HIDDEN: (), UNDETERMINED: None}
        opened = {rank: states[rank] is State.UNANSWERED for rank in ranks} | {HIDDEN: False, UNDETERMINED: True}
        self.is_opened = {rank: opens and now is not State.UNANSWERED for rank, opens in opened.items()}
        self.reads = [(code, place[code]) for code in sorted(depends_on(question.applies_when))]
        self.known = {}

    def shown(self, states, plans):
        key = tuple([states[place] for _, place in self.reads])
        if key not in self.known:
            chosen = {code: plans.questions[place].chosen[states[place]] for code, place in self.reads}
            self.known[key] = evaluate(self.question.applies_when, plans.profile, chosen)
        return self.known[key]


def _score(question, state, answer, questionnaire):
    return question_interval(question, state, answer, questionnaire.unknown_policy).score

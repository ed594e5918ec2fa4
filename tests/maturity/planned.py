"""Plans by other roads, for tests alone: every plan tried, a greedy one, random ones. Nothing of the optimiser is used."""

from fractions import Fraction
from itertools import combinations, product
from math import prod

from hypothesis import strategies as st

from assessment.maturity.answers import Answer, points
from assessment.maturity.levels import standing
from assessment.maturity.states import State, is_complete, states
from assessment.maturity.tree import build_tree
from tests.maturity.scored import read_answers, read_profile
from tests.maturity.strategies import cases

MOST_PLANS = 3_000


def with_efforts(draw, document):
    """Format 2, with efforts wherever one may stand."""
    document["format"] = 2
    for dimension in document["dimensions"]:
        for capability in dimension["capabilities"]:
            for question in capability["questions"]:
                steps = question.get("choices", question.get("bands", ()))
                lowest = None if question["kind"] == "multiple" else min((step["points"] for step in steps), default=0)
                for step in steps:
                    if step["points"] != lowest and not step.get("exclusive") and draw(st.booleans()):
                        step["effort"] = draw(st.integers(1, 5))


@st.composite
def planned_cases(draw, max_size=3):
    """A document, a profile, and answers to all that is asked and to some that isn't."""
    document, profile, answers = draw(cases(complete=True, max_size=max_size))
    with_efforts(draw, document)
    return document, profile, answers, draw(st.sets(st.sampled_from(sorted(answers)), max_size=4))


def complete(questionnaire, profile, answers, forgotten):
    """Forget some answers that nobody is asked for; None where the rest can't be submitted."""
    found = states(questionnaire, profile, answers)
    kept = {code: answer for code, answer in answers.items() if code not in forgotten or found[code] != State.HIDDEN}
    return kept if is_complete(questionnaire, states(questionnaire, profile, kept)) else None


def ways(question, answer):
    """Every answer that is better, with what it takes; the present one first."""
    if answer.not_applicable is not None or question.kind == "text":
        return [(answer, 0)]
    now = 0 if answer.unknown else points(question, answer)
    found = _sets(question, answer) if question.kind == "multiple" else _steps(question, answer, now)
    return [(answer, 0), *((other, effort) for other, effort in found if points(question, other) > now)]


def _steps(question, answer, now):
    steps = question.choices or question.bands
    floor = min(step.points for step in steps) if answer.unknown else now
    for step in steps:
        effort = sum(other.effort for other in steps if floor < other.points <= step.points)
        if question.kind == "choice":
            yield Answer(choices=(step.code,)), effort
        else:
            yield Answer(number=max(step.start, question.minimum)), effort


def _sets(question, answer):
    alone = {choice.code for choice in question.choices if choice.exclusive}
    kept = [code for code in answer.choices or () if code not in alone]
    free = [choice for choice in question.choices if choice.code not in alone and choice.code not in kept]
    for size in range(1, len(free) + 1):
        for added in combinations(free, size):
            yield (
                Answer(choices=(*kept, *(choice.code for choice in added))),
                sum(choice.effort for choice in added),
            )


class Case:
    def __init__(self, questionnaire, profile, answers):
        self.questionnaire, self.profile, self.answers = questionnaire, profile, answers
        self.now = states(questionnaire, profile, answers)
        asked = [q for q in questionnaire.questions if self.now[q.code] in (State.ANSWERED, State.UNKNOWN)]
        self.ways = {q.code: ways(q, answers[q.code]) for q in asked}

    @property
    def plans(self):
        return prod(len(found) for found in self.ways.values())

    def value(self, changes):
        """The score and level of a changed answer set; None where a question is left without an answer."""
        tree = build_tree(self.questionnaire, self.profile, {**self.answers, **changes})
        if any(state == State.UNANSWERED and self.now[code] != State.UNANSWERED for code, state in tree.states.items()):
            return None
        dimensions = {code: dimension.score for code, dimension in tree.dimensions.items()}
        reached = standing(self.questionnaire.levels, tree.overall.score, dimensions)
        return tree.overall.score, reached.level

    def everything(self):
        """Every plan: effort, score, level, and how much each question changes."""
        for combination in product(*(enumerate(found) for found in self.ways.values())):
            changes = {code: answer for code, (_, (answer, _)) in zip(self.ways, combination, strict=True)}
            value = self.value(changes)
            if value is not None and value[0] is not None:
                yield sum(effort for _, (_, effort) in combination), *value, self.amounts(combination)

    def amounts(self, combination):
        found = []
        for code, (_, (answer, effort)) in zip(self.ways, combination, strict=True):
            question, before = self.questionnaire.question(code), self.answers[code]
            earned = 0 if answer.unknown or answer.not_applicable or answer.text else points(question, answer)
            was = 0 if before.unknown or before.not_applicable or before.text else points(question, before)
            found.append((effort, earned - was))
        return tuple(found)

    def random(self, choose):
        changes = {code: choose(found) for code, found in self.ways.items()}
        value = self.value({code: answer for code, (answer, _) in changes.items()})
        return sum(effort for _, effort in changes.values()), value

    def greedy(self, most):
        """The step with most points for its effort, again and again, while there is effort left."""
        changes, spent = {}, 0
        now = self.value(changes)[0]
        while now is not None:
            best = None
            for code, found in self.ways.items():
                for answer, effort in found[1:]:
                    extra = effort - changes.get(code, (None, 0))[1]
                    value = self.value({**{c: a for c, (a, _) in changes.items()}, code: answer})
                    if value is None or value[0] is None or value[0] <= now or extra < 0 or spent + extra > most:
                        continue
                    worth = (value[0] - now) / Fraction(max(extra, 1), 1 if extra else 1000)
                    if best is None or worth > best[0]:
                        best = worth, code, answer, effort, extra, value[0]
            if best is None:
                return now
            _, code, answer, effort, extra, now = best
            changes[code], spent = (answer, effort), spent + extra
        return None


def read(document, profile, answers, forgotten, load_document):
    questionnaire = load_document(document)
    who, given = read_profile(profile), complete(questionnaire, read_profile(profile), read_answers(answers), forgotten)
    return None if given is None else Case(questionnaire, who, given)

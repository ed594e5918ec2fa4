"""Plans by other roads, for tests alone: every plan tried, a greedy one, random ones. Nothing of the optimiser is used."""

from fractions import Fraction
from itertools import combinations, product
from math import prod

from hypothesis import strategies as st

from assessment.maturity.answers import Answer, points
from assessment.maturity.levels import standing
from assessment.maturity.states import State, is_complete, states
from assessment.maturity.tree import build_tree
from tests.maturity.many_plans import ManyPlans
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
        self.places = [place for place, q in enumerate(questionnaire.questions) if q.code in self.ways]
        self.sizes = [len(found) for found in self.ways.values()]
        self.many = ManyPlans(questionnaire, profile, answers, self.ways)

    @property
    def plans(self):
        return prod(self.sizes)

    def value(self, changes):
        """The engine's score and level of a changed answer set; None where a question is left without an answer."""
        tree = build_tree(self.questionnaire, self.profile, {**self.answers, **changes})
        if any(state == State.UNANSWERED and self.now[code] != State.UNANSWERED for code, state in tree.states.items()):
            return None
        dimensions = {code: dimension.score for code, dimension in tree.dimensions.items()}
        reached = standing(self.questionnaire.levels, tree.overall.score, dimensions)
        return tree.overall.score, reached.level

    def changes(self, ranks):
        return {code: found[rank][0] for (code, found), rank in zip(self.ways.items(), ranks, strict=True)}

    def effort(self, ranks):
        return sum(found[rank][1] for found, rank in zip(self.ways.values(), ranks, strict=True))

    def quick_value(self, ranks):
        """As ``value``, of ranks by question asked; its figures are kept, so that many plans cost little."""
        return self.many.value(zip(self.places, ranks, strict=True))

    def everything(self):
        """Every plan: effort, score, level, and how much each question changes."""
        amounts = [self._amounts(code) for code in self.ways]
        for ranks in product(*map(range, self.sizes)):
            value = self.quick_value(ranks)
            if value is not None and value[0] is not None:
                changed = tuple(amount[rank] for amount, rank in zip(amounts, ranks, strict=True))
                yield sum(effort for effort, _ in changed), *value, changed

    def _amounts(self, code):
        return [(effort, self._more(code, answer)) for answer, effort in self.ways[code]]

    def _more(self, code, answer):
        question, before = self.questionnaire.question(code), self.answers[code]
        earned = 0 if answer.unknown or answer.not_applicable or answer.text else points(question, answer)
        was = 0 if before.unknown or before.not_applicable or before.text else points(question, before)
        return earned - was

    def amounts(self, given):
        """Effort and points more by question asked. ``given``: question → (answer, effort)."""
        steps = {code: given.get(code, (self.answers[code], 0)) for code in self.ways}
        return tuple((effort, self._more(code, answer)) for code, (answer, effort) in steps.items())

    def random_plans(self, random, times):
        """Ranks and value of plans that leave no question without an answer, of few steps and of many."""
        for _ in range(3 * times):
            stay = random()
            ranks = [0 if random() < stay else int(random() * size) for size in self.sizes]
            value = self.quick_value(ranks)
            if value is not None:
                times -= 1
                yield ranks, value
            if times == 0:
                return

    def greedy(self, most):
        """The step with most points for its effort, again and again, while there is effort left."""
        ranks, spent = [0] * len(self.sizes), 0
        now = self.quick_value(ranks)[0]
        while now is not None:
            steps = [step for step in self._next_steps(ranks, now) if spent + step[1] <= most]
            if not steps:
                return now
            _, extra, ranks, now = max(steps, key=lambda step: step[0])
            spent += extra
        return None

    def _next_steps(self, ranks, now):
        for place, found in enumerate(self.ways.values()):
            for rank in range(1, len(found)):
                extra = found[rank][1] - found[ranks[place]][1]
                after = [*ranks[:place], rank, *ranks[place + 1 :]]
                value = self.quick_value(after) if extra >= 0 else None
                if value is not None and value[0] is not None and value[0] > now:
                    yield (value[0] - now) / Fraction(max(extra, 1), 1 if extra else 1000), extra, after, value[0]


def read(document, profile, answers, forgotten, load_document):
    questionnaire = load_document(document)
    who, given = read_profile(profile), complete(questionnaire, read_profile(profile), read_answers(answers), forgotten)
    return None if given is None else Case(questionnaire, who, given)

"""Worlds that plans can make of a questionnaire: which questions are asked then, and what each can reach.

Conditions read answers, so that a step here opens or closes a question there. A *world* says which ways each answer
that conditions read may still go. Where it settles every condition, questions are independent and frontiers exact;
elsewhere a question may be asked and hidden at once, which is better than any plan: a bound.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import All, AnswerIn, Condition, Not, Profile, depends_on
from assessment.maturity.definition import Aggregation, Dimension, Question, Questionnaire
from assessment.maturity.frontiers import Gated, Leaf, Mean, Option, Part, Weakest, is_settled
from assessment.maturity.remaining import remaining
from assessment.maturity.shifting import ShiftingMean
from assessment.maturity.states import Answers, State, state_when_asked, states
from assessment.maturity.steps import Step, steps_up
from assessment.maturity.tree import build_tree, question_interval

Truth = bool | None  # None: it rests on an unanswered question
Truths = frozenset[Truth]
Way = tuple[Truth, ...]  # whether an answer is in each of the lists that conditions look for it in
World = Mapping[str, frozenset[Way]]  # question → the ways its answer may go
Gates = Mapping[str, Fraction]  # dimension → the score it must reach
Lists = Mapping[str, Sequence[frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Place:
    """A question as plans meet it."""

    question: Question
    rule: Condition | bool  # the rest of its condition for this profile
    state: State  # now
    stored: State  # of its stored answer as soon as it is asked
    steps: tuple[Step, ...]
    scores: tuple[Fraction | None, ...]  # of the stored answer, then of each step
    lists: Sequence[frozenset[str]]
    ways: tuple[Way, ...]  # of the stored answer, then of each step


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a world comes to. No ``whole``: it has no plan."""

    whole: Part | None
    dimensions: Mapping[str, Part]
    undecided: str | None  # the question whose way decides the first open condition; None: the world is settled


class Ground:
    """A questionnaire, a profile and a complete answer set, ready for plans; ``without``: questions to leave alone."""

    def __init__(
        self, questionnaire: Questionnaire, profile: Profile, answers: Answers, without: Collection[str] = ()
    ) -> None:
        self.questionnaire, self.profile, self.answers = questionnaire, profile, answers
        now = states(questionnaire, profile, answers)
        rules = {question.code: remaining(question.applies_when, profile, ()) for question in questionnaire.questions}
        lists = _lists(rules.values())
        self.places = {
            question.code: _place(
                question,
                rules[question.code],
                now[question.code],
                answers.get(question.code),
                lists.get(question.code, ()),
                question.code not in without,
                questionnaire,
            )
            for question in questionnaire.questions
        }
        self.leaves: dict[tuple[str, Truths, frozenset[Way]], Leaf] = {}

    @property
    def cost(self) -> int:
        """How many sums one outlook takes, about."""
        efforts = sum(max((step.effort for step in place.steps), default=0) for place in self.places.values())
        return 1 + sum(1 + len(place.steps) for place in self.places.values()) * (1 + efforts) // 2

    def chosen(self, ranks: Sequence[int]) -> dict[str, Step]:
        """Return the steps that a plan's ranks name, by question."""
        places = zip(self.places.items(), ranks, strict=True)
        return {code: place.steps[rank - 1] for (code, place), rank in places if rank}

    def after(self, ranks: Sequence[int]) -> Answers:
        return {**self.answers, **{code: step.answer for code, step in self.chosen(ranks).items()}}

    def dimension_scores(self, ranks: Sequence[int]) -> Mapping[str, Fraction | None]:
        tree = build_tree(self.questionnaire, self.profile, self.after(ranks))
        return {code: dimension.score for code, dimension in tree.dimensions.items()}

    def everything(self) -> World:
        """Return the world of every way to go but those that open a question without an answer, alone or together."""
        ways = {code: frozenset(_all_ways(place)) for code, place in self.places.items() if place.lists}
        for place in self.places.values():
            for read in sorted(_read(place.rule)):
                possible = (way for way in ways[read] if self._can(place, {**ways, read: frozenset([way])}))
                ways[read] = frozenset(possible)
        return {code: ways[code] & {*self.places[code].ways} | {self.places[code].ways[0]} for code in ways}

    def unchanged(self) -> World:
        return {code: frozenset(place.ways[:1]) for code, place in self.places.items() if place.lists}

    def _can(self, place: Place, ways: Mapping[str, Collection[Way]]) -> bool:
        truths = _truths(place.rule, ways, self.places)
        return any(True for _ in _options(place, truths, frozenset(place.ways)))

    def outlook(self, world: World, gates: Gates) -> Outlook:
        """Return what the world can reach where each dimension that counts passes its gate."""
        ways: dict[str, frozenset[Way]] = {}
        leaves: dict[str, Leaf] = {}
        undecided = None
        for code, place in self.places.items():
            truths = _truths(place.rule, ways, self.places)
            allowed = world.get(code, frozenset(place.ways[:1]))
            leaf = self._leaf(place, truths, allowed)
            if leaf is None:
                return Outlook(None, {}, None)
            leaves[code] = leaf
            if place.lists:
                ways[code] = _ways_gone(place, truths, allowed)
            if len(truths) > 1 and undecided is None:
                undecided = next(read for read in self.places if read in _read(place.rule) and len(ways[read]) > 1)
        return self._risen(leaves, gates, undecided)

    def _leaf(self, place: Place, truths: Truths, allowed: frozenset[Way]) -> Leaf | None:
        key = (place.question.code, truths, allowed)
        if key not in self.leaves:
            options = list(_options(place, truths, allowed))
            if not options:
                return None
            self.leaves[key] = Leaf(options)
        return self.leaves[key]

    def _risen(self, leaves: Mapping[str, Leaf], gates: Gates, undecided: str | None) -> Outlook:
        dimensions: dict[str, Part] = {}
        for dimension in self.questionnaire.dimensions:
            part = _dimension(dimension, leaves)
            dimensions[dimension.code] = Gated(part, gates[dimension.code]) if dimension.code in gates else part
        if any(not part.can_count and part.bare is None for code, part in dimensions.items() if code in gates):
            return Outlook(None, dimensions, undecided)
        weighted = [(dimension.weight, dimensions[dimension.code]) for dimension in self.questionnaire.dimensions]
        return Outlook(_joined(self.questionnaire.aggregation, weighted), dimensions, undecided)


def _lists(rules: Iterable[Condition | bool]) -> Lists:
    found: dict[str, dict[frozenset[str], None]] = defaultdict(dict)
    for rule in rules:
        for atom in _atoms(rule):
            found[atom.question][frozenset(atom.choices)] = None
    return {code: tuple(lists) for code, lists in found.items()}


def _atoms(rule: Condition | bool) -> Iterator[AnswerIn]:
    match rule:
        case AnswerIn():
            yield rule
        case Not(inner):
            yield from _atoms(inner)
        case bool():
            return
        case _:
            for part in rule.conditions:  # type: ignore[union-attr]  # what a profile says is settled by now
                yield from _atoms(part)


def _read(rule: Condition | bool) -> set[str]:
    return set() if isinstance(rule, bool) else depends_on(rule)


def _place(
    question: Question,
    rule: Condition | bool,
    state: State,
    answer: Answer | None,
    lists: Sequence[frozenset[str]],
    free: bool,
    questionnaire: Questionnaire,
) -> Place:
    stored = state_when_asked(question, answer)
    asked = answer is not None and state in (State.ANSWERED, State.UNKNOWN)
    steps = steps_up(question, answer, lists) if answer is not None and asked and free else ()
    now = question_interval(question, stored, answer, questionnaire.unknown_policy).score
    best = question.max_points or 1
    after = [Fraction(step.points, best) if question.scored else None for step in steps]
    first: Way = tuple(None if stored is State.UNANSWERED else _is_in(codes, stored, answer) for codes in lists)
    ways = [tuple(_is_in(codes, State.ANSWERED, step.answer) for codes in lists) for step in steps]
    return Place(question, rule, state, stored, steps, (now, *after), lists, (first, *ways))


def _is_in(codes: frozenset[str], state: State, answer: Answer | None) -> bool:
    return state is State.ANSWERED and answer is not None and not codes.isdisjoint(answer.choices or ())


def _hidden(place: Place) -> Way:
    return (False,) * len(place.lists)


def _undetermined(place: Place) -> Way:
    return (None,) * len(place.lists)


def _all_ways(place: Place) -> Iterator[Way]:
    yield from place.ways
    if place.rule is not True:
        yield _hidden(place)
    if place.state is State.UNANSWERED:
        yield _undetermined(place)


def _ways_gone(place: Place, truths: Truths, allowed: frozenset[Way]) -> frozenset[Way]:
    gone = set(allowed) if True in truths else set()
    if False in truths:
        gone.add(_hidden(place))
    if None in truths:
        gone.add(_undetermined(place))
    return frozenset(gone)


def _truths(rule: Condition | bool, ways: Mapping[str, Collection[Way]], places: Mapping[str, Place]) -> Truths:
    """Return what a condition can come to, in three-valued logic, where each answer goes any of its ways."""
    match rule:
        case bool():
            return frozenset([rule])
        case AnswerIn(code, choices):
            which = places[code].lists.index(frozenset(choices))
            return frozenset(way[which] for way in ways[code])
        case Not(inner):
            return frozenset(None if truth is None else not truth for truth in _truths(inner, ways, places))
        case All(conditions):
            return reduce(_pairs(False), (_truths(part, ways, places) for part in conditions))
        case _:
            parts: Iterable[Condition] = rule.conditions  # type: ignore[union-attr]  # a profile's part is settled
            return reduce(_pairs(True), (_truths(part, ways, places) for part in parts))


def _pairs(decisive: bool) -> Callable[[Truths, Truths], Truths]:
    """One ``decisive`` truth settles a pair; failing that, an open one leaves it open."""

    def joined(left: Truth, right: Truth) -> Truth:
        if decisive in (left, right):
            return decisive
        return None if None in (left, right) else not decisive

    return lambda lefts, rights: frozenset(joined(left, right) for left in lefts for right in rights)


def _options(place: Place, truths: Truths, allowed: frozenset[Way]) -> Iterator[Option]:
    """Nothing where every plan of the world opens the question without an answer."""
    if True in truths and place.stored is not State.UNANSWERED:
        efforts = [0, *(step.effort for step in place.steps)]
        for rank, (effort, score, way) in enumerate(zip(efforts, place.scores, place.ways, strict=True)):
            if way in allowed:
                yield Option(effort, score, rank)
    if False in truths or place.state is State.UNANSWERED:
        yield Option(0, None, 0)


def _dimension(dimension: Dimension, leaves: Mapping[str, Leaf]) -> Part:
    capabilities: list[tuple[int, Part]] = [
        (
            capability.weight,
            _joined(capability.aggregation, [(q.weight, leaves[q.code]) for q in capability.questions]),
        )
        for capability in dimension.capabilities
    ]
    return _joined(dimension.aggregation, capabilities)


def _joined(how: Aggregation, children: Sequence[tuple[int, Part]]) -> Part:
    if how == "minimum":
        return Weakest([part for _, part in children])
    settled = all(is_settled(part) for _, part in children)
    return Mean(children) if settled else ShiftingMean(children)

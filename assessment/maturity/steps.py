"""The better answers within reach of one answer, each with the work it takes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessment.maturity.answers import Answer, points
from assessment.maturity.definition import Band, Choice, Question

Watched = Sequence[frozenset[str]]  # lists of codes that conditions look for
Reached = dict[tuple[frozenset[int], int], tuple[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Step:
    """``effort``: of all steps on the way, from the present answer. ``points``: of the answer, at most the cap."""

    answer: Answer
    effort: int
    points: int


def steps_up(question: Question, answer: Answer, watched: Watched = ()) -> tuple[Step, ...]:
    """Return the answers worth more points than this one, the one that changes least first.

    Of a multiple question, one selection for each number of points and each way to meet the lists of codes
    ``watched``: the least effort, then the first options. Nothing leads up from an answer that is not applicable, nor
    to an exclusive choice, which no work adds.
    """
    if question.kind == "text" or answer.not_applicable is not None:
        return ()
    now = 0 if answer.unknown else points(question, answer)
    ways = _selections(question, answer, watched) if question.kind == "multiple" else _ladder(question, answer, now)
    return tuple(sorted((step for step in ways if step.points > now), key=lambda step: (step.effort, step.points)))


def _ladder(question: Question, answer: Answer, now: int) -> Iterator[Step]:
    steps: tuple[Choice, ...] | tuple[Band, ...] = question.choices or question.bands
    # From “I don’t know”, the lowest step costs nothing: someone who doesn't know may well be there.
    ground = min(step.points for step in steps) if answer.unknown else now
    for step in steps:
        effort = sum(other.effort for other in steps if ground < other.points <= step.points)
        yield Step(_reaching(question, step), effort, step.points)


def _reaching(question: Question, step: Choice | Band) -> Answer:
    if isinstance(step, Choice):
        return Answer(choices=(step.code,))
    assert question.minimum is not None  # the format gives it to every number question
    return Answer(number=max(step.start, question.minimum))


def _selections(question: Question, answer: Answer, watched: Watched) -> Iterator[Step]:
    kept = [code for code in answer.choices or () if not question.choice(code).exclusive]
    reached: Reached = {(_met(kept, watched), _capped(question, kept)): (0, ())}
    for place, option in enumerate(question.choices):
        if not option.exclusive and option.code not in kept:
            reached = _with_option(reached, place, question, watched)
    for (_, total), (effort, places) in reached.items():
        added = [question.choices[place].code for place in places]
        yield Step(Answer(choices=(*kept, *added)), effort, total)


def _with_option(reached: Reached, place: int, question: Question, watched: Watched) -> Reached:
    option, cap = question.choices[place], question.cap or 0
    met = _met([option.code], watched)
    after = dict(reached)
    for (meets, total), (effort, places) in reached.items():
        state = (meets | met, min(cap, total + option.points))
        longer = (effort + option.effort, (*places, place))
        after[state] = min(after.get(state, longer), longer)
    return after


def _met(codes: Iterable[str], watched: Watched) -> frozenset[int]:
    return frozenset(place for place, listed in enumerate(watched) if not listed.isdisjoint(codes))


def _capped(question: Question, codes: Iterable[str]) -> int:
    return min(question.cap or 0, sum(question.choice(code).points for code in codes))

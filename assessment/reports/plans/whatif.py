"""What a result would become with some steps: scored by the engine, nothing stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import QueryDict

from assessment.maturity.answers import Answer
from assessment.maturity.definition import Dimension, Level, Question
from assessment.maturity.figures import decimal_text, published, signed_tenths, tenths
from assessment.maturity.levels import Standing, standing
from assessment.maturity.plans import PlannedStep
from assessment.maturity.states import State
from assessment.maturity.steps import Step, steps_up
from assessment.maturity.tree import Tree
from assessment.maturity.whatif import WhatIf
from assessment.reports.plans.basis import Basis
from assessment.reports.plans.steps import words
from assessment.reports.results.radar import Axis, Radar, radar
from assessment.rules.words import in_language, points

Picked = Mapping[str, Sequence[str]]  # question → what is ticked: codes of choices, or the place of a band


@dataclass(frozen=True, slots=True)
class Offer:
    value: str
    text: str
    effort: int
    gain: str | None  # alone, beside nothing else; None where nobody knows
    ticked: bool


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    question: Question
    now: str
    offers: list[Offer]
    anchor: str

    @property
    def is_ticked(self) -> bool:
        return any(offer.ticked for offer in self.offers)


@dataclass(frozen=True, slots=True)
class DimensionChange:
    dimension: Dimension
    before: str | None
    after: str | None
    lines: list[WhatIfLine]

    @property
    def moved(self) -> bool:
        return self.before != self.after

    @property
    def ticked(self) -> int:
        return sum(line.is_ticked for line in self.lines)


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    basis: Basis
    dimensions: list[DimensionChange]
    before: str | None
    after: str | None
    low: str | None
    high: str | None
    level_before: Level | None
    level: Level | None
    held_back_by: list[Dimension]
    opened: list[Question]  # questions that the steps bring up without an answer
    effort: int
    ticked: int
    drawing: Radar | None
    drawing_before: Radar | None


def chosen_answers(basis: Basis, picked: Picked) -> dict[str, Answer]:
    """Return the changed answers; what is no step up is left out."""
    answers = {}
    for question in basis.questionnaire.questions:
        answer = _answer(question, basis.answers.get(question.code), picked.get(question.code, ()))
        if answer is not None:
            answers[question.code] = answer
    return answers


def chosen_steps(basis: Basis, data: QueryDict) -> list[PlannedStep]:
    """Return the steps that a form names, each with its effort and what it gains alone. ``data``: a QueryDict."""
    changes = chosen_answers(basis, {code: data.getlist(code) for code in basis.answers})
    now = basis.tree()
    engine = WhatIf(basis.questionnaire, basis.profile, basis.answers, now)
    return [
        PlannedStep(
            code,
            answer,
            _effort(basis, code, answer),
            _exact_gain(basis.questionnaire.question(code), answer, engine, now),
        )
        for code, answer in changes.items()
        if now.states[code] in (State.ANSWERED, State.UNKNOWN)
    ]


def _exact_gain(question: Question, answer: Answer, engine: WhatIf, now: Tree) -> Fraction | None:
    gain = _gain(question, answer, engine, now)
    return None if gain is None else Fraction(gain) / 100


def _answer(question: Question, now: Answer | None, values: Sequence[str]) -> Answer | None:
    if now is None or not values:
        return None
    if question.kind == "multiple":
        kept = tuple(code for code in now.choices or () if not question.choice(code).exclusive)
        free = [choice.code for choice in question.choices if not choice.exclusive and choice.code not in kept]
        added = tuple(code for code in free if code in values)
        return Answer(choices=(*kept, *added)) if added else None
    return {_value(question, step.answer): step.answer for step in steps_up(question, now)}.get(values[-1])


def _value(question: Question, answer: Answer) -> str:
    if answer.number is not None:
        return str(max(place for place, band in enumerate(question.bands) if band.start <= answer.number))
    return (answer.choices or ())[0]


def whatif_page(basis: Basis, picked: Picked, anchors: Mapping[str, str]) -> WhatIfPage:
    changes = chosen_answers(basis, picked)
    now, after = basis.tree(), basis.tree({**basis.answers, **changes})
    engine = WhatIf(basis.questionnaire, basis.profile, basis.answers, now)
    lines = {
        question.code: _line(question, basis, engine, now, changes.get(question.code), anchors[question.code])
        for question in basis.questionnaire.questions
        if now.states[question.code] in (State.ANSWERED, State.UNKNOWN)
    }
    was, reached = _standing(basis, now), _standing(basis, after)
    return WhatIfPage(
        basis=basis,
        dimensions=[_change(dimension, now, after, lines) for dimension in basis.questionnaire.dimensions],
        before=published(now.overall.score),
        after=published(after.overall.score),
        low=published(after.overall.low),
        high=published(after.overall.high),
        level_before=_level(basis, was.level),
        level=_level(basis, reached.level),
        held_back_by=[basis.questionnaire.dimension(code) for code in reached.held_back_by],
        opened=[question for question in basis.questionnaire.questions if _is_opened(question, now, after)],
        effort=sum(_effort(basis, code, answer) for code, answer in changes.items()),
        ticked=len(changes),
        drawing=_radar(basis, after),
        drawing_before=_radar(basis, now),
    )


def _line(
    question: Question, basis: Basis, engine: WhatIf, now: Tree, changed: Answer | None, anchor: str
) -> WhatIfLine:
    answer = basis.answers[question.code]
    return WhatIfLine(question, words(question, answer), list(_offers(question, answer, engine, now, changed)), anchor)


def _offers(question: Question, answer: Answer, engine: WhatIf, now: Tree, changed: Answer | None) -> Iterator[Offer]:
    if question.kind == "multiple":
        kept = tuple(code for code in answer.choices or () if not question.choice(code).exclusive)
        for choice in question.choices:
            if not choice.exclusive and choice.code not in kept:
                added = Answer(choices=(*kept, choice.code))
                ticked = changed is not None and choice.code in (changed.choices or ())
                text = in_language(choice.text)
                yield Offer(choice.code, text, choice.effort, _gain(question, added, engine, now), ticked)
        return
    for step in steps_up(question, answer):
        gain = _gain(question, step.answer, engine, now)
        yield Offer(
            _value(question, step.answer), _step_text(question, step), step.effort, gain, step.answer == changed
        )


def _step_text(question: Question, step: Step) -> str:
    if step.answer.number is None:
        return words(question, step.answer)
    return f"≥ {points(decimal_text(step.answer.number))} {in_language(question.unit)}".strip()


def _gain(question: Question, answer: Answer, engine: WhatIf, now: Tree) -> str | None:
    after = engine.overall(question, answer)
    if now.overall.score is None or after is None:
        return None
    return signed_tenths(tenths(after) - tenths(now.overall.score))


def _effort(basis: Basis, code: str, answer: Answer) -> int:
    question, now = basis.questionnaire.question(code), basis.answers[code]
    if question.kind == "multiple":
        return sum(question.choice(added).effort for added in answer.choices or () if added not in (now.choices or ()))
    return next(step.effort for step in steps_up(question, now) if step.answer == answer)


def _change(dimension: Dimension, now: Tree, after: Tree, lines: Mapping[str, WhatIfLine]) -> DimensionChange:
    return DimensionChange(
        dimension,
        published(now.dimensions[dimension.code].score),
        published(after.dimensions[dimension.code].score),
        [lines[question.code] for question in dimension.questions if question.code in lines],
    )


def _standing(basis: Basis, tree: Tree) -> Standing:
    scores = {code: dimension.score for code, dimension in tree.dimensions.items()}
    return standing(basis.questionnaire.levels, tree.overall.score, scores)


def _level(basis: Basis, number: int | None) -> Level | None:
    return None if number is None else basis.questionnaire.level(number)


def _is_opened(question: Question, now: Tree, after: Tree) -> bool:
    return after.states[question.code] is State.UNANSWERED is not now.states[question.code]


def _radar(basis: Basis, tree: Tree) -> Radar | None:
    def figure(score: Fraction | None) -> float | None:
        return None if score is None else float(str(published(score)))

    return radar(
        [
            Axis(
                dimension.code,
                in_language(dimension.title),
                figure(tree.dimensions[dimension.code].score),
                figure(tree.dimensions[dimension.code].low),
                figure(tree.dimensions[dimension.code].high),
            )
            for dimension in basis.questionnaire.dimensions
        ]
    )

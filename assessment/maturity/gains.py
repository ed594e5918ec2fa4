"""The next better step of an answer, and what it would bring: exact, by scoring again what it touches."""

from fractions import Fraction

from assessment.maturity.answers import Answer, points
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Band, Choice, Question, Questionnaire
from assessment.maturity.figures import tenths
from assessment.maturity.states import Answers
from assessment.maturity.tree import Tree, build_tree
from assessment.maturity.whatif import WhatIf


def next_better(question: Question, answer: Answer) -> Answer | None:
    """Return the valid answer after its next better step; None at the top, and where there are no points to win."""
    if question.kind == "text" or answer.not_applicable is not None:
        return None
    now = 0 if answer.unknown else points(question, answer)
    if question.kind == "multiple":
        return _one_more(question, answer.choices or (), now)
    step = _next_higher(question.choices or question.bands, now)
    if isinstance(step, Choice):
        return Answer(choices=(step.code,))
    if isinstance(step, Band):
        assert question.minimum is not None  # the format gives it to every number question
        return Answer(number=max(step.start, question.minimum))
    return None


def _next_higher(steps: tuple[Choice, ...] | tuple[Band, ...], now: int) -> Choice | Band | None:
    return min((step for step in steps if step.points > now), key=lambda step: step.points, default=None)


def _one_more(question: Question, codes: tuple[str, ...], now: int) -> Answer | None:
    # Choose the one more that adds most; an exclusive choice and the others push each other out.
    if now == question.max_points:
        return None
    best, best_total = None, sum(question.choice(code).points for code in codes)
    for choice in question.choices:
        kept = [code for code in codes if not (choice.exclusive or question.choice(code).exclusive)]
        total = choice.points + sum(question.choice(code).points for code in kept)
        if choice.code not in codes and total > best_total:
            best, best_total = Answer(choices=(*kept, choice.code)), total
    return best


def gains(
    questionnaire: Questionnaire, profile: Profile, answers: Answers, tree: Tree | None = None
) -> dict[str, Fraction]:
    """Return, for each counted question, how far its next better step moves the published overall score (0–1).

    A question whose step brings up an unanswered question has no gain: nobody knows the score after it.
    """
    tree = tree or build_tree(questionnaire, profile, answers)
    if tree.overall.score is None:
        return {}
    before = tenths(tree.overall.score)
    whatif = WhatIf(questionnaire, profile, answers, tree)
    best = {}
    for question in questionnaire.questions:
        if tree.questions[question.code].score is None:
            continue
        step = next_better(question, answers[question.code])
        after = tree.overall.score if step is None else whatif.overall(question, step)
        if after is not None:
            best[question.code] = Fraction(tenths(after) - before, 1000)
    return best

"""Words for the answers that a question takes, and for those enough for its most points, while it is answered."""

from fractions import Fraction
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.maturity.definition import Question
from assessment.maturity.figures import decimal_text
from assessment.maturity.tops import answers_enough, top_ranges
from assessment.rules.words import points


def asked_for(question: Question) -> list[str]:
    """Return whole sentences, none for a question that a reader need be told nothing of."""
    return [*limits(question), *what_is_enough(question)]


def limits(question: Question) -> list[str]:
    if question.kind != "number":
        return []
    bounds = {"low": figure(question.minimum), "high": figure(question.maximum)}
    return [_("A number from %(low)s to %(high)s.") % bounds]


def what_is_enough(question: Question) -> list[str]:
    if question.kind == "number":
        return top_figures(question)
    enough = answers_enough(question)
    if enough is None:
        return []
    fewest, surest = enough
    sentence = ngettext(
        "%(count)s answer is enough for the most points.", "%(count)s answers are enough for the most points.", fewest
    )
    if fewest < surest:
        sentence = ngettext(
            "%(count)s answer can be enough for the most points, depending on which.",
            "%(count)s answers can be enough for the most points, depending on which.",
            fewest,
        )
    return [sentence % {"count": fewest}]


def top_figures(question: Question) -> list[str]:
    ranges = top_ranges(question)
    if len(ranges) != 1 or ranges == [(question.bands[0].start, None)]:  # nothing short can be said, or nothing to say
        return []
    [(start, end)] = ranges
    if end is None:
        return [_("%(start)s or more gives the most points.") % {"start": figure(start)}]
    if start == question.bands[0].start:
        return [_("Less than %(end)s gives the most points.") % {"end": figure(end)}]
    shown = {"start": figure(start), "end": figure(end)}
    return [_("From %(start)s to under %(end)s gives the most points.") % shown]


def figure(number: Fraction | None) -> str:
    return points(decimal_text(cast(Fraction, number)))  # a question of numbers has both bounds

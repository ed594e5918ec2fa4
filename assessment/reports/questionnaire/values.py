"""A value of a questionnaire's part in writing, for who compares two versions."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessment.maturity.conditions import All, AnswerIn, AnyOf, Condition, Not, ProfileIn
from assessment.maturity.definition import Band
from assessment.maturity.figures import decimal_text


def written(value: Any, *, nothing: str, condition: Callable[[Condition], str], band: Callable[[str, int], str]) -> str:
    """``nothing``: what stands where there is no value; ``band`` is given where it starts, and its points."""
    match value:
        case None:
            return nothing
        case bool():
            return _("yes") if value else _("no")
        case Fraction():
            return decimal_text(value)
        case All() | AnyOf() | Not() | ProfileIn() | AnswerIn():
            return condition(value)
        case Band(start, points, effort):
            step = band(decimal_text(start), points)
            return step if effort == 1 else _("%(step)s (effort %(effort)s)") % {"step": step, "effort": effort}
        case tuple():
            return ", ".join(written(item, nothing=nothing, condition=condition, band=band) for item in value)
        case _:
            return str(value)

"""What companies usually answer, where another figure may well be a slip: it is asked about, never refused."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.maturity.definition import Question
from assessment.rules.words import in_language, points
from language.texts import Text

# By code of the question, from and to; each far beyond what companies of the sector report, whatever their size.
ORDINARY = {
    "STR.INV.1": (0, 30),  # the same in versions 2026.0 and 2026.1
    "STR.INV.3": (0, 30),  # % of running costs for digital tools: 1 to 10 as a rule
    "SUS.FTP.2": (2, 12),  # the same before 2026.2
    "SUS.FTP.3": (2, 12),  # years a computer serves: security fixes seldom last longer
}


def doubt(question: Question, value: Mapping[str, Any]) -> Text | None:
    """Return what to ask about a stored value that is out of the ordinary, None where it is not."""
    if question.code not in ORDINARY or "number" not in value:
        return None
    low, high = ORDINARY[question.code]
    if low <= Fraction(value["number"]) <= high:
        return None
    said = {
        "value": points(value["number"]),
        "low": points(low),
        "high": points(high),
        "unit": in_language(question.unit),
    }
    text = _(
        "Is that right? You answer %(value)s; most companies are between %(low)s and %(high)s (%(unit)s). "
        "If it is, leave it as it stands."
    )
    return text % said

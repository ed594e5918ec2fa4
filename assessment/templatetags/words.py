"""The words and figures of the questionnaire, in the page's language."""

from decimal import Decimal
from fractions import Fraction

from django import template

from assessment.maturity.figures import decimal_text
from assessment.rules.browsers import browser_in_words
from assessment.rules.tops import asked_for, what_is_enough
from assessment.rules.words import in_language, points

register = template.Library()
register.filter(in_language)
register.filter(points)
register.filter(asked_for)
register.filter(what_is_enough)
register.filter(browser_in_words)


@register.filter
def tenths_of(figure: str | None) -> int:
    """Return a published figure as a whole number of tenths, for a <meter>; 0 where there is none."""
    return int(figure.replace(".", "")) if figure else 0


@register.filter
def decimal(number: Fraction | Decimal | int | None) -> str | None:
    """Write an exact number of the questionnaire as the page's language does; nothing for none."""
    return None if number is None else points(decimal_text(Fraction(number)))

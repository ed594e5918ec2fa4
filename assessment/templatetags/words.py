"""The words and figures of the questionnaire, in the page's language."""

from django import template
from django.utils.formats import number_format

from assessment.reports.words import in_language

register = template.Library()
register.filter(in_language)


@register.filter
def points(figure):
    """Write a published figure ("48.0") as the page's language does; "–" where there is none: None is not zero."""
    if figure is None:
        return "–"
    return number_format(str(figure), use_l10n=True)


@register.filter
def tenths_of(figure):
    """Return a published figure as a whole number of tenths, for a <meter>; 0 where there is none."""
    return int(figure.replace(".", "")) if figure else 0

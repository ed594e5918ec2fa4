"""The questionnaire's words in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import get_language


def in_language(text):
    """Return the text in the page's language, the first one it has where that is missing, "" for no text."""
    if not text:
        return ""
    return text.get(get_language()) or next(iter(text.values()))


def points(figure):
    """Write a published figure ("48.0") as the page's language does; "–" where there is none: None is not zero."""
    if figure is None:
        return "–"
    return number_format(str(figure), use_l10n=True)

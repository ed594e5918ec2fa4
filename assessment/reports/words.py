"""The questionnaire's words in the reader's language."""

from django.utils.translation import get_language


def in_language(text):
    """Return the text in the page's language, the first one it has where that is missing, "" for no text."""
    if not text:
        return ""
    return text.get(get_language()) or next(iter(text.values()))

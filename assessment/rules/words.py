"""The questionnaire's words in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.conf.global_settings import LANGUAGES as LANGUAGE_NAMES
from django.utils.formats import get_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def in_language(text: Mapping[str, str] | None) -> str:
    """Return the text in the page's language, the first one it has where that is missing, "" for no text."""
    if not text:
        return ""
    return text.get(get_language()) or next(iter(text.values()))


def decimal_mark() -> str:
    # What stands before decimals in the page's language.
    return get_format("DECIMAL_SEPARATOR")


def points(figure: str | int | Decimal | None) -> str:
    """Write a published figure ("48.0") as the page's language does; "–" where there is none: None is not zero."""
    if figure is None:
        return "–"
    return number_format(str(figure), use_l10n=True)


def labelled(label: object, value: object) -> str:
    # As French and English write what stands before a colon.
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def listed(names: Sequence[str]) -> str:
    # As they are said aloud: commas, and "and" before the last.
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def names_of_languages(codes: Iterable[str]) -> str:
    return ", ".join(_(dict(LANGUAGE_NAMES).get(code, code)) for code in codes)

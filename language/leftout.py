"""Parts of an address that a page doesn't understand, in words: named, so that whoever came by it can mend it."""

import re
from collections.abc import Collection

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 5
LONGEST = 60
# What mailings and other sites hang on any address: it narrows nothing, and nobody typed it.
OF_MAILINGS = re.compile(r"(utm|mtm|pk|piwik|hsa|mc|ga|at)_\w+|gclid|fbclid|msclkid|dclid|yclid|igshid|_gl|_hs\w+|xtor")


def pairs_left_out(address: QueryDict, names: Collection[str]) -> list[str]:
    """Return "name=value" of each parameter of a query dictionary that none of the names is."""
    unknown = [name for name in address if name not in names and not OF_MAILINGS.fullmatch(name)]
    return [f"{name}={value}" for name in unknown for value in address.getlist(name)]


def in_words(left_out: list[str]) -> str:
    """Return the sentence, "" where nothing was left out."""
    if not left_out:
        return ""
    named = ", ".join(_("“%(text)s”") % {"text": shortened(one)} for one in left_out[:MOST])
    if len(left_out) > MOST:
        named += "…"
    text = ngettext(
        "Left out, because it isn’t understood here: %(named)s. All other criteria hold.",
        "Left out, because they aren’t understood here: %(named)s. All other criteria hold.",
        len(left_out),
    )
    return text % {"named": named}


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"

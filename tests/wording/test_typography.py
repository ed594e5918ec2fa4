"""French and English typography of every text, wherever it is written."""

import re

import pytest

from tests.wording.sources import every_text

NEVER = r"(?!)"
OTHER_SPACES = r"[\u2000-\u200a\u202f\u2060]|&nbsp;|&#160;"
# A number never parts from what it counts, nor its thousands from its hundreds.
UNITS = {
    "fr": r"%|€|°C|[kMGT]?o\b|kB\b|k?m\b|[km]?g\b|h\b|min\b|px\b|CO₂|k€|M€|ans?\b|mois\b|semaines?\b|jours?\b|heures?\b"
    r"|minutes?\b|secondes?\b|euros?\b|millions?\b|milliards?\b|milliers?\b|pixels?\b|caractères?\b|chiffres\b",
    "en": r"%|€|°C|[kMGT]?B\b|km\b|[km]?g\b|h\b|min\b|px\b",
}
BROKEN = {
    "a plain space before high punctuation": {"fr": r"[ \n\t][:;?!»]", "en": r"[ \n\t][:;?!%](?!\))"},
    "a plain space after an opening guillemet": {"fr": r"«[ \n\t]", "en": r"«"},
    "no space where French wants one": {
        "fr": r"[\w)][;?!»](?!\w)|\w(?<!\bweight)(?<!\bfr)(?<!\bformat):(?= )|«\w",
        "en": NEVER,
    },
    "a plain space inside a number": {"fr": r"\d[ \n]\d{3}\b", "en": r"\d[ \n]\d{3}\b"},
    "a plain space before a unit": {language: rf"\d[ \n](?:{unit})" for language, unit in UNITS.items()},
    "a number stuck to its unit": {"fr": r"\d(?:%|€|°C)", "en": r"\d(?:€|°C)"},
    "another kind of no-break space": {"fr": OTHER_SPACES, "en": OTHER_SPACES},
    "a typewriter's apostrophe or dots": {"fr": r"\w'\w|\.\.\.", "en": r"\w'\w|\.\.\."},
    "an ordinal with a plain letter": {"fr": r"\d(?:e|er|ère|ème)\b", "en": NEVER},
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("fault", BROKEN)
def test_typography_of_every_text(fault, language):
    found = [
        (place, text[max(0, hit.start() - 20) : hit.end() + 20])
        for place, text in every_text(language)
        for hit in re.finditer(BROKEN[fault][language], text)
    ]

    assert found == []

"""One French word for each English one, wherever the interface says it; letters that are never left bare."""

import re

import polib
import pytest

from tests.wording.sources import MACHINE, PO

# Where the English says this, the French says that.
TERMS = {
    r"\bself-assess": r"autodiagnostic|[ÉéÈ]valuez vous-même",
    r"(?<!self-)\bassessments?\b": r"[ée]valuation|autodiagnostic|évaluer",
    r"\breviewers?\b": r"[Rr]electeur|relecture",
    r"\bmanagers?\b(?! manager|\.py| who knows)": r"responsable|gestionnaire de mots de passe|manage\.py",
    r"\bcapabilit(?:y|ies)\b": r"[Cc]apacité",
    r"\blevels?\b(?! AA)": r"[Nn]iveau",
    r"\bevidence\b": r"[Pp]reuve|prouver",
    r"\bsub-sector": r"sous-secteur",
    r"\bsubmi(?:t|ts|tted|ssion)\b": r"[Ee]nv(?:oi|oy)",
    r"\bretired?\b": r"[Aa]rchiv",
    r"\b(?:[Tt]ake|[Tt]ook|[Tt]aken) (?:it )?down\b": r"[Dd]épubli",
    r"\binvitation is withdrawn\b": r"annulée",
    r"\bsecond factor": r"[Ss]econds? facteurs?",
    r"\bpasskeys?\b": r"[Cc]lés? d’accès",
    r"\brecovery codes?\b": r"[Cc]odes? de secours",
    r"\btr(?:y|ies)\b(?= in a short|$)": r"[Tt]entative",
    r"\bat once\b(?! as| this site|\.? Nothing was)": r"[Ii]mmédiatement|en même temps|en une fois|d’une traite",
    r"\be-mail address\b": r"[Aa]dresses? électroniques?|courriel",
    r"\b[Pp]ersonal data\b": r"[Dd]onnées personnelles",
}
COMMITTEE = {"fr": r"comité", "en": r"committee"}


def messages():
    """Yield each text of the interface in both languages, its plural too."""
    for entry in polib.pofile(str(PO)):
        for english, french in zip(
            [entry.msgid, entry.msgid_plural], [entry.msgstr or entry.msgstr_plural[0], *entry.msgstr_plural.values()],
            strict=False,
        ):  # fmt: skip
            yield MACHINE.sub("0", english), MACHINE.sub("0", french)


@pytest.mark.parametrize("english", TERMS)
def test_a_term_has_one_french_word(english):
    pairs = [pair for pair in messages() if re.search(english, pair[0])]
    strayed = [pair for pair in pairs if not re.search(TERMS[english], pair[1])]

    assert (len(pairs) > 0, strayed) == (True, [])


@pytest.mark.parametrize(("place", "language"), [(0, "en"), (1, "fr")])
def test_the_committee_is_never_its_letters_alone(place, language):
    bare = [pair[place] for pair in messages() if re.search(r"\bCSF\b", pair[place])]

    assert [text for text in bare if not re.search(COMMITTEE[language], text)] == []


def test_the_sector_is_said_beside_its_letters_on_every_page():
    for name in ["_header.html", "_header_plain.html"]:
        header = (PO.parents[3] / "templates" / name).read_text(encoding="utf-8")

        assert 'title="{% translate "health industries and technologies" %}">ITS</abbr>' in header

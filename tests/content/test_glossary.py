"""Every acronym is explained once, in the language of the reader. A title is "ACRONYM – what it stands for"."""

import re

import pytest

from tests.content.material import FULL, glossary, questionnaire, texts

# Two capitals at least, or a capital and a figure: GxP, eTMF, NIS2, ALCOA+.
ACRONYM = re.compile(r"(?<!\w)(?=\w*[A-Z]\w*[A-Z0-9])\w+\+?")


def explained(language):
    """The short forms: what stands before the dash of each title."""
    return {word for entry in glossary() for word in entry[language]["title"].split(" – ")[0].split()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_acronym_of_the_questionnaire_is_in_the_glossary(language):
    used = {
        (acronym, place) for place, text in texts(questionnaire(FULL)) for acronym in ACRONYM.findall(text[language])
    }

    assert len(used) > 30
    assert {(acronym, place) for acronym, place in used if acronym not in explained(language)} == set()


@pytest.mark.parametrize(
    "term",
    [
        *[
            "GxP",
            "ALCOA+",
            "MES",
            "LIMS",
            "IDMP",
            "UDI",
            "HL7 FHIR",
            "HDS",
            "NIS2",
            "CSV",
            "CSA",
            "MDR",
            "IVDR",
            "AI Act",
        ],
        *["SaMD", "ERP", "QMS", "PLM", "CRM", "PAT", "IoT", "EDC", "eTMF", "ELN", "GS1", "CDISC", "LOINC", "SNOMED CT"],
        *["GDPR", "RWD"],
    ],
)
def test_the_sector_s_own_terms_are_there(term):
    assert [entry["term"] for entry in glossary() if entry["term"] == term] == [term]


def test_entries_are_complete_and_nothing_else():
    shapes = {(tuple(entry), tuple(entry["fr"]), tuple(entry["en"])) for entry in glossary()}

    assert shapes == {(("term", "slug", "fr", "en"), ("title", "text"), ("title", "text"))}


def test_slugs_make_stable_addresses():
    slugs = [entry["slug"] for entry in glossary()]

    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []

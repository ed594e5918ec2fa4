"""Facts that texts once got wrong, and words that misled: none of them comes back, in either language."""

import re

import pytest

from tests.content.material import FIRST, VERSIONS, every_text, glossary, questionnaire

# What a reader would do or believe wrongly; each holds for every text of the questionnaire and of the glossary.
UNTRUE = {
    "a UDI is no number of an item": (r"UDI\) fait de même", r"UDI\) does the same"),
    "a patient bears no code of the company's": (r"client ou patient", r"customer or patient"),
    "former staff have no access left": (r"accès[^.;]* anciens salariés", r"[Aa]ccess[^.;]* former staff"),
    "purchased energy is indirect too": (
        r"[ÉéE]missions indirectes(?! autres)(?<!autres émissions indirectes)(?=,| –|$)",
        r"(?<!other )[Ii]ndirect emissions(?! other)",
    ),
    "built-in software is medical device software too": (r"à lui seul un but", r"medical purpose by itself"),
    "an implant is no high-risk AI": (
        r"[Dd]ispositifs médicaux contrôlés par un organisme notifié",
        r"Medical devices that a notified body checks",
    ),
    "a directive binds through national law, essential entities most": (
        r"(directive européenne NIS2|Elle) impose",
        r"NIS2 directive requires|It requires important",
    ),
    "only hosting for others must be certified": (r"héberger des données de santé", r"hosting health data that come"),
    "a spreadsheet that forecasts is no AI": (r"apprend de données,? ou", r"learns from data,? or"),
    "a code by text message is the weakest factor": (r"(reçu )?sur un téléphone", r"(received )?on a telephone"),
    "data are pseudonymised or anonymised, not less identifying": (r"moins identifiantes", r"less identifying"),
    "what others do is no level of one's own": (
        r"s’en inspirent|reprise ailleurs|citent en exemple",
        r"companies draw on it|taken up elsewhere|as an example\.$",
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("fact", UNTRUE)
def test_no_text_says_what_is_not_so(fact, language):
    pattern = UNTRUE[fact][["fr", "en"].index(language)]

    assert [place for place, text in every_text() if re.search(pattern, text[language])] == []


TRADE = r"\bworkshops?\b|\b[Tt]rade\b(?! (?:body|secrets|fairs|unions))|shop floor"
DOSSIERS = r"\b(?:regulatory|medicine|access|trial) files?\b"


@pytest.mark.parametrize("pattern", [TRADE, DOSSIERS], ids=["trade", "dossiers"])
def test_english_uses_the_words_of_the_trade(pattern):
    found = [(place, hit[0]) for place, text in every_text() for hit in re.finditer(pattern, text["en"])]

    assert found == []


ASKING = {
    "fr": r"(Comment|Où|Qui|Quel(?:le)?s?|Que|Combien|Jusqu’où|Dans quelle mesure|Sur vos dix)\b",
    "en": r"(How|Where|Who|Whom|Which|What|To what extent|Of your ten)\b",
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_question_of_several_levels_asks_for_yes_or_no(version, language):
    asked = {question.code: question.text[language] for question in questionnaire(version).questions}

    assert [code for code, text in asked.items() if not re.match(ASKING[language], text)] == []


HALFWAY = {
    "fr": r"Une partie ou la totalité|pour une partie des .* ou sans|soit les plus risqués seulement, soit tous",
    "en": r"Some or all|for some .* or without|either the riskiest alone, or all",
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "code",
    [
        *["STR.VIS.1", "PEO.SKL.1", "DAT.INT.1", "TEC.COR.1", "OPS.RND.1", "OPS.MFG.1", "PAT.REL.1", "TRU.VAL.1"],
        *["TRU.VAL.2", "SUS.GRN.1"],
    ],
)
def test_all_but_unmeasured_had_a_level_by_correction(code, language):
    """Level 3 asks for the whole company and for a measure; who has the one without the other is at level 2."""
    assert re.search(HALFWAY[language], questionnaire(FIRST).question(code).choice("2").text[language])


def test_what_a_figure_counts_is_in_the_question_itself():
    rules = {
        "STR.INV.1": ("hors développement des produits", "leaving out the development of products"),
        "PEO.SKL.2": ("au moins une demi-journée", "at least half a day"),
        "TEC.COR.2": ("ni import manuel", "or manual import"),
        "OPS.MFG.2": ("papier numérisé exclu", "scanned paper excluded"),
    }

    told = {code: questionnaire(FIRST).question(code).text for code in rules}

    assert [code for code, (fr, en) in rules.items() if fr not in told[code]["fr"] or en not in told[code]["en"]] == []


@pytest.mark.parametrize(
    ("slug", "fr", "en"),
    [
        (
            "udi",
            "Tous les articles d’un lot peuvent porter le même code.",
            "All items of a batch may bear the same code.",
        ),
        ("nis2", "Par la loi de chaque État", "Through each State’s law"),
        (
            "ai-act",
            "fondé sur l’IA et contrôlé par un organisme notifié",
            "rests on AI and that a notified body checks",
        ),
        ("scope-3", "hors énergie achetée", "purchased energy apart"),
        ("samd", "intégré à un appareil", "built into a device"),
    ],
)
def test_the_glossary_says_the_same_as_the_help(slug, fr, en):
    (entry,) = [entry for entry in glossary() if entry["slug"] == slug]

    assert (fr in entry["fr"]["text"], en in entry["en"]["text"]) == (True, True)

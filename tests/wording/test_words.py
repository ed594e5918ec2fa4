"""One word per idea, no blame, nothing borrowed and no machine's word, in every text; and durations that were measured."""

import re
from functools import cache

import pytest

from assessment.maturity.conditions import Profile
from assessment.maturity.states import State, states
from tests.content.material import FULL, HERE, best, plain, questionnaire, typical_companies
from tests.wording.sources import ROOT, every_text

WORDS_A_MINUTE = 230  # a grown-up who reads silently, in French as in English
AFTER_DIGITAL = r"is|should|moves|may|brings|helps|that|at|in|for|from|before|the|to|on|with|of"
NOT_ENGLISH = {
    "digital is no noun": rf"\b[Dd]igital\b(?=[.,;:?!)]|$| (?:{AFTER_DIGITAL})\b)",
    "no French loan": r"\bgestures?\b|\breferents?\b|\bvaloris|\bmutualis|\bworkshops?\b|\bhomologat"
    r"|\b[Tt]rade\b(?! (?:union|body|fair|secret))|\bgravity\b|\bgravest\b|\banimat(?:e|ion) of\b|\bformations?\b"
    r"|\b[Aa]ctually\b|\bprecise(?:s|d)? that\b|\bdispose of\b",
    "no machine's word": r"\butili[sz]|\bleverag|\bseamless|\brobust|\bholistic|\bstreamlin|\bempower|\becosystem"
    r"|\bcutting-edge|\baddress on the network|\bfigure out of",
}
NOT_FRENCH = {
    "one answers to a question": r"[Qq]uestions? répondue|^répondue|[Tt]out est répondu|%\(answered\)s répondue",
    "no blame": r"\b(?:ses|vos|leurs) manques|il vous manque le plus|à qui (?:cela|elles?) manque",
    "no address that guesses who reads": r"[Vv]ous (?:êtes|serez|avez été|vous êtes)[^.:]{0,12} (?:dé)?connecté\b"
    r"|[Vv]ous êtes (?:invité|revenu|seul)\b|[Uu]n ou (?:d’)?une\b|d’un ou d’une\b|[Jj]e suis habilité\b"
    r"|vous êtes arrêté\b|une fois connecté\b|en êtes le seul\b",
    "what is done at once is done immediately": r"\b[Aa]ussitôt\b(?! que)",
    "to send again is not to give back": r"\b[Rr]envoye[rz]\b",
    "everybody for themselves is no way to work together": r"\bchacun pour soi\b|\bpour soi\b",
    "one takes steps, one does not make them": r"\b[Ff]aites les (?:prochaines )?étapes",
    "a number has no sign, a figure is a digit": r"[Uu]n chiffre de\b",
    "what is worth points does not count them": r"ce qu’elle compte\b",
    "what proves is no proof made": r"en fait la preuve|en ferait la preuve",
    "autoévaluation has one spelling": r"auto-évaluation",
    "NIS2 has one spelling": r"NIS 2",
    "what is kept for the company is not kept from others": r"[Gg]ard(?:é|ez) des autres",
    "a committee is named before its letters": r"(?:relecteurs|personnel|administrateurs) du CSF(?!, le comité)",
}


# Nobody is compared with others before there is anything to compare with.
PROMISED = {
    "fr": r"(?i)\bon vous compar|vous (?:êtes|serez) comparé|vos pairs\b|à vos concurrents|au reste de la filière",
    "en": r"(?i)\byou (?:are|will be) compared|\bbenchmark|\byour peers\b|\bcompare (?:yourself|your company) (?:to|with)",
}


def found(pattern, language):
    return [
        (place, hit[0])
        for place, text in every_text(language)
        for hit in re.finditer(pattern, text)
        if "Health Data Hub" not in text
    ]


@pytest.mark.parametrize("rule", NOT_ENGLISH)
def test_english(rule):
    assert found(NOT_ENGLISH[rule], "en") == []


@pytest.mark.parametrize("rule", NOT_FRENCH)
def test_french(rule):
    assert found(NOT_FRENCH[rule], "fr") == []


@pytest.mark.parametrize("language", PROMISED)
def test_no_comparison_with_others_is_promised(language):
    assert found(PROMISED[language], language) == []


def test_french_uses_the_official_terms_everywhere():
    anglicisms = "|".join(map(re.escape, plain(HERE / "anglicisms.yaml")))

    assert found(rf"(?i)(?<![\w-])(?:{anglicisms})(?![\w-])", "fr") == []


def test_every_e_mail_says_where_to_go_on_and_who_writes():
    written = [
        path
        for path in sorted((ROOT / "templates").glob("**/email/*.txt"))
        if not path.name.endswith("_subject.txt") and "{% extends" not in path.read_text(encoding="utf-8")
    ]

    closing = '{% translate "Digital maturity of the health industries and technologies" %}\n{{ site_url }}\n'
    unclosed = [
        path.name
        for path in written
        if not path.read_text(encoding="utf-8").endswith(f"{closing}{{% endautoescape %}}\n")
    ]

    assert (len(written) > 8, unclosed) == (True, [])


@cache
def words(code: str, language: str, *, helped: bool) -> int:
    question = questionnaire(FULL).question(code)
    texts = [question.text, *(choice.text for choice in question.choices), *([question.help] if helped else [])]
    return sum(len(text[language].split()) for text in texts)


def minutes(profile: Profile, language: str, *, express: bool, helped: bool) -> float:
    """Reading alone, of the questions that concern a company."""
    full = questionnaire(FULL)
    answers = {question.code: best(question) for question in full.questions}
    seen = [code for code, state in states(full, profile, answers).items() if state is not State.HIDDEN]
    asked = [code for code in seen if full.question(code).express or not express]
    return sum(words(code, language, helped=helped) for code in asked) / WORDS_A_MINUTE


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("express", "least", "most"), [(True, 10, 15), (False, 40, 60)])
def test_the_durations_announced_are_longer_than_reading_alone(express, least, most, language):
    """Without the help within the shorter, with all of it within the longer, whoever the company is."""
    profiles = [company.profile for company in typical_companies()]

    plain_reading = max(minutes(profile, language, express=express, helped=False) for profile in profiles)
    all_of_it = max(minutes(profile, language, express=express, helped=True) for profile in profiles)

    assert (plain_reading < least, all_of_it < most) == (True, True)


@pytest.mark.parametrize(("language", "pattern"), [("fr", r"dix minutes"), ("en", r"ten minutes")])
def test_no_text_of_the_interface_promises_less(language, pattern):
    """Codes are good for ten minutes; the introductions of what is published stay as they were published."""
    promised = [
        text
        for place, text in every_text(language)
        if place.startswith("interface")
        and re.search(pattern, text)
        and not re.search("code|Code|valable|good for", text)
    ]

    assert promised == []

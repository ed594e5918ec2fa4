"""What a reader meets: plain sentences, official terms, no brand, both languages alike."""

import re
from collections import Counter

import pytest

from tests.content.material import FIRST, FULL, HERE, VERSIONS, every_text, plain, questionnaire

LONGEST_SENTENCE = 25  # words
END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
NO_BREAK = "\u00a0"


def sentences(text):
    return END_OF_SENTENCE.split(text)


def words(sentence):
    return [word for word in sentence.split() if re.search(r"\w", word)]


def found(pattern, language, flags=0):
    """Each place where a text of this language holds the pattern, with what it holds."""
    return [(place, hit[0]) for place, text in every_text() for hit in re.finditer(pattern, text[language], flags)]


def test_every_text_is_in_both_languages():
    incomplete = [place for place, text in every_text() if set(text) != {"fr", "en"} or not all(text.values())]

    assert incomplete == []


def test_both_languages_are_of_similar_length():
    lengths = [(place, len(text["fr"]), len(text["en"])) for place, text in every_text()]

    unlike = [(place, fr, en) for place, fr, en in lengths if fr > 40 and not 0.7 <= fr / en <= 1.6]

    assert unlike == []


def test_no_sentence_is_longer_than_a_reader_holds():
    too_long = [
        (place, len(words(sentence)), sentence)
        for place, text in every_text()
        for language in ("fr", "en")
        for sentence in sentences(text[language])
        if len(words(sentence)) > LONGEST_SENTENCE
    ]

    assert too_long == []


def test_french_uses_the_official_terms():
    anglicisms = plain(HERE / "anglicisms.yaml")
    whole_word = r"(?<![\w-])(" + "|".join(map(re.escape, anglicisms)) + r")(?![\w-])"

    assert found(whole_word, "fr", re.IGNORECASE) == []


def test_no_product_is_named():
    products = (HERE / "products.txt").read_text(encoding="utf-8").split("\n")
    whole_word = r"(?<!\w)(" + "|".join(re.escape(product) for product in products if product) + r")(?!\w)"

    assert found(whole_word, "fr") + found(whole_word, "en") == []


def test_french_never_breaks_a_line_before_its_high_punctuation():
    assert found(rf"[^{NO_BREAK}][:;?!»%]|«[^{NO_BREAK}]", "fr") == []


def test_apostrophes_and_spaces_are_typographic():
    assert found(r"'|\"|  |\.\.\.|^\s|\s$", "fr") + found(rf"'|\"|  |\.\.\.|^\s|\s$|{NO_BREAK}", "en") == []


def test_questions_ask_and_all_other_prose_ends_as_a_sentence():
    endings = {
        place: text["fr"][-1] + text["en"][-1] for place, text in every_text() if not place.endswith(("title", "unit"))
    }

    asked = {place for place in endings if re.fullmatch(rf"(?:{FIRST} )?\w+\.\w+\.\d text", place)}
    wrong = {place: ending for place, ending in endings.items() if ending != ("??" if place in asked else "..")}

    assert (len(asked), wrong) == (48 + 50, {})


def test_no_advice_is_given_twice():
    steps = Counter(
        choice.next_step[language]
        for question in questionnaire(FULL).questions
        for choice in question.choices
        if choice.next_step
        for language in ("fr", "en")
    )

    assert [step for step, times in steps.items() if times > 1] == []


CLOSINGS = {
    "fr": re.compile(rf"Preuve{NO_BREAK}: |Premier signe{NO_BREAK}: |C’est fait quand "),
    "en": re.compile(r"Proof: |First sign: |It is done when "),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_idea_has_one_word_what_shows_that_a_step_is_done(version, language):
    """The same of three formulas in both languages, and the first sign only below the top, of which it falls short."""
    openings = [
        (question.code, choice.code, CLOSINGS[language].match(sentences(choice.next_step[language])[-1]))
        for question in questionnaire(version).questions
        for choice in question.choices
        if choice.next_step
    ]
    first_signs = {
        code for _question, code, opening in openings if opening and opening[0].startswith(("Prem", "First"))
    }

    assert [(question, code) for question, code, opening in openings if opening is None] == []
    assert first_signs == {"3"}


def test_both_languages_close_a_step_alike():
    pairs = {
        tuple(
            CLOSINGS[language].match(sentences(choice.next_step[language])[-1])[0].strip() for language in ("fr", "en")
        )
        for question in questionnaire(FULL).questions
        for choice in question.choices
        if choice.next_step
    }

    assert pairs == {
        (f"Preuve{NO_BREAK}:", "Proof:"),
        (f"Premier signe{NO_BREAK}:", "First sign:"),
        ("C’est fait quand", "It is done when"),
    }

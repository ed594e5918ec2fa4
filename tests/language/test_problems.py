"""Problems of a questionnaire's file and of a draft, in the language of whoever edits it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from assessment.forms.questionnaire import loading_of
from assessment.maturity.file.problems import Problem
from assessment.rules.file_problems import PARSER, line_in_words
from tests.factories import DATA

pytestmark = pytest.mark.django_db
SMALL = (DATA / "small.yaml").read_text()


def told(text, language):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        loading_of(text)
    return refused.value.messages


@pytest.mark.parametrize(
    ("text", "french"),
    [
        (
            "levels: [",
            "ligne 2, colonne 1\u00a0: n’est pas du YAML lisible (il manque une valeur)\u00a0: vérifiez "
            "l’indentation, les guillemets et les crochets à cet endroit",
        ),
        (
            SMALL.replace("format: 1", "format: 1\nformat: 1"),
            "format\u00a0: est donné deux fois\u00a0: gardez-en un seul",
        ),
        (SMALL.replace("format: 1", "format: 3"), "format\u00a0: doit être 1 ou 2"),
        (
            SMALL.replace("aggregation: minimum", "aggregation: some", 1),
            "dimensions[1].capabilities[1].aggregation\u00a0: doit être 'mean' ou 'minimum'",
        ),
    ],
)
def test_a_file_is_refused_in_french(text, french):
    assert french in told(text, "fr")


def test_what_the_parser_says_in_no_words_of_ours_is_left_out():
    problem = Problem(
        "line 1, column 2",
        "is not readable YAML (%(what)s): check indentation, quotes and brackets around there",
        (("what", "something new"),),
    )

    with translation.override("fr"):
        line = line_in_words(problem)

    assert line == (
        "ligne 1, colonne 2\u00a0: n’est pas du YAML lisible\u00a0: "
        "vérifiez l’indentation, les guillemets et les crochets à cet endroit"
    )


def test_everything_the_parser_may_say_has_its_french():
    with translation.override("fr"):
        assert [words for words in PARSER if translation.gettext(words) == words] == []

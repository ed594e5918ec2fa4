"""What changed from one version to another, found by the engine's side and told in words."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation

from assessment.maturity.conditions import ProfileIn
from assessment.maturity.differences import Difference, differences
from assessment.reports.questionnaire.drafts import Change, changes


def with_question(questionnaire, code, **values):
    """Return the questionnaire with other values for one of its questions."""
    question = replace(questionnaire.question(code), **values)

    def swapped(capability):
        questions = tuple(question if part.code == code else part for part in capability.questions)
        return replace(capability, questions=questions)

    dimensions = tuple(
        replace(dimension, capabilities=tuple(swapped(capability) for capability in dimension.capabilities))
        for dimension in questionnaire.dimensions
    )
    return replace(questionnaire, dimensions=dimensions)


def test_nothing_differs_from_itself_but_the_number(small):
    assert differences(small, replace(small, version="2")) == []


def test_a_part_added_or_removed_shows_there_and_above_it(small):
    shorter = replace(small, dimensions=small.dimensions[:1], levels=small.levels[1:])

    removed = [(found.kind, found.code, found.field, found.after) for found in differences(small, shorter)]

    assert removed == [
        ("questionnaire", "", "levels", ("2", "3")),
        ("questionnaire", "", "dimensions", ("STR",)),
        ("level", "1", None, None),
        ("dimension", "OPS", None, None),
        ("capability", "OPS.MES", None, None),
        ("question", "OPS.MES.1", None, None),
        *(("choice", f"OPS.MES.1/{number}", None, None) for number in range(3)),
        ("question", "OPS.MES.2", None, None),
        ("capability", "OPS.CYB", None, None),
        ("question", "OPS.CYB.1", None, None),
        *(("choice", f"OPS.CYB.1/{code}", None, None) for code in ["backup", "training", "drill", "none"]),
        ("question", "OPS.CYB.2", None, None),
        *(("choice", f"OPS.CYB.2/{number}", None, None) for number in range(2)),
    ]
    added = [(found.kind, found.code, found.before) for found in differences(shorter, small) if found.field is None]
    assert added == [(kind, code, None) for kind, code, field, _ in removed if field is None]


def test_another_order_shows_above(small):
    found = differences(small, replace(small, dimensions=small.dimensions[::-1]))

    assert found == [Difference("questionnaire", "", "dimensions", ("STR", "OPS"), ("OPS", "STR"))]


@pytest.mark.parametrize(
    ("code", "values", "told"),
    [
        ("STR.VIS.1", {"weight": 3}, [("weight", "2", "3")]),
        ("STR.VIS.1", {"express": False}, [("express", "yes", "no")]),
        ("OPS.MES.2", {"minimum": Fraction("0.5")}, [("minimum", "0", "0.5")]),
        (
            "OPS.MES.1",
            {"applies_when": None},
            [("applies when", '{"profile": "activities", "in": ["manufacturing"]}', "")],
        ),
        (
            "STR.VIS.2",
            {"applies_when": ProfileIn("size", ("micro",))},
            [("applies when", "", '{"profile": "size", "in": ["micro"]}')],
        ),
        (
            "STR.VIS.1",
            {"text": {"fr": "Où ?", "en": "How far is your digital roadmap?"}},
            [("text (fr)", "Où en est votre feuille de route numérique ?", "Où ?")],
        ),
        (
            "STR.VIS.2",
            {"help": {"fr": "Aide.", "en": "Help."}},
            [("help (fr)", "", "Aide."), ("help (en)", "", "Help.")],
        ),
    ],
)
def test_a_change_is_told_in_words(small, code, values, told):
    found = changes(differences(small, with_question(small, code, **values)))

    assert found == [Change(f"question {code}", *words) for words in told]


def test_bands_are_told_whole(small):
    bands = small.question("OPS.MES.2").bands[:2]

    found = changes(differences(small, with_question(small, "OPS.MES.2", bands=bands)))

    assert found == [Change("question OPS.MES.2", "bands", "≥ 0: 0, ≥ 12.5: 1, ≥ 50: 2, ≥ 90: 3", "≥ 0: 0, ≥ 12.5: 1")]


def test_parts_are_told_by_their_name(small):
    shorter = with_question(small, "OPS.CYB.2", choices=small.question("OPS.CYB.2").choices[1:])

    assert changes(differences(small, shorter)) == [
        Change("question OPS.CYB.2", "choices", "0, 1", "1"),
        Change("choice OPS.CYB.2/0", "removed"),
    ]
    assert changes(differences(shorter, small))[-1] == Change("choice OPS.CYB.2/0", "added")


def test_the_reader_s_language_is_used(small):
    found = differences(small, replace(small, languages=("en", "fr")))

    with translation.override("en"):
        assert changes(found) == [Change("version of the questionnaire", "languages", "fr, en", "en, fr")]

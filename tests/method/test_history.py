"""The versions and what each changed, in the reader's words."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains

from assessment.actions.questionnaire import correct_texts, import_questionnaire, publish, retire
from assessment.maturity.conditions import ProfileIn
from assessment.maturity.differences import differences
from assessment.maturity.file import format as questionnaire_format
from assessment.models import Question
from assessment.reports.questionnaire.reasons import reasons
from assessment.reports.questionnaire.versions import changes
from tests.content.material import EXPRESS, FIRST, FULL, questionnaire
from tests.factories import DATA, NOON, make_version


@pytest.fixture(scope="module")
def small():
    return questionnaire_format.load((DATA / "small.yaml").read_text())


def with_question(questionnaire, code, **values):
    """The same questionnaire, one of its questions otherwise."""
    return rebuilt(questionnaire, lambda question: replace(question, **values) if question.code == code else question)


def without_question(questionnaire, code):
    return rebuilt(questionnaire, lambda question: None if question.code == code else question)


def rebuilt(questionnaire, change):
    dimensions = tuple(
        replace(
            dimension,
            capabilities=tuple(
                replace(
                    capability,
                    questions=tuple(kept for question in capability.questions if (kept := change(question))),
                )
                for capability in dimension.capabilities
            ),
        )
        for dimension in questionnaire.dimensions
    )
    return replace(questionnaire, dimensions=dimensions)


def with_choice(questionnaire, code, choice_code, **values):
    choices = tuple(
        replace(choice, **values) if choice.code == choice_code else choice
        for choice in questionnaire.question(code).choices
    )
    return with_question(questionnaire, code, choices=choices)


def fields(old, new):
    """Every field changed of questions that stayed, as (title of the part, name, before, after)."""
    found = changes(old, new)
    return [
        (part.title, field.name, field.before, field.after)
        for part in [*found.questions, *found.others]
        for field in part.fields
    ]


ROADMAP = "How far is your digital roadmap?"


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ({"weight": 3}, ("weight", "2", "3")),
        ({"required": False}, ("required", "yes", "no")),
        ({"express": False}, ("part of the express path", "yes", "no")),
        ({"help": None}, ("help", "Evidence: the document, its date, who approved it.", "–")),
        (
            {"applies_when": ProfileIn("size", ("large",))},
            ("asked if", "–", "the company’s size is “Large: 5,000 people or more”"),
        ),
    ],
)
def test_a_changed_question_says_what_it_was_and_what_it_is(small, values, change):
    assert fields(small, with_question(small, "STR.VIS.1", **values)) == [(ROADMAP, *change)]


def test_changed_points_name_their_answer(small):
    new = with_choice(small, "STR.VIS.1", "3", points=3)

    assert fields(small, new) == [
        (ROADMAP, "points of the answer “It is reviewed every year against figures.”", "4", "3")
    ]


def test_a_text_corrected_in_another_language_is_said_without_repeating_it(small):
    text = {**small.question("STR.VIS.1").text, "fr": "Où en est la feuille de route ?"}

    assert fields(small, with_question(small, "STR.VIS.1", text=text)) == [
        (ROADMAP, "text, in another language", "", "")
    ]


def test_an_answer_that_came_or_went_is_named(small):
    fewer = with_question(small, "STR.VIS.1", choices=small.question("STR.VIS.1").choices[:3])

    gone, come = fields(small, fewer), fields(fewer, small)

    assert gone == [(ROADMAP, "answer removed", "It is reviewed every year against figures.", "")]
    assert come == [(ROADMAP, "answer added", "", "It is reviewed every year against figures.")]


def test_thresholds_are_shown_as_figures(small):
    bands = small.question("OPS.MES.2").bands
    new = with_question(small, "OPS.MES.2", bands=(*bands[:3], replace(bands[3], start=Fraction(95))))

    [(_title, name, before, after)] = fields(small, new)

    assert (name, before) == ("thresholds", "from 0: 0, from 12.5: 1, from 50: 2, from 90: 3")
    assert after == "from 0: 0, from 12.5: 1, from 50: 2, from 95: 3"


def test_questions_that_came_and_went_are_listed(small):
    found = changes(without_question(small, "OPS.CYB.2"), without_question(small, "STR.VIS.2"))

    assert [listed.question.code for listed in found.added] == ["OPS.CYB.2"]
    assert [listed.question.code for listed in found.removed] == ["STR.VIS.2"]


def test_efforts_are_told_once_a_question(small):
    judged = tuple(replace(choice, effort=3) for choice in small.question("STR.VIS.1").choices)

    assert fields(small, with_question(small, "STR.VIS.1", choices=judged)) == [(ROADMAP, "effort", "", "")]


def test_levels_and_weights_of_dimensions_are_told(small):
    level = replace(small.levels[2], every_dimension_at_least=Fraction(60))
    dimension = replace(small.dimensions[1], weight=3)
    new = replace(small, levels=(*small.levels[:2], level), dimensions=(small.dimensions[0], dimension))

    assert fields(small, new) == [
        ("Level 3, Leading", "every dimension at least", "50", "60"),
        ("Dimension “Operations”", "weight", "2", "3"),
    ]


def test_the_questionnaire_s_own_rules_are_told(small):
    new = replace(small, languages=("fr",), unknown_policy="exclude", frames=())

    assert fields(small, new) == [
        ("The questionnaire", "languages", "fr, en", "fr"),
        ("The questionnaire", "what “I don’t know” is worth", "zero", "exclude"),
        ("The questionnaire", "other models", "", ""),
    ]


def test_a_capability_that_went_is_named(small):
    dimension = replace(small.dimensions[1], capabilities=small.dimensions[1].capabilities[1:])
    new = replace(small, dimensions=(small.dimensions[0], dimension))

    assert fields(small, new) == [("Capability “Manufacturing”", "removed", "", "")]


def test_the_same_content_under_another_number_is_no_change(small):
    assert changes(small, replace(small, version="2")).is_empty


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_two_versions_of_the_product_differ_by_32_questions(language):
    with translation.override(language):
        found = changes(questionnaire(EXPRESS), questionnaire(FIRST))

    assert (len(found.added), len(found.removed), found.questions) == (32, 0, [])
    assert len(found.others) == 10  # the questionnaire's own title and introduction, and nine capabilities
    assert [len(part.fields) for part in found.others] == [2] + [1] * 9


CAME = [
    *["STR.GOV.3", "STR.INV.3", "TEC.COR.3", "OPS.RND.3", "OPS.RND.4", "OPS.MFG.3", "TRU.CYB.3", "TRU.VAL.3"],
    "SUS.FTP.3",
]
WENT = ["STR.GOV.2", "STR.INV.1", "TEC.COR.1", "OPS.RND.1", "OPS.RND.2", "TRU.CYB.2", "SUS.FTP.2"]


def test_the_present_version_says_what_came_and_went_and_why():
    found = changes(questionnaire(FIRST), questionnaire(FULL))

    came, went = ([listed.question.code for listed in part] for part in (found.added, found.removed))
    assert (sorted(came), went) == (sorted(CAME), WENT)
    assert [listed.question.code for listed in [*found.added, *found.removed] if listed.reason is None] == []
    assert found.reasons.summary is not None


def test_whatever_is_worth_other_points_says_why():
    """Cap, condition, points, an answer that came or went: a reader whose score moves finds the reason."""
    found = differences(questionnaire(FIRST), questionnaire(FULL))
    stayed = {one.code for one in found if one.kind == "question" and one.field in MOVES_A_SCORE}
    options = {one.code.partition("/")[0] for one in found if one.kind == "choice" and one.field in (None, "points")}
    moved = {code for code in stayed | options if all(questionnaire(v).has_question(code) for v in (FIRST, FULL))}

    assert len(moved) >= 8
    assert moved - set(reasons(questionnaire(FULL)).questions) == set()


MOVES_A_SCORE = {"cap", "applies_when", "bands", "allow_not_applicable", "kind"}


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_versions(small, db):
    first = make_version()
    second = import_questionnaire(definition=replace(with_question(small, "STR.VIS.1", weight=3), version="2"))
    publish(version=second, at=NOON + timedelta(days=30))
    return first, second


def test_the_newest_version_comes_first_with_what_it_changed(client, two_versions):
    response = client.get(reverse("method_versions"))

    entries = response.context["entries"]
    assert [entry.version.number for entry in entries] == ["2", "1"]
    assert entries[1].changes is None
    assertContains(response, "1 question changed")
    assertContains(response, "<del>2</del> <ins>3</ins>", html=True)
    assertContains(response, "The first version.")


def test_drafts_are_nobody_s_business(client, small, two_versions):
    import_questionnaire(definition=replace(small, version="3"))

    response = client.get(reverse("method_versions"))

    assert [entry.version.number for entry in response.context["entries"]] == ["2", "1"]


def test_a_retired_version_stays_and_says_since_when(client, two_versions):
    retire(version=two_versions[0], at=NOON + timedelta(days=60))

    assertContains(client.get(reverse("method_versions")), "retired on 7 August 2026")


def test_corrections_since_publication_are_counted(client, two_versions):
    question = Question.objects.get(capability__dimension__version=two_versions[1], code="STR.VIS.1")
    correct_texts(version=two_versions[1], corrections=[(question, {"text_en": "How far is your roadmap?"})])

    assertContains(
        client.get(reverse("method_versions")), "Texts corrected 1 time since, without any effect on scores."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_one_query_however_many_versions(client, small, db, django_assert_num_queries, count):
    for number in range(1, count + 1):
        version = import_questionnaire(definition=replace(small, version=str(number)))
        publish(version=version, at=NOON + timedelta(days=number))
    client.get(reverse("method_versions"))

    with django_assert_num_queries(1):
        response = client.get(reverse("method_versions"))

    assert len(response.context["entries"]) == count


def test_without_a_version_the_page_says_so_by_an_empty_list(client, db):
    assert client.get(reverse("method_versions")).context["entries"] == []

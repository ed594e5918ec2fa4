"""The life of a version: imported, published, its texts corrected, cloned, retired."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from assessment.actions.questionnaire import (
    clone_as_draft,
    correct_texts,
    import_questionnaire,
    publish,
    replace_draft,
    retire,
)
from assessment.maturity.file.format import FormatError, checksum, dump, load
from assessment.models import Band, Choice, Level, Question, Questionnaire, Version
from assessment.models.compiled import compiled
from assessment.models.immutability import VersionIsFrozenError
from tests.factories import DATA, FIXTURES, NOON, make_user

FILES = [DATA / "small.yaml", *sorted(FIXTURES.glob("questionnaire-*.yaml"))]


def question_of(version, code):
    return Question.objects.get(capability__dimension__version=version, code=code)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rows_give_the_definition_back(db, file):
    definition = load(file.read_text())

    version = import_questionnaire(definition=definition)

    assert compiled(version) == definition
    assert dump(compiled(version)) == dump(definition)


def test_every_kind_of_number_and_option_survives(db, small):
    dimension = replace(small.dimensions[1], weight=7, aggregation="minimum")
    levels = (replace(small.levels[0], number=0), replace(small.levels[1], start=Fraction("33.333333")))
    definition = replace(
        small,
        languages=("en", "fr"),
        unknown_policy="exclude",
        aggregation="minimum",
        introduction=None,
        levels=levels,
        dimensions=(small.dimensions[0], dimension),
    )

    version = import_questionnaire(definition=definition)

    assert dump(compiled(version)) == dump(definition)


def test_a_questionnaire_in_one_language_is_stored_in_that_alone(db):
    text = (DATA / "small.yaml").read_text().replace("languages: [fr, en]", "languages: [fr]")
    text = "\n".join(line for line in text.split("\n") if not line.strip().startswith("en: "))
    definition = load(text)

    version = import_questionnaire(definition=definition)

    assert (version.title_fr, version.title_en) == ("Petit autodiagnostic", None)
    assert compiled(version) == definition


def test_the_column_without_a_language_holds_the_main_one(db, small):
    with translation.override("en"):
        version = import_questionnaire(definition=small)

    rows = [
        list(Version.objects.rewrite(False).values_list("title", "introduction")),
        list(
            Choice.objects.rewrite(False).filter(question__code="OPS.MES.1", code="0").values_list("text", "next_step")
        ),
        list(Choice.objects.rewrite(False).filter(code="none").values_list("text", "next_step", "next_step_fr")),
    ]
    assert rows == [
        [("Petit autodiagnostic", "Six questions, cinq minutes.")],
        [("Sur papier.", "Numériser le dossier d'un produit pilote.")],
        [("Aucune.", "", None)],
    ]
    assert version.is_draft


def test_an_import_takes_no_number_twice(published, small):
    with pytest.raises(ValidationError, match="There is a version 1 already"):
        import_questionnaire(definition=small)


def test_an_import_keeps_no_history_but_the_version_s(db, small):
    person = make_user()

    version = import_questionnaire(definition=small, by=person)

    assert [(record.history_type, record.history_user) for record in version.history.all()] == [("+", person)]
    assert Question.history.count() == 0


TOO_MUCH = [
    ({"languages": ("fr", "de")}, "languages[1]: de cannot be shown: use fr and en alone"),
    ({"title": {"fr": "x" * 301, "en": "x"}}, "title.fr: is longer than 300 characters: shorten it"),
]


@pytest.mark.parametrize(("values", "problem"), TOO_MUCH)
def test_what_rows_cannot_hold_is_refused_with_its_place(db, small, values, problem):
    with pytest.raises(FormatError) as refusal:
        import_questionnaire(definition=replace(small, **values))

    assert [str(found) for found in refusal.value.problems] == [problem]
    assert Questionnaire.objects.count() == 0


def test_all_that_rows_cannot_hold_is_listed_at_once(db, small):
    level = replace(small.levels[0], number=40_000, start=Fraction("0.1234567"), title={"fr": "x", "en": "x" * 301})
    number = small.question("OPS.MES.2")
    bands = (replace(number.bands[0], start=Fraction("123456789012345.5")), *number.bands[1:])
    unit = {"fr": "x" * 101, "en": "%"}
    question = replace(number, maximum=Fraction("0.0000001"), bands=bands, unit=unit)
    capability = replace(small.capability("OPS.MES"), questions=(question,), title={"fr": "x" * 301, "en": "x"})
    dimension = replace(small.dimensions[1], capabilities=(capability,), title={"fr": "x" * 301, "en": "x"})

    with pytest.raises(FormatError) as refusal:
        import_questionnaire(definition=replace(small, levels=(level,), dimensions=(dimension,)))

    assert [problem.place for problem in refusal.value.problems] == [
        "levels[0].number",
        "levels[0].from",
        "levels[0].title.en",
        "dimensions[0].title.fr",
        "dimensions[0].capabilities[0].title.fr",
        "dimensions[0].capabilities[0].questions[0].unit.fr",
        "dimensions[0].capabilities[0].questions[0].max",
        "dimensions[0].capabilities[0].questions[0].bands[0].from",
    ]


def test_publication_freezes_the_draft_under_its_checksum(db, small):
    person = make_user()
    version = import_questionnaire(definition=small)

    publish(version=version, by=person, at=NOON)

    stored = Version.objects.get()
    assert (stored.status, stored.checksum) == ("published", checksum(small))
    assert (stored.published_at, stored.published_by) == (NOON, person)
    assert stored.history.first().history_user == person


def test_a_draft_with_problems_is_not_published_and_lists_them_all(db, small):
    version = import_questionnaire(definition=small)
    Question.objects.filter(code="STR.VIS.1").update(code="OPS.MES.1", help_en=None)
    Choice.objects.filter(question__code="OPS.CYB.2").delete()
    Band.objects.filter(start=0).update(start=5)
    Question.objects.filter(code="OPS.CYB.2").update(applies_when={"profile": "size", "in": []})

    with pytest.raises(FormatError) as refusal:
        publish(version=version)

    assert [problem.place for problem in refusal.value.problems] == [
        "dimensions[0].capabilities[0].questions[0].help.en",
        "dimensions[1].capabilities[0].questions[0].code",
        "dimensions[1].capabilities[0].questions[1].bands[0].from",
        "dimensions[1].capabilities[1].questions[1].applies_when.in",
        "dimensions[1].capabilities[1].questions[1].choices",
    ]
    assert Version.objects.get().is_draft


def test_a_version_is_published_once(published):
    with pytest.raises(VersionIsFrozenError):
        publish(version=published)


def test_a_clone_is_a_draft_with_the_same_content(published, small):
    draft = clone_as_draft(version=published, number="2", by=None)

    assert draft.is_draft
    assert compiled(draft) == replace(small, version="2")
    assert checksum(compiled(draft)) == published.checksum


def test_a_clone_needs_a_number_of_its_own(published):
    with pytest.raises(ValidationError, match="There is a version 1 already"):
        clone_as_draft(version=published, number="1", by=None)


def test_a_draft_takes_another_content(db, small):
    draft = import_questionnaire(definition=small)
    other = replace(small, levels=small.levels[:2], title={"fr": "Autre", "en": "Other"})

    replaced = replace_draft(version=draft, definition=other)

    assert replaced.pk == draft.pk
    assert compiled(Version.objects.get()) == other
    assert Level.objects.count() == 2


def test_a_published_version_takes_no_other_content(published, small):
    with pytest.raises(VersionIsFrozenError):
        replace_draft(version=published, definition=small)


def test_a_draft_keeps_its_content_when_the_other_cannot_be_stored(db, small):
    draft = import_questionnaire(definition=small)

    with pytest.raises(FormatError):
        replace_draft(version=draft, definition=replace(small, languages=("fr", "de")))

    assert compiled(Version.objects.get()) == small


def test_a_version_is_retired(published):
    retire(version=published, at=NOON)

    stored = Version.objects.get()
    assert (stored.status, stored.retired_at) == ("retired", NOON)


def test_a_draft_is_not_retired(db, small):
    with pytest.raises(ValidationError, match="Only a published version can be retired"):
        retire(version=import_questionnaire(definition=small))


def test_a_correction_changes_the_text_and_not_the_checksum(published):
    question = question_of(published, "OPS.MES.1")

    correct_texts(version=published, corrections=[(question, {"text_fr": "Où sont les dossiers ?"})])

    stored = Version.objects.get()
    assert (stored.texts_revision, stored.checksum) == (1, published.checksum)
    assert compiled(stored).question("OPS.MES.1").text["fr"] == "Où sont les dossiers ?"
    assert (
        Question.objects.rewrite(False).values_list("text", flat=True).get(pk=question.pk) == "Où sont les dossiers ?"
    )


def test_the_history_of_a_correction_begins_with_the_published_text(published):
    person, question = make_user(), question_of(published, "OPS.MES.1")

    correct_texts(version=published, corrections=[(question, {"text_en": "Where are they?"})], by=person)
    correct_texts(version=published, corrections=[(question, {"text_en": "Where are the records?"})], by=person)

    records = question.history.order_by("history_date", "pk").values_list("history_type", "text_en", "history_user")
    assert list(records) == [
        ("+", "How are batch records kept?", None),
        ("~", "Where are they?", person.pk),
        ("~", "Where are the records?", person.pk),
    ]


def test_the_title_of_the_version_is_corrected_too(published):
    correct_texts(version=published, corrections=[(published, {"title_en": "Small check"})])

    stored = Version.objects.get()
    assert (stored.title_en, stored.texts_revision) == ("Small check", 1)


def test_a_correction_corrects_nothing_but_texts(published):
    question = question_of(published, "OPS.MES.1")

    with pytest.raises(VersionIsFrozenError):
        correct_texts(version=published, corrections=[(question, {"weight": 9})])


def test_a_correction_leaves_no_text_out(published):
    question = question_of(published, "OPS.MES.1")

    with pytest.raises(FormatError, match=r"questions\[0\].text.en"):
        correct_texts(version=published, corrections=[(question, {"text_en": ""})])

    assert question_of(published, "OPS.MES.1").text_en == "How are batch records kept?"

"""load_questionnaire and dump_questionnaire, as somebody types them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessment.maturity.file.format import dump, load
from assessment.models import Choice, Question, Version
from assessment.models.compiled import compiled
from tests.factories import DATA

SMALL = DATA / "small.yaml"


def run(*arguments):
    """Return what the command printed and what it complained of."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=complaints)
    except CommandError as error:
        return out.getvalue(), f"{complaints.getvalue()}{error}"
    return out.getvalue(), complaints.getvalue()


@pytest.fixture
def file(tmp_path):
    """A function that writes a copy of small.yaml with replacements and returns its path."""

    def write(*replacements):
        text = SMALL.read_text()
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "file.yaml"
        path.write_text(text)
        return path

    return write


def test_a_file_is_loaded_as_a_draft(db):
    out, _ = run("load_questionnaire", SMALL)

    assert out == "small 1: a new draft.\n"
    assert Version.objects.get().is_draft


def test_a_file_is_loaded_and_published(db):
    out, _ = run("load_questionnaire", SMALL, "--publish")

    version = Version.objects.get()
    assert version.status == "published"
    assert out == f"small 1: a new draft.\nsmall 1: published, {version.checksum}.\n"


def test_the_same_file_again_does_nothing(published):
    out, _ = run("load_questionnaire", SMALL, "--publish")

    assert out == "small 1: nothing, it is stored already.\n"
    assert Version.objects.count() == 1


def test_a_draft_loaded_before_is_published(db):
    run("load_questionnaire", SMALL)

    run("load_questionnaire", SMALL, "--publish")

    assert Version.objects.get().status == "published"


def test_a_check_writes_nothing(db):
    out, _ = run("load_questionnaire", SMALL, "--check")

    assert out == f"{SMALL}: no problem. Loading it would mean: a new draft.\n"
    assert Version.objects.count() == 0


def test_a_check_lists_every_problem_with_its_place(db, file):
    path = file(("points: 4", "points: four"), ('  fr: "Petit autodiagnostic"\n', ""))

    _, complaints = run("load_questionnaire", path, "--check")

    place = "dimensions[0].capabilities[0].questions[0].choices[3].points"
    lines = complaints.split("\n")
    assert [line.split(": ")[:2] for line in lines[:-1]] == [[str(path), place], [str(path), "title.fr"]]
    assert lines[-1] == f"{path}: problems to correct: 2"


def test_a_check_counts_what_the_rows_cannot_hold(db, file):
    path = file(('unit:\n              fr: "% des lots"', f'unit:\n              fr: "{"x" * 101}"'))

    _, complaints = run("load_questionnaire", path, "--check")

    place = "dimensions[1].capabilities[0].questions[1].unit.fr"
    assert complaints.split("\n")[0] == f"{path}: {place}: is longer than 100 characters: shorten it"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "No such file or directory"), (b"title: \xe9t\xe9", "byte 8 is not UTF-8: save the file as UTF-8")],
)
def test_a_file_that_cannot_be_read_is_named(db, tmp_path, content, complaint):
    path = tmp_path / "file.yaml"
    if content:
        path.write_bytes(content)

    _, complaints = run("load_questionnaire", path)

    assert complaints == f"{path}: {complaint}"


def test_a_published_number_takes_no_other_content(published, file):
    path = file(("points: 4", "points: 5"), ("weight: 3", "weight: 4"))

    for options in [[], ["--check"], ["--replace-draft"], ["--correct-texts"]]:
        out, complaints = run("load_questionnaire", path, *options)

        assert out == ""
        assert complaints == (
            "choice STR.VIS.1/3: points differs\n"
            "question OPS.MES.2: weight differs\n"
            "Version 1 of small is published and says otherwise: give the file a new version number."
        )


def test_parts_added_and_removed_are_named(published, file):
    path = file(("- code: training", "- code: lessons"))

    _, complaints = run("load_questionnaire", path)

    assert complaints.split("\n")[:-1] == [
        "question OPS.CYB.1: choices differs",
        "choice OPS.CYB.1/training: removed",
        "choice OPS.CYB.1/lessons: added",
    ]


CORRECTED = [
    ('"Petit autodiagnostic"', '"Autodiagnostic court"'),  # the version
    ('"Six questions, cinq minutes."', '"Six questions, dix minutes."'),
    ('"Leading"', '"Exemplary"'),  # a level
    ('"Opérations"', '"Exploitation"'),  # a dimension
    ('"Vision"', '"La vision"'),  # a capability
    ('"How are batch records kept?"', '"Where are batch records kept?"'),  # a question
    ('"Nommer une personne."', '"Désigner une personne."'),  # a choice
]


def test_texts_alone_are_corrected_where_asked(published, file):
    path = file(*CORRECTED)

    _, complaints = run("load_questionnaire", path)
    out, _ = run("load_questionnaire", path, "--correct-texts")

    assert complaints.split("\n")[-1] == (
        "Version 1 of small is published and differs in its texts alone: correct them there by --correct-texts."
    )
    assert out == "small 1: texts corrected in the published version.\n"
    version = Version.objects.get()
    assert dump(compiled(version)) == dump(load(path.read_text()))
    assert (version.checksum, version.texts_revision) == (published.checksum, 1)
    assert Choice.history.filter(next_step_fr="Nommer une personne.").count() == 1


def test_a_corrected_introduction_keeps_what_it_said(published, file):
    run("load_questionnaire", file(('"Six questions, cinq minutes."', '"Peu de questions."')), "--correct-texts")

    said = list(Version.history.order_by("history_date", "history_id").values_list("introduction_fr", flat=True))
    assert (said[-2:], Version.objects.get().introduction_fr) == (
        ["Six questions, cinq minutes.", "Peu de questions."],
        "Peu de questions.",
    )


def test_a_unit_is_not_corrected(published, file):
    _, complaints = run("load_questionnaire", file(('"% des lots"', '"‰ des lots"')), "--correct-texts")

    assert complaints.split("\n")[-1] == (
        "Version 1 of small is published and says otherwise: give the file a new version number."
    )


def test_a_draft_is_replaced_where_asked(db, file):
    run("load_questionnaire", SMALL)
    path = file(("points: 4", "points: 5"))

    _, complaints = run("load_questionnaire", path)
    out, _ = run("load_questionnaire", path, "--replace-draft")

    assert complaints.split("\n")[-1] == (
        "Version 1 of small is a draft that says otherwise: give the file a new number, or use --replace-draft."
    )
    assert out == "small 1: another content for the draft.\n"
    assert Choice.objects.get(question__code="STR.VIS.1", code="3").points == 5


def test_a_draft_that_is_not_ready_is_replaced_too(db):
    run("load_questionnaire", SMALL)
    Question.objects.update(text_en=None)

    run("load_questionnaire", SMALL, "--replace-draft")

    assert compiled(Version.objects.get()) == load(SMALL.read_text())


def test_a_dump_is_the_file_byte_for_byte(published):
    out, _ = run("dump_questionnaire", "small", "1")

    assert out == SMALL.read_text()


def test_a_dump_of_nothing_says_so(published):
    _, complaints = run("dump_questionnaire", "small", "2")

    assert complaints == "There is no version 2 of the questionnaire small."


def test_a_dump_of_a_draft_that_is_not_ready_lists_its_problems(db):
    run("load_questionnaire", SMALL)
    Question.objects.filter(code="STR.VIS.2").update(text_en=None)

    _, complaints = run("dump_questionnaire", "small", "1")

    place = "dimensions[0].capabilities[0].questions[1].text.en"
    assert complaints == (
        f"This draft can't be written as a file yet:\n{place}: is missing: translate, every text has all the languages"
    )

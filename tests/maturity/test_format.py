"""The questionnaire file: read strictly, every problem at once; written in one way only."""

import gc
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest

from assessment.maturity.file import yaml_reader as reading
from assessment.maturity.file.format import FormatError, load, load_document
from tests.maturity.documents import (
    flat,
    make_multiple,
    make_question,
)

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = Path(__file__).with_name("example.yaml").read_text(encoding="utf-8")
QUESTION = "dimensions[0].capabilities[0].questions[0]"


def problems_of(source):
    """The problems of a text or of plain data, as {place: message}."""
    with pytest.raises(FormatError) as error:
        load(source) if isinstance(source, str) else load_document(source)
    return {problem.place: problem.message for problem in error.value.problems}


def changed(document, path, value):
    """A copy of the document with another value at a path; "-" leaves the key out."""
    copy = deepcopy(document)
    *above, last = path
    node = copy
    for step in above:
        node = node[step]
    if value == "-":
        del node[last]
    else:
        node[last] = value
    return copy


# --- reading ----------------------------------------------------------------------------------------------------------


def test_the_example_of_the_documentation_is_read():
    questionnaire = load(EXAMPLE)

    assert [question.code for question in questionnaire.questions] == [
        "OPS.MES.1",
        "STR.INV.2",
        "TRU.CYB.3",
        "STR.VIS.9",
    ]
    assert questionnaire.question("STR.INV.2").bands[2].start == Decimal("3.5")
    assert questionnaire.question("TRU.CYB.3").cap == 6
    assert questionnaire.dimension("STR").questions == questionnaire.questions
    assert questionnaire.capability("STR.VIS").reads_as == {"eu-dma-sme": "strategy"}
    assert questionnaire.level(4).every_dimension_at_least == 35


@pytest.mark.parametrize(
    "text",
    [EXAMPLE.replace("\n", "\r\n"), "\ufeff" + EXAMPLE, "--- # comment\n" + EXAMPLE + "...\n"],
    ids=["windows lines", "byte order mark", "document marks"],
)
def test_the_same_file_written_otherwise_is_the_same_questionnaire(text):
    assert load(text) == load(EXAMPLE)


def test_defaults_are_those_documented():
    question = load_document(flat(make_question())).questions[0]

    assert (question.weight, question.required, question.express) == (1, True, False)
    assert (question.allow_unknown, question.allow_not_applicable) == (True, False)
    assert (question.help, question.applies_when) == (None, None)
    questionnaire = load_document(flat(make_multiple(points=(1, 2))))
    assert questionnaire.questions[0].cap == 3
    assert (questionnaire.unknown_policy, questionnaire.aggregation) == ("zero", "mean")


@pytest.mark.parametrize(
    ("before", "after", "problems"),
    [
        ("format: 1", "format: &a 1", {"format": "has an anchor or a tag: remove it"}),
        ("format: 1", "format: !!int 1", {"format": "has an anchor or a tag: remove it"}),
        ("format: 1", "!x format: 1", {"format": "has an anchor or a tag: remove it"}),
        ("languages: [", "languages: !seq [", {"languages": "has an anchor or a tag: remove it"}),
        ('version: "2026.1"', "version: *v", {"version": "is an alias (*v): write the value itself"}),
        ("format: 1", "format: 1\nformat: 1", {"format": "is given twice: keep one"}),
        ("format: 1", "format: ", {"format": "has no value: write one, or leave the key out"}),
        ("format: 1", "format: ~", {"format": "has no value: write one, or leave the key out"}),
        ("format: 1", "format: 3", {"format": "must be 1 or 2"}),
        ("format: 1", "format: true", {"format": "must be 1 or 2"}),
        ('version: "2026.1"', "version: 2026", {"version": "must be text: put it in quotes"}),
        ('version: "2026.1"', "version: 2026.1", {"version": "must be text: put it in quotes"}),
        ('version: "2026.1"', "version: yes", None),
        ('version: "2026.1"', "version: 2026-01-31", None),
        (
            "from: 60",
            "from: .nan",
            {
                "levels[1].from": ".nan is no plain number: write it as 12 or 12.5 (15 digits at most), or in quotes if it is text"
            },
        ),
        (
            "from: 60",
            "from: 1e2",
            {
                "levels[1].from": "1e2 is no plain number: write it as 12 or 12.5 (15 digits at most), or in quotes if it is text"
            },
        ),
        (
            "from: 60",
            "from: 0x3c",
            {
                "levels[1].from": "0x3c is no plain number: write it as 12 or 12.5 (15 digits at most), or in quotes if it is text"
            },
        ),
        (
            "from: 60",
            "from: 060",
            {
                "levels[1].from": "060 is no plain number: write it as 12 or 12.5 (15 digits at most), or in quotes if it is text"
            },
        ),
        ("from: 60", 'from: "60"', {"levels[1].from": "must be a number, without quotes"}),
        ("from: 60", "from: 60.5", None),
        ("express: true", "express: yes", {f"{QUESTION}.express": "must be true or false, without quotes"}),
        ("weight: 2", "weight: 2.0", {f"{QUESTION}.weight": "must be a whole number, without quotes or decimals"}),
        ("weight: 2", "weight: true", {f"{QUESTION}.weight": "must be a whole number, without quotes or decimals"}),
        ('code: "2"', "code: 2", {f"{QUESTION}.choices[1].code": "must be text: put it in quotes"}),
    ],
)
def test_yaml_is_read_strictly(before, after, problems):
    text = EXAMPLE.replace(before, after, 1)
    assert text != EXAMPLE

    if problems is None:
        load(text)
    else:
        assert problems_of(text) == problems


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "the file"),
        ("# nothing\n", "the file"),
        (EXAMPLE + "---\nformat: 1\n", "the file"),
        ("just words", "the file"),
        ("[1, 2]", "the file"),
        ("format: 1\n\tcode: x", "line 2, column 1"),
        ("title: {fr: x", "line 2, column 1"),
        ('title: "\\uD800"', "line 1, column 11"),
        ("title: \x01", "character 8"),
        ("title: \ud800", "the file"),
        ("{[a]: 1}", "the file"),
        ("? {a: 1}\n: 1", "the file"),
        ("title: " + "[" * 100_000, "title" + "[0]" * 63),
        ("title: " + "{a: " * 100_000, "title" + ".a" * 63),
    ],
    ids=[
        "empty",
        "comment",
        "two documents",
        "scalar",
        "list",
        "tab",
        "unclosed",
        "half a pair",
        "control character",
        "half a pair, raw",
        "a list as a key",
        "a mapping as a key",
        "deep lists",
        "deep mappings",
    ],
)
def test_what_is_no_questionnaire_at_all_is_refused_at_a_place(text, place):
    assert list(problems_of(text)) == [place]


def test_what_was_found_before_the_file_became_unreadable_is_said_too():
    assert list(problems_of("a: &x 1\nb: [")) == ["a", "line 3, column 1"]


def test_a_file_beyond_all_measure_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 10)

    assert problems_of("x" * 11) == {"the file": "is larger than 10 characters: split or shorten it"}


@pytest.mark.parametrize("enabled", [True, False])
def test_loading_leaves_the_garbage_collector_as_it_was(enabled):
    (gc.enable if enabled else gc.disable)()
    try:
        load(EXAMPLE)
        problems_of("")

        assert gc.isenabled() == enabled
    finally:
        gc.enable()

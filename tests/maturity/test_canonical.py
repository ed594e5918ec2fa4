"""The canonical form of the questionnaire file, its checksum and its JSON Schema."""

import json
import runpy
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.maturity.canonical import rules
from assessment.maturity.file.format import FormatError, Problem, checksum, dump, load, load_document
from assessment.maturity.file.schema import json_schema
from tests.content.material import FULL, questionnaire
from tests.maturity.documents import (
    flat,
    make_choice,
    make_multiple,
    make_number,
    make_open_question,
    make_question,
    make_text,
)
from tests.maturity.strategies import documents

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


# --- the canonical form -----------------------------------------------------------------------------------------------


def test_the_canonical_form_of_the_example():
    canonical = Path(__file__).with_name("example.canonical.yaml").read_text(encoding="utf-8")

    assert dump(load(EXAMPLE)) == canonical
    assert dump(load(canonical)) == canonical


@settings(max_examples=60, deadline=None)
@given(documents(max_size=2))
def test_what_is_written_is_read_back_the_same(document):
    questionnaire = load_document(document)
    written = dump(questionnaire)

    assert load(written) == questionnaire
    assert dump(load(written)) == written


WORDS = st.one_of(
    st.text(min_size=1),
    st.text(st.sampled_from("a \n\t:#-'\"\\|>&*!%@`{}[],?\x85\u2028\u00a0\ufeff\x7f🌿é"), min_size=1),
    st.sampled_from(
        ["yes", "No", "null", "~", "12", "1e3", "0x1F", "2026-01-31", "12:30", "---", "...", "a\n\nb", "a\n b"]
    ),
).filter(lambda text: text.strip() and "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text))


@settings(max_examples=150, deadline=None)
@given(WORDS, st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\Z"))
def test_any_text_and_any_code_survive_and_mean_the_same_to_another_yaml_reader(text, code):
    document = flat(make_question(choices=[make_choice(code, 1)], text={"en": text}), code=code)

    written = dump(load_document(document))

    question = load(written).questions[0]
    assert (question.text["en"], question.choices[0].code) == (text, code)
    read_elsewhere = yaml.load(written, yaml.SafeLoader)  # pure Python, YAML 1.1
    question = read_elsewhere["dimensions"][0]["capabilities"][0]["questions"][0]
    assert (question["text"]["en"], question["choices"][0]["code"], read_elsewhere["code"]) == (text, code, code)


# --- the checksum -----------------------------------------------------------------------------------------------------

RULED = flat(
    make_question("Q1", help=make_text(), choices=[make_choice("a", 1, next_step=make_text()), make_choice("b", 2)]),
    make_multiple("Q2", cap=3, applies_when={"answer": "Q1", "in": ["a"]}),
    make_number("Q3"),
    make_open_question("Q4"),
    introduction=make_text(),
    frames=[
        {"code": "eu", "title": make_text(), "note": make_text(), "dimensions": [{"code": "x", "title": make_text()}]}
    ],
)
INSIDE = ("dimensions", 0, "capabilities", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["code"], "other"),
        (["version"], "2"),
        (["title", "en"], "Other"),
        (["introduction", "en"], "Other"),
        (["introduction"], "-"),
        (["levels", 0, "title", "en"], "Other"),
        (["levels", 0, "description"], make_text()),
        (["frames"], []),
        ([*INSIDE, "title", "en"], "Other"),
        ([*INSIDE, "description"], make_text()),
        ([*INSIDE, "reads_as"], {"eu": "x"}),
        ([*INSIDE, "questions", 0, "text", "en"], "Other"),
        ([*INSIDE, "questions", 0, "help"], "-"),
        ([*INSIDE, "questions", 0, "express"], True),
        ([*INSIDE, "questions", 0, "choices", 0, "text", "en"], "Other"),
        ([*INSIDE, "questions", 0, "choices", 0, "next_step"], "-"),
        ([*INSIDE, "questions", 2, "unit", "en"], "Other"),
        ([*INSIDE, "questions", 0, "weight"], 1),  # the default, said
        ([*INSIDE, "questions", 1, "cap"], 3),
    ],
)
def test_the_checksum_ignores_what_changes_no_result(path, value):
    assert checksum(load_document(changed(RULED, path, value))) == checksum(load_document(RULED))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["policy"], {"unknown": "exclude"}),
        (["aggregation"], "minimum"),
        (["profile", "size"], ["small"]),
        (["levels", 1, "from"], 26),
        (["levels", 3, "number"], 7),
        (["levels", 1, "every_dimension_at_least"], 10),
        (["dimensions", 0, "code"], "D2"),
        (["dimensions", 0, "weight"], 2),
        (["dimensions", 0, "aggregation"], "minimum"),
        ([*INSIDE, "weight"], 2),
        ([*INSIDE, "aggregation"], "minimum"),
        ([*INSIDE, "questions", 0, "weight"], 2),
        ([*INSIDE, "questions", 0, "allow_unknown"], False),
        ([*INSIDE, "questions", 0, "allow_not_applicable"], True),
        ([*INSIDE, "questions", 0, "choices", 0, "points"], 0),
        ([*INSIDE, "questions", 0, "choices", 1, "code"], "c"),
        ([*INSIDE, "questions", 1, "cap"], 4),
        ([*INSIDE, "questions", 1, "cap"], "-"),
        ([*INSIDE, "questions", 1, "applies_when"], "-"),
        ([*INSIDE, "questions", 1, "choices", 2, "exclusive"], True),
        ([*INSIDE, "questions", 2, "min"], 1),
        ([*INSIDE, "questions", 2, "max"], 99),
        ([*INSIDE, "questions", 2, "bands", 1, "from"], 11),
        ([*INSIDE, "questions", 3, "required"], False),
    ],
)
def test_the_checksum_covers_what_can_change_a_result(path, value):
    assert checksum(load_document(changed(RULED, path, value))) != checksum(load_document(RULED))


def test_the_checksum_is_the_sha256_of_the_rules():
    """A published figure: were the canonical form to change, every stored checksum would be wrong."""
    assert checksum(load(EXAMPLE)) == "sha256:73348576056c6e7a53c10d52a4b2c67c352c05524cf9f7a80b27b96e826c263a"
    assert "Vision" not in rules(load(EXAMPLE))


# --- the JSON Schema --------------------------------------------------------------------------------------------------


def test_the_json_schema_in_the_documentation_is_current():
    kept = ROOT / "docs" / "questionnaire.schema.json"

    assert kept.read_text(encoding="utf-8") == json_schema(), (
        "python -m assessment.maturity.file.schema > docs/questionnaire.schema.json"
    )


def test_the_module_prints_the_schema(capsys):
    runpy.run_path(str(ROOT / "assessment" / "maturity" / "file" / "schema.py"), run_name="__main__")

    assert capsys.readouterr().out == json_schema()


def test_the_json_schema_accepts_what_load_accepts_and_refuses_another_shape():
    schema = json.loads(json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    document = yaml.safe_load(EXAMPLE)

    assert list(validator.iter_errors(document)) == []
    for path, value in [
        (["format"], 3),
        (["colour"], 1),
        (["title"], {"EN": "T"}),
        (["title", "fr"], None),
        (["levels"], []),
    ]:
        assert len(list(validator.iter_errors(changed(document, path, value)))) == 1


def test_a_problem_reads_as_one_line_whatever_it_names():
    assert str(Problem("levels[0].from", "must be 0")) == "levels[0].from: must be 0"
    assert str(Problem("title.a\nb", "é “\x1b[2J”\u2028")) == "title.a\\u000ab: é “\\u001b[2J”\\u2028"


def test_targets_are_written_in_the_order_of_the_dimensions():
    definition = questionnaire(FULL)  # a database may keep a mapping in an order of its own
    turned = [replace(aim, dimensions=dict(reversed(aim.dimensions.items()))) for aim in definition.targets]

    assert len(turned) > 0
    assert dump(replace(definition, targets=tuple(turned))) == dump(definition)

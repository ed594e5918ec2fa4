"""Every problem of a questionnaire file at once, each at its place."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.maturity.file.format import FormatError, dump, load, load_document
from tests.maturity.documents import (
    flat,
    make_capability,
    make_choice,
    make_dimension,
    make_document,
    make_level,
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


# --- every problem, at its place --------------------------------------------------------------------------------------


def test_all_problems_come_at_once():
    document = make_document(
        make_dimension(
            make_capability(
                make_question("Q1", weight=-1, colour="red", text={"fr": "Texte"}),
                make_question("Q1", kind="slider"),
                make_number("Q3", bands=((5, 0), (3, 0)), applies_when={"answer": "Q9", "in": ["1"]}),
                code="not a code",
            ),
            title="D1",
        ),
        levels=[make_level(1, 10), make_level(2, 5)],
        version=3,
    )

    assert problems_of(document) == {
        "version": "must be text: put it in quotes",
        "levels[0].from": "must be 0, so that every score has a level",
        "levels[1].from": "must be above 10, the one before: put them in ascending order",
        "dimensions[0].title": "must be a text by language, such as fr: …",
        "dimensions[0].capabilities[0].code": (
            "must be a code: 40 letters, digits, dots, hyphens or underscores at most, the first a letter or a digit"
        ),
        f"{QUESTION}.weight": "must be 0 or more",
        f"{QUESTION}.colour": "is not a key of this format here: remove it, or correct its spelling",
        f"{QUESTION}.text.en": "is missing: translate, every text has all the languages",
        f"{QUESTION}.text.fr": "is not one of the languages: declare it there, or remove this text",
        f"{QUESTION[:-2]}1].kind": "must be choice, multiple, number or text",
        f"{QUESTION[:-2]}1].code": f"repeats Q1, given at {QUESTION}.code: change or remove one",
        f"{QUESTION[:-2]}2].bands": "no point can be won here: give points, or give the question weight: 0",
        f"{QUESTION[:-2]}2].bands[0].from": "must not be above min, 0: every number needs its band",
        f"{QUESTION[:-2]}2].bands[1].from": "must be above 5, the one before: put them in ascending order",
        f"{QUESTION[:-2]}2].applies_when.answer": "Q9 is not the code of a question: correct it",
    }


def test_problems_are_listed_in_the_order_of_the_file():
    choices = [make_choice(str(index), "1") for index in range(11)]

    with pytest.raises(FormatError) as error:
        load_document(flat(make_question(choices=choices)))

    assert [problem.place for problem in error.value.problems] == [f"{QUESTION}.choices[{i}].points" for i in range(11)]
    assert str(error.value).splitlines()[10] == (
        f"{QUESTION}.choices[10].points: must be a whole number, without quotes or decimals"
    )


CONDITION = {"profile": "size", "in": ["small"]}
NO_CONDITION = "must be a condition: give exactly one of all, any, not, profile and answer"


@pytest.mark.parametrize(
    ("question", "place", "message"),
    [
        (make_question(code="é"), "code", None),
        (make_question(code=3), "code", "must be text: put it in quotes"),
        (make_question(code="x" * 41), "code", None),
        (make_question(text={}), "text", None),
        (make_question(text={"en": "  "}), "text.en", "is empty or holds a NUL: write a text"),
        (make_question(text={"en": "a\0b"}), "text.en", "is empty or holds a NUL: write a text"),
        (
            make_question(text={"EN": "Text", "en": "Text"}),
            "text.EN",
            None,
        ),
        (make_question(text={"en": 3}), "text.en", "must be text: put it in quotes"),
        (make_question(choices=[]), "choices", "is empty: give at least one"),
        (make_question(choices="0"), "choices", "must be a list"),
        (make_question(choices=["0"]), "choices[0]", "must be a mapping of keys to values"),
        (make_question(weight=10**9 + 1), "weight", "must be 1000000000 or less"),
        (make_question(weight="1"), "weight", "must be a whole number, without quotes or decimals"),
        (
            make_question(points=(0, 0)),
            "choices",
            "no point can be won here: give points, or give the question weight: 0",
        ),
        (make_question(points=(1, -1)), "choices[1].points", "must be 0 or more"),
        (
            make_question(choices=[make_choice("a", 1), make_choice("a", 2)]),
            "choices[1].code",
            f"repeats a, given at {QUESTION}.choices[0].code: change or remove one",
        ),
        (make_question(choices=[make_choice("a", 1, exclusive=True)]), "choices[0].exclusive", None),
        (make_question(cap=3), "cap", None),
        (make_question(min=3), "min", None),
        (make_multiple(cap=0), "cap", "is 0, no point can be won: raise it, or give the question weight: 0"),
        (make_multiple(points=(0, 0)), "choices", None),
        (
            make_question(required=False),
            "required",
            "only an unscored question may be optional: remove this, or give it weight: 0",
        ),
        (make_open_question(choices=[]), "choices", None),
        (make_number(bands=()), "bands", "is empty: give at least one"),
        (make_number(minimum=100, maximum=100, bands=((100, 1),)), "max", "must be above min, 100"),
        (make_number(bands=((0, 0), (200, 1))), "bands[1].from", None),
        (
            make_number(bands=((-9, 0), (0, 1), (5, 2))),
            "bands[0].from",
            "starts a band without any number, all are from 0: remove it, or lower min",
        ),
        (make_number(bands=((0, 0), (5, 1), (5, 2))), "bands[2].from", None),
        (make_number(minimum="0"), "min", "must be a number, without quotes"),
        (make_number(maximum=True), "max", "must be a number, without quotes"),
        (make_question(applies_when=3), "applies_when", NO_CONDITION),
        (make_question(applies_when={}), "applies_when", NO_CONDITION),
        (make_question(applies_when={"all": [CONDITION], "any": [CONDITION]}), "applies_when", NO_CONDITION),
        (make_question(applies_when={"all": []}), "applies_when.all", "is empty: give at least one"),
        (make_question(applies_when={"not": {"any": [CONDITION, 3]}}), "applies_when.not.any[1]", NO_CONDITION),
        (make_question(applies_when={"all": [{"not": {"x": 1}}]}), "applies_when.all[0].not", NO_CONDITION),
        (make_question(applies_when=CONDITION | {"is": 1}), "applies_when.is", None),
        (make_question(applies_when={"profile": "size"}), "applies_when.in", "is missing: add it"),
        (make_question(applies_when={"profile": "size", "in": []}), "applies_when.in", "is empty: give at least one"),
        (
            make_question(applies_when={"any": [{"profile": "colour", "in": ["red"]}]}),
            "applies_when.any[0].profile",
            "must be 'sub_sector', 'size' or 'activities'",
        ),
        (
            make_question(applies_when={"profile": "size", "in": ["small", "giant"]}),
            "applies_when.in[1]",
            "giant is not in profile.size: correct it, or add it there",
        ),
        (
            make_question(applies_when={"profile": "size", "in": ["small", "small"]}),
            "applies_when.in[1]",
            "repeats small: remove it",
        ),
        (
            make_question(applies_when={"answer": "Q1", "in": ["1"]}),
            "applies_when.answer",
            "Q1 depends on itself, a cycle: ask about an earlier question",
        ),
    ],
)
def test_a_problem_of_a_question_has_its_place(question, place, message):
    found = problems_of(flat(question))

    assert f"{QUESTION}.{place}" in found
    if message is not None:
        assert found == {f"{QUESTION}.{place}": message}


@pytest.mark.parametrize(
    ("path", "value", "problems"),
    [
        (["version"], "-", {"version": "is missing: add it"}),
        (["dimensions"], [], {"dimensions": "is empty: give at least one"}),
        (["dimensions"], {}, {"dimensions": "must be a list"}),
        (["dimensions", 0, "capabilities"], "-", {"dimensions[0].capabilities": "is missing: add it"}),
        (["dimensions", 0, "weight"], 0, {"dimensions[0].weight": "must be 1 or more"}),
        (["dimensions", 0, "aggregation"], "max", {"dimensions[0].aggregation": "must be 'mean' or 'minimum'"}),
        (["policy"], {"unknown": "skip"}, {"policy.unknown": "must be 'zero' or 'exclude'"}),
        (["languages"], ["en", "en"], {"languages[1]": "repeats en, given at languages[0]: change or remove one"}),
        (["languages"], "en", {"languages": "must be a list"}),
        (
            ["title"],
            {"en": "Title", "de": "Titel"},
            {"title.de": "is not one of the languages: declare it there, or remove this text"},
        ),
        (
            ["levels", 1, "number"],
            1,
            {"levels[1].number": "repeats 1, given at levels[0].number: change or remove one"},
        ),
        (
            ["levels", 1, "number"],
            0,
            {"levels[1].number": "must be above 1, the one before: put them in ascending order"},
        ),
        (["levels", 1, "from"], 101, {"levels[1].from": "must be 100 or less"}),
        (["levels", 1, "from"], 0, {"levels[1].from": "must be above 0, the one before: put them in ascending order"}),
        (
            ["profile", "size", 1],
            "small",
            {"profile.size[1]": "repeats small, given at profile.size[0]: change or remove one"},
        ),
        (
            ["profile", "colours"],
            ["red"],
            {"profile.colours": "is not a key of this format here: remove it, or correct its spelling"},
        ),
        (["frames", 1, "code"], "eu", {"frames[1].code": "repeats eu, given at frames[0].code: change or remove one"}),
        (
            ["frames", 0, "dimensions", 1, "code"],
            "data",
            {
                "frames[0].dimensions[1].code": "repeats data, given at frames[0].dimensions[0].code: change or remove one"
            },
        ),
        (
            ["dimensions", 0, "capabilities", 0, "reads_as"],
            {"us": "data", "eu": "robots"},
            {
                "dimensions[0].capabilities[0].reads_as.us": "is not the code of a frame: add it to frames, or correct it",
                "dimensions[0].capabilities[0].reads_as.eu": (
                    "robots is not a dimension of this frame: add it there, or correct it"
                ),
            },
        ),
    ],
)
def test_a_problem_elsewhere_has_its_place(path, value, problems):
    frames = [
        {
            "code": code,
            "title": make_text(),
            "dimensions": [{"code": c, "title": make_text()} for c in ("data", "people")],
        }
        for code in ("eu", "oecd")
    ]
    document = flat(make_question(), frames=frames, levels=[make_level(1, 0), make_level(2, 50)])
    load_document(document)

    assert problems_of(changed(document, path, value)) == problems


@pytest.mark.parametrize(
    ("questions", "place", "message"),
    [
        (
            [make_question("Q1", applies_when={"answer": "Q2", "in": ["1"]}), make_question("Q2")],
            "questions[0].applies_when.answer",
            "Q2 comes later: move it before this question, or ask about an earlier one",
        ),
        (
            [
                make_question("Q1", applies_when={"not": {"answer": "Q3", "in": ["1"]}}),
                make_question("Q2", applies_when={"any": [{"answer": "Q1", "in": ["1"]}]}),
                make_question("Q3", applies_when={"all": [{"answer": "Q2", "in": ["1"]}]}),
            ],
            "questions[0].applies_when.not.answer",
            "Q3 depends in turn on Q1, a cycle: break it, by asking about earlier questions only",
        ),
        (
            [make_number("Q1"), make_question("Q2", applies_when={"answer": "Q1", "in": ["1"]})],
            "questions[1].applies_when.answer",
            "Q1 is a number question: only choice and multiple ones can be asked",
        ),
        (
            [make_open_question("Q1"), make_question("Q2", applies_when={"answer": "Q1", "in": ["1"]})],
            "questions[1].applies_when.answer",
            "Q1 is a text question: only choice and multiple ones can be asked",
        ),
        (
            [make_question("Q1"), make_question("Q2", applies_when={"answer": "Q1", "in": ["1", "7"]})],
            "questions[1].applies_when.in[1]",
            "7 is not a choice of Q1: correct it, or add it there",
        ),
    ],
)
def test_a_condition_reads_earlier_choices_only(questions, place, message):
    assert problems_of(flat(*questions)) == {f"dimensions[0].capabilities[0].{place}": message}


def test_without_a_profile_no_condition_may_name_it():
    document = changed(flat(make_question(applies_when=CONDITION)), ["profile"], "-")

    assert problems_of(document) == {
        f"{QUESTION}.applies_when.profile": "the questionnaire’s profile lists no size: add it there"
    }


def test_what_never_scores_needs_no_points_and_may_be_optional():
    load_document(
        flat(make_question(points=(0, 0), weight=0, required=False), make_open_question("Q2", required=False))
    )


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 2), st.text(max_size=3), st.just(Decimal("0.5"))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["code", "from", "in"]), inner)
    ),
    max_leaves=3,
)


def paths(node, path=()):
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths(child, (*path, key))


@settings(max_examples=150, deadline=None)
@given(st.data(), documents(max_size=2), JUNK)
def test_any_spoilt_document_is_refused_with_problems_or_taken(data, document, junk):
    """Whatever stands anywhere, it is a FormatError with places or a questionnaire, never another exception."""
    spoilt = changed(document, data.draw(st.sampled_from(list(paths(document)))), junk)

    questionnaire, problems = attempt(spoilt)

    assert problems or load(dump(questionnaire)) == questionnaire


def attempt(document):
    try:
        return load_document(document), []
    except FormatError as error:
        return None, error.problems

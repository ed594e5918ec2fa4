"""What becomes of an answer from one version to the next: a table that an expert can sign, and what always holds."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.maturity.answers import Answer, check_answer
from assessment.maturity.file.format import load_document
from assessment.maturity.moving import Outcome, outcomes
from tests.maturity.documents import (
    make_capability,
    make_choice,
    make_dimension,
    make_document,
    make_multiple,
    make_number,
    make_open_question,
    make_question,
    make_text,
)
from tests.maturity.strategies import documents


def questionnaire(*questions):
    return load_document(make_document(make_dimension(make_capability(*questions))))


OTHER = make_question("Q0")
BEFORE = [
    OTHER,
    make_question("ONE", allow_not_applicable=True),
    make_multiple("MANY"),
    make_number("FIGURE"),
    make_open_question("WORDS"),
]
ONE, MANY, FIGURE = Answer(choices=("2",)), Answer(choices=("0", "2")), Answer(number=50)
UNKNOWN, NOT_APPLICABLE = Answer(unknown=True), Answer(not_applicable="No plant")
BETTER = make_choice("5", 9)


@pytest.mark.parametrize(
    ("code", "answer", "after", "expected"),
    [
        ("ONE", ONE, make_question("ONE"), "kept"),
        ("ONE", ONE, make_question("ONE", points=(4, 3, 2, 1, 0)), "kept"),
        ("ONE", ONE, make_question("ONE", weight=4, express=True), "kept"),
        ("ONE", ONE, make_question("ONE", text=make_text("Reworded")), "to_confirm"),
        ("ONE", ONE, make_question("ONE", help=make_text("What counts")), "to_confirm"),
        ("ONE", ONE, make_question("ONE") | {"choices": [*make_question()["choices"], BETTER]}, "to_confirm"),
        ("ONE", ONE, make_question("ONE") | {"choices": make_question()["choices"][::-1]}, "kept"),
        ("ONE", ONE, make_question("ONE", points=(0, 1)), "not_offered"),
        ("ONE", ONE, make_multiple("ONE", points=(1, 2, 3, 4, 5)), "other_kind"),
        ("ONE", ONE, None, "removed"),
        ("ONE", None, make_question("ONE", text=make_text("Reworded")), "kept"),
        ("ONE", None, make_open_question("ONE"), "other_kind"),
        ("ONE", None, None, "removed"),
        ("ONE", UNKNOWN, make_question("ONE", allow_unknown=False), "not_offered"),
        ("ONE", NOT_APPLICABLE, make_question("ONE"), "not_offered"),
        ("MANY", MANY, make_multiple("MANY"), "kept"),
        ("MANY", MANY, make_multiple("MANY", points=(1, 2)), "not_offered"),
        ("MANY", MANY, make_multiple("MANY", exclusive=[2]), "not_offered"),
        ("FIGURE", FIGURE, make_number("FIGURE", bands=((0, 0), (40, 3))), "kept"),
        ("FIGURE", FIGURE, make_number("FIGURE", unit=make_text("k€")), "to_confirm"),
        ("FIGURE", FIGURE, make_number("FIGURE", maximum=49, bands=((0, 0), (10, 1))), "not_offered"),
        ("WORDS", Answer(text="Our notebook"), make_open_question("WORDS"), "kept"),
        ("NEW", ONE, make_question("NEW"), "to_confirm"),
    ],
)
def test_what_becomes_of_an_answer(code, answer, after, expected):
    new = questionnaire(OTHER, *([after] if after else []))

    assert outcomes(questionnaire(*BEFORE), new, {code: answer}) == {code: Outcome(expected)}


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_no_longer_counts_is_set_aside(outcome):
    assert outcome.is_set_aside is (outcome.value in {"removed", "other_kind", "not_offered"})


def valid_answer(question):
    choices = st.sampled_from(question.choices).map(lambda choice: Answer(choices=(choice.code,)))
    match question.kind:
        case "number":
            return st.just(Answer(number=question.minimum))
        case "text":
            return st.just(Answer(text="Words"))
        case _:
            return choices


@st.composite
def cases(draw):
    """A questionnaire, another, and a valid answer or a draft to some questions of the first."""
    document = draw(documents())
    after = draw(st.one_of(documents(), st.just(deepcopy(document))))
    old, new = load_document(document), load_document(after)
    given_to = draw(st.lists(st.sampled_from(old.questions), unique_by=lambda question: question.code))
    return old, new, {q.code: draw(st.one_of(st.none(), valid_answer(q))) for q in given_to}


@given(case=cases())
@settings(deadline=None)
def test_every_answer_has_one_fate_and_what_is_not_set_aside_is_valid_where_it_goes(case):
    old, new, answers = case

    found = outcomes(old, new, answers)

    assert found.keys() == answers.keys()
    staying = {code: answers[code] for code, outcome in found.items() if not outcome.is_set_aside}
    assert all(new.has_question(code) for code in staying)
    assert [code for code, answer in staying.items() if answer and check_answer(new.question(code), answer)] == []


@given(case=cases())
@settings(deadline=None)
def test_nothing_happens_to_any_answer_where_nothing_changed(case):
    old, _new, answers = case

    assert set(outcomes(old, old, answers).values()) <= {Outcome.KEPT}


@given(case=cases())
@settings(deadline=None)
def test_an_answer_goes_its_way_whatever_the_others_are(case):
    old, new, answers = case

    alone = {code: outcomes(old, new, {code: answer})[code] for code, answer in answers.items()}

    assert outcomes(old, new, answers) == alone

"""How far apart people are: the table an expert can check by hand, and what must hold of any answers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.maturity.answers import Answer
from assessment.maturity.definition import Band, Choice, Question
from assessment.maturity.disagreement import Gap, disagreement, distance, gap

TEXT = {"en": "?"}
STEPS = {"0": 0, "1": 1, "1b": 1, "2": 2, "3": 4}
PRACTICES = ["a", "b", "c", "d"]
SCALE = Question(
    code="S", kind="choice", text=TEXT, choices=tuple(Choice(code, worth, TEXT) for code, worth in STEPS.items())
)
SEVERAL = Question(
    code="M", kind="multiple", text=TEXT, choices=tuple(Choice(code, 1, TEXT) for code in PRACTICES), cap=2
)
FIGURE = Question(
    code="N", kind="number", text=TEXT, bands=(Band(Fraction(0), 0), Band(Fraction(10), 1), Band(Fraction(50), 4))
)
WORDS = Question(code="W", kind="text", text=TEXT, weight=0)
UNSCORED = Question(code="U", kind="choice", text=TEXT, weight=0, choices=(Choice("x", 0, TEXT), Choice("y", 0, TEXT)))
UNKNOWN = Answer(unknown=True)
NOT_APPLICABLE = Answer(not_applicable="no plant")


def chosen(*codes):
    return Answer(choices=codes)


def number(value):
    return Answer(number=Fraction(value))


def text(words):
    return Answer(text=words)


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (SCALE, chosen("2"), chosen("2"), 0),
        (SCALE, chosen("0"), chosen("3"), 1),
        (SCALE, chosen("1"), chosen("2"), Fraction(1, 4)),  # 1 and 2 points of 4
        (SCALE, chosen("1"), chosen("1b"), Fraction(1, 10)),  # worth the same, yet not the same
        (SCALE, UNKNOWN, chosen("3"), Fraction(1, 2)),
        (SCALE, UNKNOWN, NOT_APPLICABLE, Fraction(1, 2)),
        (SCALE, UNKNOWN, UNKNOWN, 0),
        (SCALE, NOT_APPLICABLE, chosen("0"), 1),
        (SCALE, NOT_APPLICABLE, Answer(not_applicable="no stock"), 0),
        (SEVERAL, chosen("a", "b"), chosen("b", "a"), 0),
        (SEVERAL, chosen("a", "b"), chosen("b", "c"), Fraction(2, 3)),
        (SEVERAL, chosen("a"), chosen("b", "c"), 1),
        (SEVERAL, chosen(), chosen("a"), 1),
        (SEVERAL, chosen(), chosen(), 0),
        (FIGURE, number(12), number(60), Fraction(3, 4)),
        (FIGURE, number(12), number(13), Fraction(1, 10)),
        (FIGURE, number("0.1"), number("0.10"), 0),
        (WORDS, text("One"), text("Two"), Fraction(1, 10)),
        (WORDS, text("One"), text("One"), 0),
        (UNSCORED, chosen("x"), chosen("y"), Fraction(1, 10)),
    ],
)
def test_two_answers_are_this_far_from_each_other(question, one, other, expected):
    assert distance(question, one, other) == distance(question, other, one) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], None),
        (["2"], None),
        (["2", "2", "2"], 0),
        (["0", "3"], 1),
        (["0", "0", "3", "3"], Fraction(2, 3)),  # four of the six pairs are 1 apart
        (["0", "0", "0", "3"], Fraction(1, 2)),  # one dissenting voice weighs less than a company split in two
        (["0", "2", "3"], Fraction(2, 3)),  # (1/2 + 1 + 1/2) / 3
    ],
)
def test_people_are_as_far_apart_as_their_pairs_are_on_average(codes, expected):
    assert disagreement(SCALE, [chosen(code) for code in codes]) == expected


@pytest.mark.parametrize(
    ("figure", "word"),
    [
        (None, None),
        (Fraction(0), Gap.NONE),
        (Fraction(1, 100), Gap.SMALL),
        (Fraction(249, 1000), Gap.SMALL),
        (Fraction(1, 4), Gap.CLEAR),
        (Fraction(499, 1000), Gap.CLEAR),
        (Fraction(1, 2), Gap.LARGE),
        (Fraction(1), Gap.LARGE),
    ],
)
def test_the_word_for_a_figure(figure, word):
    assert gap(figure) == word


special = st.sampled_from([UNKNOWN, NOT_APPLICABLE, Answer(not_applicable="another reason")])
answers_to = {
    SCALE.code: (SCALE, st.one_of(st.sampled_from(list(STEPS)).map(chosen), special)),
    SEVERAL.code: (
        SEVERAL,
        st.one_of(st.lists(st.sampled_from(PRACTICES), unique=True).map(lambda c: chosen(*c)), special),
    ),
    FIGURE.code: (FIGURE, st.one_of(st.fractions(0, 100).map(number), special)),
    WORDS.code: (WORDS, st.one_of(st.sampled_from(["", "One", "Two"]).map(text), special)),
}


@st.composite
def opinions(draw, least=0):
    question, answer = answers_to[draw(st.sampled_from(sorted(answers_to)))]
    return question, draw(st.lists(answer, min_size=least, max_size=6))


def said(answer):
    reason = answer.not_applicable is not None
    return (answer.choices and frozenset(answer.choices), answer.number, answer.text, answer.unknown, reason)


@given(opinions(), st.data())
def test_who_says_what_makes_no_difference(asked, data):
    question, answers = asked
    shuffled = data.draw(st.permutations(answers))

    assert disagreement(question, shuffled) == disagreement(question, answers)


@given(opinions(least=2))
def test_it_lies_between_0_and_1_and_is_0_where_all_say_the_same_only(asked):
    question, answers = asked

    figure = disagreement(question, answers)

    assert 0 <= figure <= 1
    assert (figure == 0) == (len({said(answer) for answer in answers}) == 1)


@given(st.lists(st.sampled_from(["0", "1", "2", "3"]), min_size=1, max_size=5), st.data())
def test_whoever_is_highest_and_goes_higher_still_never_brings_people_closer(codes, data):
    highest = max(codes)
    higher = data.draw(st.sampled_from([code for code in ["0", "1", "2", "3"] if code >= highest]))
    rest = [chosen(code) for code in codes]

    assert disagreement(SCALE, [*rest, chosen(higher)]) >= disagreement(SCALE, [*rest, chosen(highest)])


@given(st.sets(st.sampled_from(PRACTICES)), st.sets(st.sampled_from(PRACTICES)), st.sampled_from(PRACTICES))
def test_ticking_what_a_colleague_ticked_never_takes_one_further_away(mine, theirs, practice):
    common = theirs | {practice}

    assert distance(SEVERAL, chosen(*(mine | {practice})), chosen(*common)) <= distance(
        SEVERAL, chosen(*(mine - {practice})), chosen(*common)
    )


@given(opinions(least=2))
def test_one_more_person_who_agrees_with_all_the_others_never_drives_them_apart(asked):
    question, answers = asked
    same = [answers[0]] * len(answers)

    assert disagreement(question, [*same, answers[0]]) == disagreement(question, same) == 0

"""How the questionnaire is built, and what every question must offer the person who answers it."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest

from assessment.maturity.conditions import AnswerIn, depends_on
from tests.content.material import EXPRESS, FIRST, FULL, VERSIONS, questionnaire

pytestmark = pytest.mark.parametrize("version", VERSIONS)


def of_kind(version, *kinds):
    return [question for question in questionnaire(version).questions if question.kind in kinds]


def test_its_size_is_the_one_announced(version):
    dimensions = questionnaire(version).dimensions

    capabilities = {len(dimension.capabilities) for dimension in dimensions}
    questions = sum(len(dimension.questions) for dimension in dimensions)

    assert (len(dimensions), questions) == {EXPRESS: (8, 16), FIRST: (8, 48), FULL: (8, 50)}[version]
    assert capabilities == {EXPRESS: {1, 2}, FIRST: {3}, FULL: {3}}[version]


def test_each_dimension_has_two_questions_on_the_express_path(version):
    express = {
        dimension.code: sum(question.express for question in dimension.questions)
        for dimension in questionnaire(version).dimensions
    }

    assert set(express.values()) == {2}


def test_every_kind_of_answer_is_asked_for(version):
    kinds = Counter(question.kind for question in questionnaire(version).questions)

    least = {EXPRESS: (3, 2), FIRST: (8, 4), FULL: (8, 4)}[version]

    assert (kinds["multiple"] >= least[0], kinds["number"] >= least[1], kinds["text"]) == (True, True, 0)


def test_a_choice_question_describes_five_levels_in_ascending_order(version):
    levels = {question.code: [(c.code, c.points) for c in question.choices] for question in of_kind(version, "choice")}

    assert set(map(tuple, levels.values())) == {(("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4", 4))}


def test_practices_are_additive_with_one_way_to_say_none(version):
    for question in of_kind(version, "multiple"):
        *practices, none = question.choices

        points = [choice.points for choice in practices]

        assert (none.code, none.points, none.exclusive) == ("none", 0, True), question.code
        assert points == sorted(points), question.code
        assert 0 < points[0] <= question.cap <= sum(points), question.code
        assert not any(choice.exclusive for choice in practices), question.code


def test_more_of_a_number_is_never_worth_less(version):
    for question in of_kind(version, "number"):
        if question.weight == 0:  # shown, not scored: one range for all figures
            assert [(band.start, band.points) for band in question.bands] == [(question.minimum, 0)]
            continue
        starts = [band.start for band in question.bands]
        points = [band.points for band in question.bands]

        assert all(left < right for left, right in pairwise(starts)), question.code
        assert (starts[0], points) == (question.minimum, [0, 1, 2, 3, 4]), question.code
        assert starts[-1] <= question.maximum, question.code


def test_every_choice_below_the_top_says_what_to_do_next(version):
    steps = {
        f"{question.code} {choice.code}": choice.next_step is not None
        for question in of_kind(version, "choice", "multiple")
        for choice in question.choices
        if question.kind == "multiple" or choice.code != "4"
    }

    assert [place for place, given in steps.items() if not given] == []


def test_the_top_level_has_no_step_left(version):
    tops = [question.choice("4") for question in of_kind(version, "choice")]

    assert {choice.next_step for choice in tops} == {None}


def test_every_question_says_what_counts_as_evidence(version):
    without = [
        question.code
        for question in questionnaire(version).questions
        if question.help is None
        or "Éléments de preuve\u00a0: " not in question.help["fr"]
        or "What counts as evidence: " not in question.help["en"]
    ]

    assert without == []


def test_number_questions_say_how_to_progress_as_no_choice_can(version):
    without = [
        question.code
        for question in of_kind(version, "number")
        if "Pour progresser" not in question.help["fr"] or "To progress" not in question.help["en"]
    ]

    assert without == []


def test_anyone_may_say_i_do_not_know(version):
    refused = [question.code for question in questionnaire(version).questions if not question.allow_unknown]

    assert refused == []


def test_a_question_waits_only_for_one_of_its_own_capability_that_scores_above_zero(version):
    """So that a better answer, in bringing up another question, never lowers a score."""
    waiting = {}
    for dimension in questionnaire(version).dimensions:
        for capability in dimension.capabilities:
            own = {question.code: question for question in capability.questions}
            for question in capability.questions:
                if question.applies_when is not None and depends_on(question.applies_when):
                    waiting[question.code] = (own, question.applies_when)

    assert set(waiting) >= {"STR.VIS.2"}
    for own, condition in waiting.values():
        assert isinstance(condition, AnswerIn)
        awaited = own[condition.question]
        assert set(condition.choices) == {choice.code for choice in awaited.choices if choice.points > 0}


def test_levels_and_gates_are_those_announced(version):
    levels = [
        (level.number, level.title["fr"], level.title["en"], level.start, level.every_dimension_at_least)
        for level in questionnaire(version).levels
    ]

    assert levels == [
        (1, "Émergent", "Emerging", Fraction(0), None),
        (2, "Engagé", "Engaged", Fraction(25), None),
        (3, "Structuré", "Structured", Fraction(45), None),
        (4, "Avancé", "Advanced", Fraction(65), Fraction(35)),
        (5, "Référent", "Leading", Fraction(82), Fraction(55)),
    ]


def test_the_european_frame_is_read_from_every_capability_it_speaks_of(version):
    frames = questionnaire(version).frames
    read = {
        capability.code: capability.reads_as.get("eu-dma-sme")
        for dimension in questionnaire(version).dimensions
        for capability in dimension.capabilities
    }

    unread = {code for code, dimension in read.items() if dimension is None}

    assert [frame.code for frame in frames] == ["eu-dma-sme"]
    assert set(read.values()) - {None} == {dimension.code for dimension in frames[0].dimensions}
    assert unread == (set() if version == EXPRESS else {"PAT.PTH", "TRU.VAL"})

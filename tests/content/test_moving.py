"""From 2026.1 to the version in force: every answer whose meaning stands is kept, and the others say why not."""

import pytest

from assessment.maturity.moving import Outcome, outcome
from assessment.reports.questionnaire.reasons import reasons
from tests.content.material import FIRST, FULL, best, questionnaire, worst

GONE = {"STR.GOV.2", "STR.INV.1", "TEC.COR.1", "OPS.RND.1", "OPS.RND.2", "TRU.CYB.2", "SUS.FTP.2"}


def fates(how):
    old, new = questionnaire(FIRST), questionnaire(FULL)
    return {
        question.code: outcome(
            question, new.question(question.code) if new.has_question(question.code) else None, how(question)
        )
        for question in old.questions
    }


@pytest.mark.parametrize("how", [best, worst], ids=["best", "worst"])
def test_no_answer_is_lost_but_to_a_question_that_is_gone(how):
    found = fates(how)

    assert {code for code, fate in found.items() if fate.is_set_aside} == GONE
    assert {fate for code, fate in found.items() if code not in GONE} == {Outcome.KEPT, Outcome.TO_CONFIRM}


def test_an_answer_is_kept_without_a_word_only_where_no_word_changed():
    old, new = questionnaire(FIRST), questionnaire(FULL)
    kept = {code for code, fate in fates(best).items() if fate is Outcome.KEPT}

    assert kept == {"DAT.QLT.2", "PAT.PRD.1", "TRU.PRV.1"}
    for code in kept:
        assert old.question(code).text == new.question(code).text
        assert old.question(code).help == new.question(code).help


def test_each_question_that_is_gone_says_why():
    assert GONE - set(reasons(questionnaire(FULL)).questions) == set()


def test_no_code_came_back_with_another_meaning():
    """What asks something else has a code that no version had before."""
    old, new = questionnaire(FIRST), questionnaire(FULL)
    stayed = [question for question in new.questions if old.has_question(question.code)]

    assert {question.code for question in stayed}.isdisjoint(GONE)
    for question in stayed:
        before = old.question(question.code)
        assert (question.kind, thresholds(question)) == (before.kind, thresholds(before))
        assert {choice.code for choice in before.choices} <= {choice.code for choice in question.choices}


def thresholds(question):
    return [(band.start, band.points) for band in question.bands]

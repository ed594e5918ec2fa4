"""The short path is a questionnaire of its own, with the same points and conditions."""

from dataclasses import replace
from pathlib import Path

from assessment.maturity.conditions import Profile
from assessment.maturity.express import express_only
from assessment.maturity.file import format as questionnaire_format
from assessment.maturity.scoring import Answer, score

SMALL = questionnaire_format.load((Path(__file__).parent.parent / "data" / "small.yaml").read_text())
BIOTECH = Profile("biotech", "small", frozenset(["research"]))


def test_only_express_questions_are_left():
    assert [question.code for question in express_only(SMALL).questions] == ["STR.VIS.1", "OPS.MES.1", "OPS.CYB.1"]


def test_an_express_question_that_depends_on_another_path_is_left_out():

    operations = SMALL.dimension("OPS")
    manufacturing = operations.capabilities[0]
    first, second = manufacturing.questions
    swapped = replace(manufacturing, questions=(replace(first, express=False), replace(second, express=True)))
    changed = replace(
        SMALL, dimensions=(SMALL.dimensions[0], replace(operations, capabilities=(swapped, operations.capabilities[1])))
    )

    assert [question.code for question in express_only(changed).questions] == ["STR.VIS.1", "OPS.CYB.1"]


def test_a_capability_without_express_questions_is_not_scored():
    answers = {"STR.VIS.1": Answer(choices=("3",)), "OPS.CYB.1": Answer(choices=("backup", "drill"))}

    result = score(express_only(SMALL), BIOTECH, answers).to_json()

    assert (result["complete"], result["overall"]["score"]) == (True, "100.0")

"""manage.py plan: two files in, one line of JSON out; no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GATES = Path(__file__).parent.parent / "golden" / "gates"


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("plan", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), end.code
    return out.getvalue(), err.getvalue(), 0


def planned(*arguments):
    out, err, status = run(GATES / "questionnaire.yaml", *arguments)

    assert (err, status, len(out.splitlines())) == ("", 0, 1)
    return json.loads(out)


def test_the_best_plan_within_an_effort_by_hand():
    """(8·4/4 + 3/4 + 2/4) / 10 = 37/40; a step of QB would bring as much, but comes first."""
    assert list(planned(GATES / "answers-1.json", "--effort", "1").items()) == [
        ("steps", [{"question": "QC", "answer": {"choices": ["2"]}, "effort": 1, "gain": "2.5"}]),
        ("effort", 1),
        ("score", "92.5"),
        ("exact", "37/40"),
        ("level", 5),
        ("bound", "37/40"),
        ("left_out", [{"question": "QB", "why": "effort"}]),
        ("frontier", [[0, "9/10"], [1, "37/40"], [2, "19/20"], [3, "39/40"], [4, "1/1"]]),
    ]


def test_the_least_plan_for_a_level_passes_its_gate():
    """Level 4 asks for 35 in every dimension; C is at 25."""
    plan = planned(GATES / "answers-1.json", "--level", "4")

    assert (plan["steps"][0]["question"], plan["effort"], plan["left_out"][0]["why"]) == ("QC", 1, "not_needed")


def test_without_a_goal_the_best_plan_of_all():
    plan = planned(GATES / "answers-1.json")

    assert (plan["effort"], plan["score"], plan["left_out"]) == (4, "100.0", [])


def test_answers_that_are_not_complete_are_refused(tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text('{"answers": {"QA": {"choices": ["1"]}}}', encoding="utf-8")

    assert run(GATES / "questionnaire.yaml", answers) == (
        "",
        f"{answers}: QB: has no answer: a plan starts from complete answers, add it\n"
        f"{answers}: QC: has no answer: a plan starts from complete answers, add it\n",
        1,
    )


def test_a_level_that_is_none_is_refused():
    path = GATES / "questionnaire.yaml"

    assert run(path, GATES / "answers-1.json", "--level", "9") == (
        "",
        f"{path}: level 9: is not a level: choose among [1, 2, 3, 4, 5]\n",
        1,
    )


def test_a_level_that_no_plan_reaches_is_said(tmp_path):
    questionnaire, answers = tmp_path / "questionnaire.yaml", tmp_path / "answers.json"
    text = (GATES / "questionnaire.yaml").read_text(encoding="utf-8")
    questionnaire.write_text(
        text.replace("kind: choice", "kind: choice\n            allow_not_applicable: true"), "utf-8"
    )
    answers.write_text(json.dumps({"answers": {code: {"not_applicable": "None"} for code in ("QA", "QB", "QC")}}))

    assert run(questionnaire, answers, "--level", "2") == (
        "",
        f"{answers}: level 2: no plan reaches it: choose a lower one\n",
        1,
    )


def test_a_file_that_is_missing_is_said(tmp_path):
    missing = tmp_path / "missing.json"

    assert run(GATES / "questionnaire.yaml", missing) == (
        "",
        f"{missing}: the file: can't be read (No such file or directory): check its name and rights\n",
        1,
    )


@pytest.mark.parametrize("effort", ["-1", "1.5", "many"])
def test_an_effort_is_a_whole_number(effort):
    with pytest.raises(CommandError, match="give a whole number, 0 or more"):
        run(GATES / "questionnaire.yaml", GATES / "answers-1.json", "--effort", effort)

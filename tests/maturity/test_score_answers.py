"""manage.py score_answers: files in, one line of JSON each; no database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent.parent
GATES = ROOT / "tests" / "golden" / "gates"


def run(*arguments):
    """Return what the command prints, what it says on the error stream, and its exit status."""
    out, err = StringIO(), StringIO()
    try:
        call_command("score_answers", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), end.code
    return out.getvalue(), err.getvalue(), 0


def test_one_line_of_json_for_each_answers_file_in_order():
    files = sorted(GATES.glob("answers-*.json"), reverse=True)

    out, err, status = run(GATES / "questionnaire.yaml", *files)

    assert [json.loads(line)["overall"]["score"] for line in out.splitlines()] == ["85.0", "62.5", "90.0"]
    assert (err, status) == ("", 0)


def test_every_problem_of_every_file_is_said_and_nothing_is_scored(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{"profile": {"colour": 1}, "answers": {"QA": {"choices": ["9"]}, "Q\\n9": {}}}', encoding="utf-8")
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"answers": {"\xe9": {}}}')
    missing = tmp_path / "missing.json"

    out, err, status = run(GATES / "questionnaire.yaml", GATES / "answers-1.json", bad, latin, missing)

    assert err.splitlines() == [
        f"{bad}: profile.colour: is not a key of a profile: remove it",
        f"{bad}: Q\\u000a9: is not the code of a question of golden 1: correct it, or remove the answer",
        f"{bad}: QA: “9” is not a choice here: choose among 0, 1, 2, 3, 4.",
        f"{latin}: byte 15: is not UTF-8: save the file as UTF-8",
        f"{missing}: the file: can't be read (No such file or directory): check its name and rights",
    ]
    assert (out, status) == ("", 1)


def test_a_bad_questionnaire_is_said_before_any_answer_is_looked_at(tmp_path):
    bad = tmp_path / "bad.yaml"
    text = (GATES / "questionnaire.yaml").read_text(encoding="utf-8")
    bad.write_text(text.replace("weight: 8", "weight: 0").replace('code: "4"', "code: 4"), encoding="utf-8")

    out, err, status = run(bad, tmp_path / "missing.json")

    code = "capabilities[0].questions[0].choices[4].code: must be text: put it in quotes"
    assert err.splitlines() == [
        f"{bad}: dimensions[0].{code}",
        f"{bad}: dimensions[0].weight: must be 1 or more",
        f"{bad}: dimensions[1].{code}",
        f"{bad}: dimensions[2].{code}",
    ]
    assert (out, status) == ("", 1)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_an_outsider_needs_no_secret_and_no_database(locale):
    """From anywhere, with an empty environment; the same bytes under every locale."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": locale, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [
        sys.executable,
        ROOT / "manage.py",
        "score_answers",
        GATES / "questionnaire.yaml",
        GATES / "answers-1.json",
    ]

    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, timeout=120)

    assert done.stderr == b""
    assert done.stdout.decode() == run(GATES / "questionnaire.yaml", GATES / "answers-1.json")[0]
    assert done.returncode == 0


def test_the_model_imports_nothing_of_django_nor_of_the_project():
    """In a process of its own: whatever it pulls in, near or far."""
    modules = [f"assessment.maturity.{path.stem}" for path in (ROOT / "assessment" / "maturity").glob("[a-z]*.py")]
    program = (
        f"import sys, {', '.join(modules)}; "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'contract', 'config')"
        " or name.startswith('assessment.') and not name.startswith('assessment.maturity')))"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"

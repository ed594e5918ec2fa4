"""Vectors computed by hand: each folder of tests/golden has a questionnaire, answers, the result, and the computation.

python manage.py score_answers tests/golden/gates/questionnaire.yaml tests/golden/gates/answers-*.json
"""

import json
from pathlib import Path

import pytest

from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.format import checksum, load
from assessment.maturity.scoring import score

GOLDEN = Path(__file__).parent.parent / "golden"
VECTORS = sorted(GOLDEN.glob("*/answers*.json"))


def named(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("answers", VECTORS, ids=named)
def test_result_is_the_one_computed_by_hand(answers):
    questionnaire = load(answers.with_name("questionnaire.yaml").read_text(encoding="utf-8"))
    expected = json.loads(answers.with_name(answers.name.replace("answers", "expected")).read_text(encoding="utf-8"))

    result = score(questionnaire, *load_answers(answers.read_text(encoding="utf-8"), questionnaire)).to_json()

    assert result.pop("checksum") == checksum(questionnaire)
    assert json.dumps(result, indent=2) == json.dumps(expected, indent=2)  # the order of the keys too


def test_every_vector_tells_its_computation():
    folders = {vector.parent for vector in VECTORS}

    assert len(folders) >= 12
    assert [folder for folder in folders if not (folder / "by-hand.md").read_text(encoding="utf-8").strip()] == []

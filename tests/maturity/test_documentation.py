"""What docs/scoring.md and docs/questionnaire-format.md show is what the engine reads and gives."""

import json
import re
from pathlib import Path

from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.format import load
from assessment.maturity.scoring import score

ROOT = Path(__file__).parent.parent.parent


def blocks(document, language):
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_whole_file_shown_is_the_example_of_the_tests():
    assert blocks("questionnaire-format.md", "yaml") == [
        Path(__file__).with_name("example.yaml").read_text(encoding="utf-8")
    ]


def test_the_result_shown_is_that_of_the_answers_shown():
    answers, result = blocks("scoring.md", "json")
    questionnaire = load(blocks("questionnaire-format.md", "yaml")[0])

    computed = score(questionnaire, *load_answers(answers, questionnaire)).to_json()

    assert json.dumps(json.loads(result)) == json.dumps(computed)  # the order of the keys too


def test_every_key_of_the_format_is_explained():
    schema = json.loads((ROOT / "docs" / "questionnaire.schema.json").read_text(encoding="utf-8"))
    shapes = [schema, *schema["$defs"].values()]
    keys = {key for shape in shapes for key in shape.get("properties", {})}
    words = set(re.findall(r"[a-z_]+", (ROOT / "docs" / "questionnaire-format.md").read_text(encoding="utf-8")))

    assert keys - words == set()

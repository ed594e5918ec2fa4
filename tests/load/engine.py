"""How long the engine takes: the largest questionnaire the format allows, and a saved answer of an ordinary one.

    python -m tests.load.engine

Prints processor seconds; asserts nothing about them.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.file.format import checksum, dump, load
from assessment.maturity.gains import gains
from assessment.maturity.scoring import interval, score
from assessment.maturity.tree import build_tree

ROOT = Path(__file__).parent.parent.parent


def questionnaire_text(questions, choices, *, aggregation="mean", capabilities=100, condition=""):
    """A file of this size; every question but the first has the condition, BEFORE being the question before it."""
    lines = [
        'format: 1\ncode: large\nversion: "1"\nlanguages: [fr, en]\ntitle: {fr: "Grand", en: "Large"}',
        'levels: [{number: 1, from: 0, title: {fr: "Un", en: "One"}}]\ndimensions:',
        '  - code: D\n    title: {fr: "Dimension", en: "Dimension"}\n    capabilities:',
    ]
    for number in range(questions):
        if number % (questions // capabilities) == 0:
            lines.append(f"      - code: C{number}\n        aggregation: {aggregation}")
            lines.append('        title: {fr: "Capacité", en: "Capability"}\n        questions:')
        lines.append(f"          - code: Q{number}\n            kind: choice")
        lines.append('            text: {fr: "Où en êtes-vous ?", en: "Where do you stand?"}')
        if condition and number:
            lines.append(f"            applies_when: {condition.replace('BEFORE', f'Q{number - 1}')}")
        lines.append("            choices:")
        lines += [
            f'              - {{code: "{index}", points: {index + number % 7}, '
            f'text: {{fr: "Le choix numéro {index}", en: "Choice number {index}"}}}}'
            for index in range(choices)
        ]
    return "\n".join(lines) + "\n"


def middle_answers(questionnaire):
    """The middle choice everywhere, so that every question has a next step."""
    return {
        question.code: Answer(choices=(question.choices[len(question.choices) // 2].code,))
        for question in questionnaire.questions
    }


def timed(label, action, *arguments, repeat=1):
    started = process_time()
    for _ in range(repeat):
        result = action(*arguments)
    print(f"  {label:<58}{(process_time() - started) / repeat:10.4f} s")
    return result


def largest():
    print("2,000 questions of 200 choices")
    text = questionnaire_text(2000, 200)
    questionnaire = timed(f"load ({len(text) / 1e6:.0f} MB)", load, text)
    timed("checksum", checksum, questionnaire)
    timed("dump", dump, questionnaire)
    timed("score, with the gain of every question", score, questionnaire, Profile(), middle_answers(questionnaire))
    whole_command(text, middle_answers(questionnaire))


def whole_command(text, answers):
    with tempfile.TemporaryDirectory() as folder:
        questionnaire, given = Path(folder) / "questionnaire.yaml", Path(folder) / "answers.json"
        questionnaire.write_text(text, encoding="utf-8")
        answers_json = {code: answer.to_json() for code, answer in answers.items()}
        given.write_text(json.dumps({"answers": answers_json}), encoding="utf-8")
        started = perf_counter()
        command = [sys.executable, ROOT / "manage.py", "score_answers", questionnaire, given]
        subprocess.run(command, check=True, capture_output=True)
        print(f"  {'manage.py score_answers, on the clock':<58}{perf_counter() - started:10.4f} s")


def hardest():
    print("2,000 questions, where a step touches the most")
    for label, keys in {
        "one capability, its minimum": {"aggregation": "minimum", "capabilities": 1},
        "one capability, its mean": {"capabilities": 1},
        "every question under a condition on Q0": {"condition": '{answer: Q0, in: ["2", "3", "4"]}'},
        "each step hides all the questions after it": {"condition": '{answer: BEFORE, in: ["2"]}'},
    }.items():
        questionnaire = load(questionnaire_text(2000, 5, **keys))
        timed(label, score, questionnaire, Profile(), middle_answers(questionnaire))


def ordinary():
    print("48 questions of 5 choices, half of them under a condition")
    questionnaire = load(questionnaire_text(48, 5, capabilities=24, condition='{answer: Q0, in: ["2", "3", "4"]}'))
    answers = middle_answers(questionnaire)
    timed("interval, at each saved answer", interval, questionnaire, Profile(), answers, repeat=200)
    timed("score, with gains and shares", score, questionnaire, Profile(), answers, repeat=200)
    tree = build_tree(questionnaire, Profile(), answers)
    timed("gains alone", gains, questionnaire, Profile(), answers, tree, repeat=200)


if __name__ == "__main__":
    largest()
    hardest()
    ordinary()

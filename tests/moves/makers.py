"""A second version of tests/data/small.yaml, with one change of each kind."""

from copy import deepcopy
from datetime import timedelta

from assessment.actions.questionnaire import import_questionnaire, publish
from assessment.maturity.file.format import load_document
from assessment.maturity.file.yaml_reader import read
from tests.factories import DATA, NOON

NEW_QUESTION = {
    "code": "OPS.CYB.3",
    "kind": "choice",
    "text": {"fr": "Testez-vous vos plans ?", "en": "Do you test your plans?"},
    "choices": [
        {"code": "0", "points": 0, "text": {"fr": "Non.", "en": "No."}},
        {"code": "1", "points": 1, "text": {"fr": "Oui.", "en": "Yes."}},
    ],
}


def first_document():
    document, _problems = read((DATA / "small.yaml").read_text())
    return document


def second_document(number="2"):
    """STR.VIS.1 reworded, STR.VIS.2 gone, OPS.MES.1 of another kind, OPS.CYB.1 weighted, OPS.CYB.2 without "1"."""
    document = deepcopy(first_document()) | {"version": number}
    questions = {question["code"]: question for question in every_question(document)}
    questions["STR.VIS.1"]["text"]["en"] = "How far is your digital roadmap today?"
    vision = document["dimensions"][0]["capabilities"][0]
    vision["questions"] = [question for question in vision["questions"] if question["code"] != "STR.VIS.2"]
    questions["OPS.MES.1"]["kind"] = "multiple"
    questions["OPS.CYB.1"]["weight"] = 3
    questions["OPS.CYB.2"]["choices"][1]["code"] = "2"
    document["dimensions"][1]["capabilities"][1]["questions"].append(deepcopy(NEW_QUESTION))
    return document


def every_question(document):
    return [
        question
        for dimension in document["dimensions"]
        for capability in dimension["capabilities"]
        for question in capability["questions"]
    ]


def make_second(number="2", *, document=None, days=1):
    """Publish it the given days after the first one."""
    version = import_questionnaire(definition=load_document(document or second_document(number)))
    publish(version=version, at=NOON + timedelta(days=days))
    version.refresh_from_db()
    return version

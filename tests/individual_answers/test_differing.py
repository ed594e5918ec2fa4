"""Who differs, and by how much, in words: a table to read and sign."""

import pytest

from assessment.models import IndividualAnswer, User
from assessment.reports.assessments.differing import differing
from tests.factories import DATA, FIXTURES, definition_of

SMALL, FULL = definition_of(DATA / "small.yaml"), definition_of(FIXTURES / "questionnaire-2026.2.yaml")
NAMES = ["Ada", "Grace", "Alan", "Mary"]


def told(question, *values):
    rows = [
        IndividualAnswer(user=User(name=name), question=question.code, value=value)
        for name, value in zip(NAMES, values, strict=False)
    ]
    return differing(question, rows)


def chosen(*codes):
    return {"choices": [*codes]}


@pytest.mark.parametrize(
    ("code", "answers", "sentences"),
    [
        ("STR.VIS.1", [chosen("1"), chosen("1")], []),
        ("STR.VIS.1", [chosen("1"), chosen("3")], ["Grace: 2 levels above Ada."]),
        ("STR.VIS.1", [chosen("2"), chosen("2"), chosen("1")], ["Alan: 1 level below Ada and Grace."]),
        (
            "STR.VIS.1",
            [chosen("0"), chosen("2"), chosen("2"), chosen("3")],
            ["Ada: 2 levels below Grace and Alan.", "Mary: 1 level above Grace and Alan."],
        ),
        ("STR.VIS.1", [{"unknown": True}, {"unknown": True}, chosen("1")], ["Ada doesn’t know.", "Grace doesn’t know."]),
        ("STR.VIS.1", [{"unknown": True}, {"unknown": True}], []),
        ("OPS.CYB.1", [chosen("backup"), chosen("backup", "drill")], ["Grace ticks 1 that Ada left out."]),
        ("OPS.CYB.1", [chosen("backup", "drill"), chosen("backup", "drill"), chosen("backup")], ["Alan leaves out 1 that Ada and Grace ticked."]),
        ("OPS.MES.2", [{"number": "10"}, {"number": "12.5"}], ["Grace: 2.5 % of batches more than Ada."]),
        ("OPS.MES.2", [{"number": "10"}, {"number": "10"}, {"number": "4"}], ["Alan: 6 % of batches less than Ada and Grace."]),
        ("STR.VIS.2", [{"text": "Our notebook"}, {"text": "A wiki"}], 1),
        ("OPS.MES.1", [{"not_applicable": "No plant"}, {"not_applicable": "None"}], []),
        ("OPS.MES.1", [{"not_applicable": "No plant"}, chosen("1")], ["Ada finds it not applicable."]),
    ],
)  # fmt: skip
def test_each_person_who_differs_has_a_sentence(code, answers, sentences):
    found = told(SMALL.question(code), *answers)

    assert (len(found) if isinstance(sentences, int) else found) == sentences


def test_ticks_on_both_sides_are_counted_on_both():
    question = next(
        question for question in FULL.questions if question.kind == "multiple" and len(question.choices) > 3
    )
    first, second, third, *_rest = [choice.code for choice in question.choices if not choice.exclusive]

    [sentence] = told(question, chosen(first, second), chosen(first, third))

    assert sentence.endswith("left out, and leaves out 1.")


def test_somebody_who_left_has_no_name():
    question = SMALL.question("STR.VIS.1")
    rows = [IndividualAnswer(user=user, value=chosen(code)) for user, code in [(User(name="Ada"), "1"), (None, "2")]]

    assert differing(question, rows) == ["somebody who left: 1 level above Ada."]

"""The answers file: JSON read strictly, every problem at once."""

import json
from fractions import Fraction

import pytest

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.file import answers_file
from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.format import FormatError
from tests.maturity.documents import (
    make_multiple,
    make_number,
    make_open_question,
    make_question,
    make_questionnaire,
)

QUESTIONNAIRE = make_questionnaire(
    make_question("Q1", allow_not_applicable=True),
    make_multiple("Q2", applies_when={"answer": "Q1", "in": ["4"]}),
    make_number("Q3"),
    make_open_question("Q4"),
)


def problems_of(text, questionnaire=QUESTIONNAIRE):
    with pytest.raises(FormatError) as error:
        load_answers(text if isinstance(text, str) else json.dumps(text), questionnaire)
    return [str(problem) for problem in error.value.problems]


def test_a_profile_and_every_form_of_answer_are_read():
    text = """{"profile": {"sub_sector": "biotech", "size": "small", "activities": ["research"]},
               "answers": {"Q1": {"not_applicable": "No plant"}, "Q2": {"choices": ["0", "2"]}, "Q3": {"number": 0.1},
                           "Q4": {"text": "Été"}}}"""

    assert load_answers(text, QUESTIONNAIRE) == (
        Profile("biotech", "small", frozenset({"research"})),
        {
            "Q1": Answer(not_applicable="No plant"),
            "Q2": Answer(choices=("0", "2")),
            "Q3": Answer(number=Fraction(1, 10)),
            "Q4": Answer(text="Été"),
        },
    )


@pytest.mark.parametrize(
    "text", ['{"answers": {}}', '\ufeff{"answers": {}, "profile": {}}', '{"profile": {"size": null}, "answers": {}}']
)
def test_a_profile_may_say_nothing(text):
    assert load_answers(text, QUESTIONNAIRE) == (Profile(), {})


def test_a_profile_is_free_where_the_questionnaire_lists_nothing():
    questionnaire = make_questionnaire(make_question(), profile={})

    profile, _ = load_answers('{"profile": {"size": "giant", "activities": ["mining"]}, "answers": {}}', questionnaire)

    assert profile == Profile(size="giant", activities=frozenset({"mining"}))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1, column 1: is not JSON (Expecting value): correct it there"),
        ('{"answers":\n{,}}', None),
        ("[]", 'the file: must be an object: {"profile": {…}, "answers": {…}}'),
        ("[" * 100_000, "the file: is nested too deeply: an answer is one object"),
        ({"profile": {}}, "answers: is missing: add it, {} where nothing is answered"),
        ({"answers": []}, "answers: must be an object: {…}"),
        ({"answers": {}, "profile": "biotech"}, "profile: must be an object: {…}"),
        ({"answers": {}, "company": "Acme"}, "company: is not a key of an answers file: remove it"),
        ('{"answers": {}, "answers": {}}', "answers: is given twice: keep one"),
        ({"answers": {}, "profile": {"colour": "red"}}, "profile.colour: is not a key of a profile: remove it"),
        ('{"answers": {}, "profile": {"size": "small", "size": "large"}}', "profile.size: is given twice: keep one"),
        ({"answers": {}, "profile": {"size": 3}}, "profile.size: must be a text in quotes"),
        (
            {"answers": {}, "profile": {"size": "giant"}},
            "profile.size: giant is not in the questionnaire's list: choose among small, large",
        ),
        (
            {"answers": {}, "profile": {"activities": "research"}},
            'profile.activities: must be a list of texts, such as ["research"]',
        ),
        (
            {"answers": {}, "profile": {"activities": ["research", "mining"]}},
            "profile.activities[1]: mining is not in the questionnaire's list: choose among research, manufacturing",
        ),
        (
            {"answers": {"Q9": {"choices": ["0"]}}},
            "Q9: is not the code of a question of test 1: correct it, or remove the answer",
        ),
        ('{"answers": {"Q1": {"choices": ["0"]}, "Q1": {"choices": ["0"]}}}', "Q1: is given twice: keep one"),
        ('{"answers": {"Q1": {"choices": ["0"], "choices": ["1"]}}}', "Q1: gives choices twice: keep one"),
        ({"answers": {"Q1": {"choices": ["9"]}}}, "Q1: “9” is not a choice here: choose among 0, 1, 2, 3, 4."),
        # Hidden by Q1, and yet a file that says it is mistaken.
        ({"answers": {"Q2": {"choices": ["9"]}}}, "Q2: “9” is not a choice here: choose among 0, 1, 2."),
        ({"answers": {"Q1": "0"}}, "Q1: give exactly one of choices, number, text, unknown or not_applicable"),
        ({"answers": {"Q1": {"not_applicable": ""}}}, "Q1: Say why this is not applicable."),
        (
            {"answers": {"Q2": {"not_applicable": "No plant"}}},
            "Q2: “Not applicable” is not possible here: give an answer.",
        ),
        ({"answers": {"Q3": {"number": 101}}}, "Q3: Give a number from 0 to 100."),
        ('{"answers": {"Q3": {"number": NaN}}}', "Q3: number has at most 15 digits before the point, 60 after it"),
        (
            '{"answers": {"Q3": {"number": -Infinity}}}',
            "Q3: number has at most 15 digits before the point, 60 after it",
        ),
        ('{"answers": {"Q3": {"number": 1e999999999999999999999}}}', None),
        ('{"answers": {"Q3": {"number": 1e-999999999}}}', None),
        ('{"answers": {"Q3": {"number": %s}}}' % ("9" * 10_000), None),
        ({"answers": {"Q4": {"text": "\ud800"}}}, "Q4: Remove the characters that are not text."),
    ],
)
def test_a_problem_has_its_place(text, problem):
    found = problems_of(text)

    assert len(found) == 1
    if problem is not None:
        assert found == [problem]


def test_all_problems_come_at_once():
    found = problems_of(
        {"profile": {"size": 3, "colour": 1}, "answers": {"Q9": {}, "Q1": {}, "Q3": {"number": "1"}}, "x": 1}
    )

    assert [problem.split(":")[0] for problem in found] == ["x", "profile.colour", "profile.size", "Q9", "Q1", "Q3"]


def test_a_file_beyond_all_measure_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(answers_file, "LARGEST", 10)

    assert problems_of(" " * 11) == ["the file: is larger than 10 characters: shorten it"]

"""Ten companies read by two people who did not know each other's answers: the wording of the levels decides."""

import pytest

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.states import State, states
from tests.content.material import FIXTURES, FULL, HERE, plain, questionnaire

COMPANIES = plain(HERE / "companies.yaml")
PAGE = (FIXTURES.parent / "docs/questionnaire.md").read_text(encoding="utf-8")

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company["name"])


def test_two_readers_take_the_same_level_nine_times_in_ten():
    pairs = [(one, other) for company in COMPANIES for _words, one, other in company["says"].values()]

    alike = sum(one == other for one, other in pairs)

    assert len(pairs) == 282
    assert alike / len(pairs) >= 0.9


@each_company
def test_a_company_is_read_on_each_choice_question_that_it_is_asked(company):
    profile = Profile(**company["profile"] | {"activities": frozenset(company["profile"]["activities"])})
    whole = questionnaire(FULL)
    answers = {code: answer(level) for code, (_words, level, _other) in company["says"].items()}
    found = states(whole, profile, answers)

    asked = {q.code for q in whole.questions if q.kind == "choice" and found[q.code] is not State.HIDDEN}

    assert set(company["says"]) == asked


@each_company
def test_who_is_not_concerned_may_say_so(company):
    outside = [code for code, (_words, level, _other) in company["says"].items() if level is None]

    assert [code for code in outside if not questionnaire(FULL).question(code).allow_not_applicable] == []


def answer(level: int | None) -> Answer:
    return Answer(not_applicable="–") if level is None else Answer(choices=(str(level),))


def test_every_level_is_somebody_s():
    """No level so high, or so odd, that none of ten companies is there."""
    levels = {(code, level) for company in COMPANIES for code, (_words, level, _other) in company["says"].items()}

    assert {level for _code, level in levels if level is not None} == {0, 1, 2, 3, 4}
    assert len(levels) >= 110


@each_company
def test_the_page_says_the_words_that_decide(company):
    shown = [
        f"{words} `{code} {'–' if level is None else level}`"
        for code, (words, level, _other) in company["says"].items()
    ]

    assert [words for words in shown if words not in PAGE] == []


def test_the_page_has_a_row_for_each_question():
    rows = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")}

    assert rows == {question.code for question in questionnaire(FULL).questions}

"""Companies and answers as they are drawn, before anything is stored."""

from collections import Counter
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from assessment.maturity.answers import check_answer
from assessment.maturity.file import format as questionnaire_format
from assessment.maturity.scoring import score
from assessment.maturity.states import is_complete, states
from assessment.models import Company, Size, SubSector
from assessment.rules.answers import engine_answer, profile_of
from demo.answers import answers
from demo.fiction import Visit, draw, name

ROOT = Path(__file__).resolve().parent.parent.parent
NOON = datetime(2026, 6, 8, 12, 0, tzinfo=UTC)
FILES = [ROOT / "fixtures/questionnaire-2026.2.yaml", ROOT / "tests/data/small.yaml"]
A_YEAR_AGO, TODAY = Visit(0, 365, 1, 1), Visit(1, 0, 1, 1)


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def questionnaire(request):
    return questionnaire_format.load(request.param.read_text())


def company(fiction):
    return Company(sub_sector=fiction.sub_sector, size=fiction.size, activities=fiction.activities)


def given(fiction, questionnaire, visit=TODAY):
    drawn = answers(fiction=fiction, visit=visit, company=company(fiction), questionnaire=questionnaire)
    return {one.question: engine_answer(one.value) for one in drawn}


def test_the_same_number_and_seed_are_the_same_company(questionnaire):
    first, again, other = draw(7, "a"), draw(7, "a"), draw(7, "b")

    assert first == again
    assert given(first, questionnaire) == given(again, questionnaire)
    assert first.id != other.id
    assert first.name != other.name


def test_the_first_companies_show_every_trade_in_every_size():
    drawn = [(fiction.sub_sector, fiction.size) for fiction in (draw(number, "2026") for number in range(35))]

    assert sorted(drawn) == sorted(product(SubSector.values, Size.values))


def test_every_company_has_its_own_name_that_says_it_is_fictional():
    names = [name(number, "2026", sub_sector) for number in range(20_000) for sub_sector in ["pharma", "service"]]

    assert len(set(names)) == len(names)
    assert [each for each in names if not each.endswith(" (fictif)")] == []


def test_larger_companies_are_usually_further_on():
    drawn = [draw(number, "2026") for number in range(35, 1500)]
    mean = {
        size: sum(each.maturity for each in drawn if each.size == size) / sum(each.size == size for each in drawn)
        for size in Size.values
    }

    assert sorted(Size.values, key=mean.get) == Size.values


def test_a_company_that_submitted_answered_everything_that_concerns_it_validly(questionnaire):
    for number in range(70):
        fiction = draw(number, "2026")
        found = given(fiction, questionnaire)

        problems = {code: check_answer(questionnaire.question(code), answer) for code, answer in found.items()}
        state = states(questionnaire, profile_of(company(fiction)), found)
        assert {code: listed for code, listed in problems.items() if listed} == {}
        assert is_complete(questionnaire, state)


def test_answers_vary_as_people_do():
    questionnaire = questionnaire_format.load(FILES[0].read_text())
    drawn = [
        one
        for fiction in (draw(number, "2026") for number in range(100))
        for one in answers(fiction=fiction, visit=TODAY, company=company(fiction), questionnaire=questionnaire)
    ]

    of_states = Counter(one.state for one in drawn)
    assert 0.005 < of_states["unknown"] / len(drawn) < 0.05
    assert 0.002 < of_states["not_applicable"] / len(drawn) < 0.03
    assert 0.05 < sum(bool(one.comment) for one in drawn) / len(drawn) < 0.2
    assert 0.03 < sum(bool(one.evidence) for one in drawn) / len(drawn) < 0.2


def test_scores_spread_over_the_levels():
    questionnaire = questionnaire_format.load(FILES[0].read_text())
    fictions = [draw(number, "2026") for number in range(100)]
    results = [
        score(questionnaire, profile_of(company(each)), given(each, questionnaire)).to_json() for each in fictions
    ]

    assert sorted({result["overall"]["level"] for result in results}) == [1, 2, 3, 4, 5]


def test_companies_come_back_further_on(questionnaire):
    def overall(fiction, visit):
        found = given(fiction, questionnaire, visit)
        return float(score(questionnaire, profile_of(company(fiction)), found).to_json()["overall"]["score"])

    fictions = [draw(number, "2026") for number in range(30)]
    gained = [overall(fiction, TODAY) - overall(fiction, A_YEAR_AGO) for fiction in fictions]

    assert 2 < sum(gained) / len(gained) < 20


def test_an_assessment_under_way_has_the_first_answers_only(questionnaire):
    fiction = draw(3, "2026")
    whole = list(given(fiction, questionnaire))

    half = list(given(fiction, questionnaire, Visit(1, 0, 1, 0.5)))

    assert half == whole[: round(len(whole) / 2)]


def test_the_company_people_sign_in_to_has_a_past_and_something_to_go_on_with():
    assert [visit.submitted for visit in draw(0, "any").visits] == [True, True, False]

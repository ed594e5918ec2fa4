"""What is filled in is what is stored: twenty companies, each trade and size, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from assessment.exchange.answer_cells import choice_label, not_applicable_label, unknown_label
from assessment.maturity.scoring import score
from assessment.maturity.states import State, states
from assessment.rules.answers import engine_answers
from tests.content.material import FULL, questionnaire, typical_companies
from tests.factories import FIXTURES, make_assessment, make_company, make_version
from tests.workbook.books import Book, agree, answers_of, fill_in, stored, upload

TWENTY = [company for place, company in enumerate(typical_companies()) if place % 7 < 4]
YES = {"fr": ["oui", "x", 1], "en": ["yes", "X", True]}


def test_there_are_twenty_examples_of_every_trade_and_size():
    assert len(TWENTY) == 20
    assert len({company.profile.sub_sector for company in TWENTY}) == 7
    assert len({company.profile.size for company in TWENTY}) == 5


@pytest.fixture
def published(db):
    return make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")


def company_like(profile, person):
    return make_company(
        member=person, sub_sector=profile.sub_sector, size=profile.size, activities=sorted(profile.activities)
    )


def words(language):
    with translation.override(language):
        return {
            "yes": YES[language],
            "unknown": unknown_label(),
            "not_applicable": not_applicable_label(),
            "choice": lambda question, code: choice_label(question.choice(code), language),
        }


@pytest.mark.parametrize("example", TWENTY, ids=str)
def test_what_is_filled_in_is_what_is_stored(signed_in, person, published, example):
    place = TWENTY.index(example)
    language = ["fr", "en"][place % 2]
    assessment = make_assessment(company=company_like(example.profile, person), version=published)
    asked = [
        question
        for question in questionnaire(FULL).questions
        if states(questionnaire(FULL), example.profile, {})[question.code] is not State.HIDDEN
    ]
    answers = answers_of(asked, place)
    with translation.override(language):
        book = Book(signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk])).content)
    fill_in(book, asked, answers, words=words(language))

    shown = upload(signed_in, assessment, book.saved())
    before = stored(assessment)
    agree(signed_in, assessment, shown)

    assert before == {}
    assert len(shown.context["foreseen"].safe) == len(answers) >= 30
    assert stored(assessment) == answers
    assert score(questionnaire(FULL), example.profile, engine_answers(assessment.answers.all())).coverage.answered > 20


def test_a_workbook_of_stored_answers_changes_nothing(signed_in, person, published):
    profile = TWENTY[5].profile
    assessment = make_assessment(company=company_like(profile, person), version=published)
    asked = list(questionnaire(FULL).questions)
    book = Book(signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk])).content)
    fill_in(book, [q for q in asked if q.code in book.rows], answers_of(asked, 3), words=words("en"))
    agree(signed_in, assessment, upload(signed_in, assessment, book.saved()))
    kept = stored(assessment)
    assert len(kept) > 30

    for language in ["fr", "en"]:
        with translation.override(language):
            again = Book(signed_in.get(reverse("assessment_workbook_file", args=[assessment.pk])).content)
        shown = upload(signed_in, assessment, again.saved())

        assert shown.context["foreseen"].changes == []
        assert shown.context["foreseen"].same == len(kept)
    assert stored(assessment) == kept

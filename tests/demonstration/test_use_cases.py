"""The fictional use cases: told by the company that fits, selected where its result supports it, told once."""

import pytest

from assessment.models import Activity, Publication, UseCase
from assessment.models.compiled import compiled
from demo.usecases import seed_use_cases, told
from tests.factories import FIXTURES, NOON, make_company, make_result, make_staff, make_user, make_version
from tests.usecases.makers import make_use_case

pytestmark = pytest.mark.django_db


def best(question):
    if question.kind == "number":
        return {"number": str(question.maximum)}
    choices = [choice for choice in question.choices if not choice.exclusive]
    top = max(choice.points for choice in choices)
    return {"choices": [choice.code for choice in choices if question.kind == "multiple" or choice.points == top][:99]}


def test_a_case_told_by_a_company_at_the_top_levels_is_selected_with_its_reason_in_both_languages():
    version = make_version(file=FIXTURES / "questionnaire-2026.1.yaml")
    manager = make_user()
    company = make_company(member=manager, fictional=True, activities=Activity.values)
    answers = {question.code: best(question) for question in compiled(version).questions}
    make_result(company=company, by=manager, version=version, answers=answers)
    make_staff(group="reviewer")

    assert seed_use_cases(at=NOON) == 1  # one company tells one case

    [case] = UseCase.objects.filter(company=company)
    assert (case.title_fr, case.position) == (told()[0]["fr"]["title"], 1)
    assert case.label_reason == "\n".join(told()[0]["selected"][language] for language in ["fr", "en"])
    assert Publication.objects.get().labelled is True


def test_a_company_without_a_result_tells_a_case_that_is_not_selected():
    make_version()
    company = make_company(member=make_user(), fictional=True)
    make_staff(group="reviewer")

    assert seed_use_cases(at=NOON) == 1

    assert list(UseCase.objects.filter(company=company).values_list("labelled_at", flat=True)) == [None]


def test_what_was_told_already_is_not_told_again():
    make_version()
    company = make_company(member=make_user(), fictional=True)
    for case in told():
        make_use_case(company=company, by=company.members.get(), title_fr=case["fr"]["title"])

    assert seed_use_cases(at=NOON) == 0
    assert UseCase.objects.count() == len(told())

import pytest

from tests.factories import make_assessment, make_company, make_membership, make_user
from tests.workbook.books import MAKER


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person, **MAKER))


@pytest.fixture
def colleague(assessment):
    user = make_user(email="grace@company.example", name="Grace")
    make_membership(company=assessment.company, user=user)
    return user

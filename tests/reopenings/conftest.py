"""A submitted assessment, its request to be opened again, and who decides."""

import pytest

from assessment.actions.reopenings import ask
from tests.factories import NOON, make_company, make_result, make_staff


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person)


@pytest.fixture
def asked(result, person):
    return ask(assessment=result.assessment, reason="A figure was wrong.", by=person, at=NOON)


@pytest.fixture
def reviewer(db):
    return make_staff(group="reviewer")

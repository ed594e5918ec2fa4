"""A result, and a new assessment that begins with its answers."""

import pytest

from assessment.actions.carrying import start_from
from tests.carrying.makers import GIVEN, LATER
from tests.factories import make_company, make_result, make_version


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person, answers=GIVEN)


@pytest.fixture
def carried(result, person):
    return start_from(result=result, version=make_version(), by=person, at=LATER)

import pytest

from assessment.actions.individual_answers import open_consultation
from assessment.models import Consultation
from tests.factories import make_assessment, make_company, make_membership, make_user


@pytest.fixture
def assessment(person):
    """Of a company that Ada manages."""
    return make_assessment(company=make_company(member=person))


@pytest.fixture
def colleague(assessment):
    grace = make_user(email="grace@company.example", name="Grace")
    make_membership(company=assessment.company, user=grace)
    return grace


@pytest.fixture
def reader(assessment):
    joan = make_user(email="joan@company.example", name="Joan")
    make_membership(company=assessment.company, user=joan, role="reader")
    return joan


@pytest.fixture
def asked(assessment, person):
    """The consultation on operations: OPS.CYB.1 and OPS.CYB.2 for this company."""
    open_consultation(assessment=assessment, dimension="OPS", by=person)
    return Consultation.objects.get()

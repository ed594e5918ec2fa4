from datetime import date, timedelta
from uuid import UUID

import pytest

from assessment.actions.results import submit
from assessment.models import Campaign
from tests.factories import COMPLETE, NOON, answer, make_assessment, make_colleague, make_company, make_version


def submitted(*, company, answers=COMPLETE, at=NOON, said=None, **fields):
    """Return the result of an assessment with these answers, the first with what is ``said`` of it."""
    assessment = make_assessment(company=company, started_at=at - timedelta(days=1), **fields)
    by = make_colleague(of=assessment)
    for question, value in answers.items():
        state = next((name for name in ["unknown", "not_applicable"] if name in value), "answered")
        answer(assessment=assessment, by=by, question=question, value=value, state=state, **(said or {}))
        said = None
    return submit(assessment=assessment, by=by, at=at)


@pytest.fixture
def acme(db):
    """All known, no plant, outside any campaign."""
    company = make_company(
        id=UUID(int=1), name='Acme "Santé"; SA', siren="732829320", activities=["research", "software"], fictional=True
    )
    return submitted(company=company, answers=COMPLETE, id=UUID(int=11))


@pytest.fixture
def beta(db):
    """A plant; one number unknown, so that the score is an interval; in a campaign; an hour after acme."""
    company = make_company(
        id=UUID(int=2), name="=Beta", sub_sector="pharma", size="midcap", region="FR-ARA", activities=["manufacturing"]
    )
    answers = {
        "STR.VIS.1": {"choices": ["1"]},
        "OPS.MES.1": {"choices": ["2"]},
        "OPS.MES.2": {"unknown": True},
        "OPS.CYB.1": {"choices": ["backup", "drill"]},
        "OPS.CYB.2": {"choices": ["1"]},
    }
    campaign = Campaign.objects.create(
        title="Printemps", version=make_version(), opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 1)
    )
    at = NOON + timedelta(hours=1)
    return submitted(company=company, answers=answers, at=at, campaign=campaign, path="full", id=UUID(int=12))

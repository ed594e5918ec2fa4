"""A company with one of everything that an address or a form names by a number."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from assessment.actions.calendars import make_key
from assessment.actions.individual_answers import open_consultation
from assessment.actions.usecases import start
from assessment.models import Action, Bookmark, Campaign
from tests.contract.records import store_real_contract
from tests.factories import make_assessment, make_company, make_membership, make_result, make_user, make_version
from tests.individual_answers.makers import NOBODY, individual
from tests.moves.makers import make_second

HOSTILE = ["-1", str(2**31), str(2**63), str(2**64), "9" * 5000, "1e999999", "NaN"]


def failures(client, asked):
    """Return what failed of the requests (method, address, data), shortened to be read."""
    client.raise_request_exception = False
    return [
        (method, path[:80], str(data)[:200])
        for method, path, data in asked
        if getattr(client, method)(path, data).status_code >= 500
    ]


@dataclass
class World:
    person: Any
    company: Any
    assessment: Any
    result: Any
    use_case: Any
    campaign: Any
    bookmark: Any
    colleague: Any
    second_factor: Any
    action: Any
    token: str


def make_world():
    """The person manages the company, whose open assessment may move to a newer version."""
    store_real_contract()
    person, colleague = make_user(email="ada@company.example", name="Ada"), make_user(name="Grace")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    company = make_company(member=person, fictional=True)
    first = make_version()
    campaign = Campaign.objects.create(title="Spring", version=first, opens_on="2026-01-01", closes_on="2026-12-31")
    result = make_result(company=company, by=person)
    assessment = make_assessment(company=company)
    open_consultation(assessment=assessment, dimension="OPS", by=person)
    individual(asked=assessment.consultations.get(), by=person, answers=NOBODY)
    use_case = start(company=company, by=person)
    make_second()
    action = Action.objects.create(company=company, question="OPS.CYB.1", dimension="OPS", title="A step")
    return World(
        person=person,
        company=company,
        assessment=assessment,
        result=result,
        use_case=use_case,
        campaign=campaign,
        bookmark=Bookmark.objects.create(use_case=use_case, company=company, by=person),
        colleague=make_membership(company=company, user=colleague),
        second_factor=Authenticator.objects.create(user=person, type="totp", data={"secret": "x"}),
        action=action,
        token=make_key(membership=company.memberships.get(user=person)),
    )

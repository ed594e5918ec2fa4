import re

import pytest
from django.core import mail
from django.core.cache import cache

from assessment.actions import team
from tests.factories import make_assessment, make_company
from tests.people.makers import make_person

ADDRESS = "bob@company.example"


@pytest.fixture(autouse=True)
def _fresh(client):
    """No rate limit of an earlier test counts."""
    cache.clear()


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def assessment(company):
    return make_assessment(company=company)


@pytest.fixture
def token_sent():
    """The token of the last message."""
    return lambda: re.search(r"\?token=(\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def invited(company, person, token_sent, django_capture_on_commit_callbacks):
    """An invitation with its ``token``."""
    with django_capture_on_commit_callbacks(execute=True):
        invitation = team.invite(company=company, email=ADDRESS, role="contributor", by=person)
    invitation.token = token_sent()
    return invitation


@pytest.fixture
def bob():
    return make_person(email=ADDRESS, name="Bob")

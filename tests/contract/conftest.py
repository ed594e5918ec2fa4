from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from tests.factories import make_user

FIXTURE = Path(__file__).parents[2] / "fixtures" / "contract.json"


@pytest.fixture
def real_contract(db):
    """The records that come with the software."""
    call_command("loaddata", FIXTURE, verbosity=0)


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff(client, db):
    user = make_user(email="staff@csf.example", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client

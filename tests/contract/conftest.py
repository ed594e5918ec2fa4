import pytest
from django.utils import translation

from tests.contract.records import store_real_contract
from tests.factories import make_user


@pytest.fixture
def real_contract(db):
    """The records that come with the software."""
    store_real_contract()


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff(client, db):
    user = make_user(email="staff@csf.example", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client

import pytest
from django.utils import translation

from assessment.reports import catalogue
from tests.factories import make_user


@pytest.fixture(autouse=True)
def in_english():
    """Pages and messages are checked in English unless a test says otherwise."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_of_the_showcase_in_memory():
    """What a test stores is rolled back behind the memory's back."""
    catalogue.kept.clear()


@pytest.fixture
def person(db):
    """Somebody with an account, in no company."""
    return make_user(email="ada@company.example", name="Ada")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client

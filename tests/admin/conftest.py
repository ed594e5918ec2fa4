import pytest

from tests.factories import make_staff


@pytest.fixture
def reviewer(db):
    return make_staff(group="reviewer", email="reviewer@csf.example")


@pytest.fixture
def desk(client, reviewer):
    """A browser where a reviewer is signed in."""
    client.force_login(reviewer)
    return client

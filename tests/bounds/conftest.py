import pytest

from tests.bounds.world import make_world


@pytest.fixture
def world(db):
    return make_world()

import pytest

from tests.numbers.world import make_world


@pytest.fixture
def world(db):
    return make_world()

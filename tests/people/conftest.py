import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(client):
    """Pages are asked for in English, and no rate limit of an earlier test counts."""
    cache.clear()
    with translation.override("en"):
        yield

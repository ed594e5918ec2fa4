"""Two exports at a time over all processes: what counts them is in the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from assessment.exchange.slots import take_slot

CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_of_slots"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one writer")
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_ask_at_the_same_moment_two_export():
    def ask(_number):
        try:
            return take_slot() is not None
        finally:
            connections.close_all()

    with override_settings(CACHES={"default": CACHE}):
        call_command("createcachetable", verbosity=0)
        with ThreadPoolExecutor(8) as threads:
            taken = list(threads.map(ask, range(8)))

    assert sum(taken) == 2

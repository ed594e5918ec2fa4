"""For every test: no surprise from the network, the clock or a database flush."""

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseOperations as SQLite

from tests.flush import spare_triggers

for operations_class in (SQLite, PostgreSQL):
    spare_triggers(operations_class)


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="leave out the tests that ask for no database")
    parser.addoption("--without-database", action="store_true", help="leave out the tests that ask for one")


def pytest_collection_modifyitems(config, items):
    # `make test` looks for them there alone
    elsewhere = [
        item.nodeid for item in items if item.get_closest_marker("browser") and "tests/browser/" not in item.nodeid
    ]
    if elsewhere:
        raise pytest.UsageError(f"A browser test belongs in tests/browser/: {elsewhere[0]}")
    for option, wanted in [("database_only", True), ("without_database", False)]:
        if config.getoption(option):
            config.hook.pytest_deselected(items=[item for item in items if asks_for_a_database(item) != wanted])
            items[:] = [item for item in items if asks_for_a_database(item) == wanted]


def asks_for_a_database(item):
    fixtures = {"db", "transactional_db", "live_server"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(item.fixturenames)

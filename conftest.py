"""For every test: no surprise from the network, the clock or a database flush."""

from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseOperations as SQLite

from tests.flush import spare_triggers

for operations_class in (SQLite, PostgreSQL):
    spare_triggers(operations_class)


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="leave out the tests that ask for no database")


def pytest_collection_modifyitems(config, items):
    if config.getoption("database_only"):
        aside = [item for item in items if not asks_for_a_database(item)]
        config.hook.pytest_deselected(items=aside)
        items[:] = [item for item in items if asks_for_a_database(item)]


def asks_for_a_database(item):
    fixtures = {"db", "transactional_db", "live_server"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(item.fixturenames)

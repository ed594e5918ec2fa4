"""For every test: no surprise from the network, the clock or a database flush."""

from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseOperations as SQLite

from tests.flush import spare_triggers

for operations_class in (SQLite, PostgreSQL):
    spare_triggers(operations_class)

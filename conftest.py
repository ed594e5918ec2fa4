"""For every test: no surprise from the network, the clock or a database flush."""

from django.db.backends.sqlite3.base import DatabaseOperations

from tests.flush import spare_triggers

spare_triggers(DatabaseOperations)

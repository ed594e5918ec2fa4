"""Let transactional tests empty a SQLite database whose triggers refuse deletion.

PostgreSQL empties by TRUNCATE, which row triggers don't see. On SQLite a flush is a DELETE on each table: the
triggers are taken away for its duration and put back, within the same list of statements.
"""

from django.db import connection


def spare_triggers(operations_class):
    plain = operations_class.sql_flush

    def sql_flush(self, style, tables, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drops = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*drops, *plain(self, style, tables, **options), *(sql for _, sql in triggers)]

    operations_class.sql_flush = sql_flush

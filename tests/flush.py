"""Let transactional tests empty a database whose triggers refuse it, and only what holds anything.

A flush is a DELETE on each table on SQLite: the triggers are taken away for its duration and put back, within the same
list of statements. On PostgreSQL it would be a TRUNCATE of ninety tables, which writes files anew for each of them and
each of their indexes: 2.4 s on a busy machine, where deleting from those that hold rows takes 20 ms. What a migration
filled in stays: the staff groups and their permissions.
"""

from django.db import connection

TRIGGERS = "SELECT 'DROP TRIGGER \"' || name || '\"', sql FROM sqlite_master WHERE type = 'trigger'"
KEPT = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type"}


def spare_triggers(operations_class):
    plain = operations_class.sql_flush

    def sqlite(self, style, tables, **options):
        rows = queried(TRIGGERS)
        return [
            *(away for away, _back in rows),
            *plain(self, style, [table for table in tables if table not in KEPT], **options),
            *(back for _away, back in rows),
        ]

    def postgresql(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        held = [self.quote_name(table) for table in holding_rows(self, set(tables) - KEPT)]
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in held),
            *(f"DELETE FROM {table}" for table in held),
            "SET CONSTRAINTS ALL IMMEDIATE",  # a table with rows still to be checked can't be altered
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in held),
            *(
                self.sequence_reset_by_name_sql(style, connection.introspection.sequence_list())
                if reset_sequences
                else []
            ),
        ]

    operations_class.sql_flush = sqlite if "sqlite" in operations_class.__module__ else postgresql


def holding_rows(operations, tables):
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {operations.quote_name(table)})" for table in sorted(tables)]
    return [table for (table,) in queried(" UNION ALL ".join(asked))] if asked else []


def queried(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()

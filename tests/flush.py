"""Let transactional tests empty a database whose triggers refuse it.

A flush is a DELETE on each table on SQLite, a TRUNCATE on PostgreSQL: the triggers are taken away for its duration and
put back, within the same list of statements. What a migration filled in stays: the staff groups and their permissions.
"""

from django.db import connection

TRIGGERS = {
    "sqlite": "SELECT 'DROP TRIGGER \"' || name || '\"', sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT 'ALTER TABLE ' || tgrelid::regclass || ' DISABLE TRIGGER ' || tgname, "
    "'ALTER TABLE ' || tgrelid::regclass || ' ENABLE TRIGGER ' || tgname "
    "FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE '%truncate'",
}


KEPT = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type"}


def spare_triggers(operations_class):
    plain = operations_class.sql_flush

    def sql_flush(self, style, tables, **options):
        with connection.cursor() as cursor:
            cursor.execute(TRIGGERS[connection.vendor])
            triggers = cursor.fetchall()
        away, back = [row[0] for row in triggers], [row[1] for row in triggers]
        emptied = [table for table in tables if table not in KEPT]
        return [*away, *plain(self, style, emptied, **options), *back]

    operations_class.sql_flush = sql_flush

"""A version published once by a process, then put back row by row: most tests begin with one, and few are about it.

To import and publish the smallest questionnaire takes longer than most tests take after it.
"""

from django.db import connection

from assessment.models import Band, Capability, Choice, Dimension, Level, Question, Questionnaire, Version

MODELS = [Questionnaire, Version, Level, Dimension, Capability, Question, Choice, Band, Version.history.model]
DRAFT = {"status": "draft", "published_at": None, "checksum": ""}  # nothing else may be inserted, nor filled
PUBLISH = "UPDATE assessment_version SET status = %s, published_at = %s, checksum = %s"
kept = {}  # by what was published: the rows of each table, and what publishing wrote


def nothing_stored():
    return not Questionnaire.objects.exists() and not Version.history.exists()


def keep(key):
    """Remember every row of the tables, which hold this version alone."""
    tables = {model._meta.db_table: rows_of(model._meta.db_table) for model in MODELS}
    (version,) = tables["assessment_version"]
    tables["assessment_version"] = [version | DRAFT]
    kept[key] = tables, [version[column] for column in DRAFT]


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]


def put_back(key):
    tables, life = kept[key]
    with connection.cursor() as cursor:
        for table, rows in tables.items():
            if rows:
                holders = ", ".join(["%s"] * len(rows[0]))
                insert = f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({holders})"
                cursor.executemany(insert, [list(row.values()) for row in rows])
        cursor.execute(PUBLISH, life)

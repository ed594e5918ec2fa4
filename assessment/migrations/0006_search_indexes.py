"""Full-text indexes of public use cases, where the database has them."""

from django.db import migrations

INDEXES = {"french": "search_fr", "english": "search_en"}


def create(apps, schema_editor):
    """Without a pending list, which makes the planner shun the index and read every text instead."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for language, column in INDEXES.items():
        schema_editor.execute(
            f"CREATE INDEX publication_{column} ON assessment_publication "
            f"USING gin (to_tsvector('{language}'::regconfig, COALESCE({column}, ''))) WITH (fastupdate = off)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in INDEXES.values():
            schema_editor.execute(f"DROP INDEX publication_{column}")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_triggers")]
    operations = [migrations.RunPython(create, drop)]

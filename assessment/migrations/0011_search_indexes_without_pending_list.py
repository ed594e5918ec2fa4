"""Keep new publications out of a pending list: it makes the planner shun the index, and read every text instead."""

from django.db import migrations

INDEXES = ["publication_search_fr", "publication_search_en"]


def write_at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"ALTER INDEX {index} SET (fastupdate = off)")
            schema_editor.execute(f"SELECT gin_clean_pending_list('{index}'::regclass)")


def write_later(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"ALTER INDEX {index} RESET (fastupdate)")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0010_answering_together")]
    operations = [migrations.RunPython(write_at_once, write_later)]

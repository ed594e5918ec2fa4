"""Full-text indexes where the database has them, and what each staff group may do with use cases."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

REVIEWED = ["usecase", "interest"]
SEEN = ["publication", "bookmark"]
INDEXES = {"french": "search_fr", "english": "search_en"}


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for language, column in INDEXES.items():
        schema_editor.execute(
            f"CREATE INDEX publication_{column} ON assessment_publication "
            f"USING gin (to_tsvector('{language}'::regconfig, COALESCE({column}, '')))"
        )


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in INDEXES.values():
            schema_editor.execute(f"DROP INDEX publication_{column}")


def grant(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    create_permissions(installed.get_app_config("assessment"), apps=apps, verbosity=0)
    codes = [
        *[f"{action}_{model}" for action in ["view", "change"] for model in REVIEWED],
        *[f"view_{model}" for model in SEEN],
        "publish_usecase",
        "label_usecase",
    ]
    found = list(Permission.objects.filter(content_type__app_label="assessment", codename__in=codes))
    missing = set(codes) - {permission.codename for permission in found}
    if missing:
        raise LookupError(f"No such permission: {', '.join(sorted(missing))}")
    for name in ["reviewer", "administrator"]:
        Group.objects.get(name=name).permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0007_use_cases")]
    operations = [
        migrations.RunPython(make_indexes, drop_indexes),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

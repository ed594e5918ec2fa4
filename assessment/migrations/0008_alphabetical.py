from django.db import migrations

import language.expressions


def create(apps, schema_editor):
    """Lists of companies begin with the first hundred: read off the index, where the database has the function itself."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            'CREATE INDEX company_alphabetical ON assessment_company ((alphabetical(name) COLLATE "C"), id)'
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX company_alphabetical")


class Migration(migrations.Migration):
    dependencies = [("language", "0001_functions"), ("assessment", "0007_staff_groups")]
    operations = [
        migrations.AlterModelOptions(
            name="company",
            options={
                "ordering": [language.expressions.Alphabetical("name"), "pk"],
                "verbose_name": "company",
                "verbose_name_plural": "companies",
            },
        ),
        migrations.RunPython(create, drop),
    ]

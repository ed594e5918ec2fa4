import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OLD, NEW = "ownanswer", "individualanswer"
# What PostgreSQL named after the table, and does not rename with it; a constraint's index follows its constraint.
NAMED_AFTER = {
    "ALTER TABLE {table} RENAME CONSTRAINT {name} TO {renamed}": """
        SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND starts_with(conname, %s)""",
    "ALTER INDEX {name} RENAME TO {renamed}": """
        SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid
        WHERE indrelid = %s::regclass AND starts_with(relname, %s)""",
    "ALTER SEQUENCE {name} RENAME TO {renamed}": """
        SELECT relname FROM pg_depend JOIN pg_class ON oid = objid AND relkind = 'S'
        WHERE refobjid = %s::regclass AND starts_with(relname, %s)""",
}


def rename_permissions(apps, old, new):
    for permission in apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="assessment", codename__endswith=f"_{old}"
    ):
        permission.codename = permission.codename.replace(old, new)
        permission.save()


def rename_what_is_named_after_it(schema_editor, table, old, new):
    if schema_editor.connection.vendor != "postgresql":
        return  # SQLite names constraints in the table itself, which the operations make anew
    for statement, names in NAMED_AFTER.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(names, [table, f"assessment_{old}"])
            rows = cursor.fetchall()
        for (name,) in rows:
            renamed = name.replace(old, new, 1)[:63]
            schema_editor.execute(
                statement.format(
                    table=schema_editor.quote_name(table),
                    name=schema_editor.quote_name(name),
                    renamed=schema_editor.quote_name(renamed),
                )
            )


def forwards(apps, schema_editor):
    rename_permissions(apps, OLD, NEW)
    rename_what_is_named_after_it(schema_editor, f"assessment_{NEW}", OLD, NEW)


def backwards(apps, schema_editor):
    rename_permissions(apps, NEW, OLD)
    rename_what_is_named_after_it(schema_editor, f"assessment_{NEW}", NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0017_introductions")]
    operations = [
        migrations.RemoveConstraint(model_name="ownanswer", name="ownanswer_once_per_person"),
        migrations.RemoveConstraint(model_name="ownanswer", name="ownanswer_revision_at_least_1"),
        migrations.RemoveConstraint(model_name="ownanswer", name="ownanswer_state_known"),
        migrations.RenameModel(old_name="OwnAnswer", new_name="IndividualAnswer"),
        migrations.AlterModelOptions(
            name="individualanswer",
            options={
                "ordering": ["assessment", "question", "pk"],
                "verbose_name": "individual answer",
                "verbose_name_plural": "individual answers",
            },
        ),
        migrations.AlterField(
            model_name="individualanswer",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="individual_answers",
                to="assessment.assessment",
                verbose_name="assessment",
            ),
        ),
        migrations.AlterField(
            model_name="individualanswer",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="individual_answers",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddConstraint(
            model_name="individualanswer",
            constraint=models.UniqueConstraint(
                fields=("assessment", "question", "user"), name="individual_answer_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="individualanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("revision__gte", 1)), name="individual_answer_revision_at_least_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="individualanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["answered", "unknown", "not_applicable", "draft", "empty"])),
                name="individual_answer_state_known",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]

"""Indexes for each order and filter of the lists; without those that another begins with.

Keys stay as they are but for their own index: to alter the column would have SQLite make the table again, without triggers.
"""

import django.db.models.deletion
from django.db import migrations, models

REDUNDANT = [
    ("answer", "assessment_id"),
    ("answerchange", "assessment_id"),
    ("assignment", "assessment_id"),
    ("bookmark", "use_case_id"),
    ("consent", "use_case_id"),
    ("interest", "use_case_id"),
    ("membership", "company_id"),
    ("nodescore", "result_id"),
    ("place", "assessment_id"),
    ("result", "assessment_id"),
    ("result", "company_id"),
    ("result", "version_id"),
    ("viewcount", "use_case_id"),
]


def own_indexes(schema_editor):
    for model, column in REDUNDANT:
        table = f"assessment_{model}"
        yield schema_editor._create_index_name(table, [column]), table, column


def drop(apps, schema_editor):
    for name, _table, _column in own_indexes(schema_editor):
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def create(apps, schema_editor):
    for name, table, column in own_indexes(schema_editor):
        schema_editor.execute(f"CREATE INDEX {name} ON {table} ({column})")


def take_time(apps, schema_editor):
    """An index of a million rows takes longer than a page may; so does Django between two statements, where it is busy."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET LOCAL statement_timeout = 0")
        schema_editor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0021_plans"),
    ]

    operations = [
        migrations.RunPython(take_time, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name="result",
            name="result_by_score",
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, create)],
            state_operations=[
                migrations.AlterField(
                    model_name="answer",
                    name="assessment",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                migrations.AlterField(
                    model_name="answerchange",
                    name="assessment",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                migrations.AlterField(
                    model_name="assignment",
                    name="assessment",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                migrations.AlterField(
                    model_name="bookmark",
                    name="use_case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                migrations.AlterField(
                    model_name="consent",
                    name="use_case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                migrations.AlterField(
                    model_name="interest",
                    name="use_case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="company",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                migrations.AlterField(
                    model_name="nodescore",
                    name="result",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="node_scores",
                        to="assessment.result",
                        verbose_name="result",
                    ),
                ),
                migrations.AlterField(
                    model_name="place",
                    name="assessment",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                migrations.AlterField(
                    model_name="result",
                    name="assessment",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                migrations.AlterField(
                    model_name="result",
                    name="company",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                migrations.AlterField(
                    model_name="result",
                    name="version",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                migrations.AlterField(
                    model_name="viewcount",
                    name="use_case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="view_counts",
                        to="assessment.usecase",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["sub_sector", "-submitted_at", "-id"], name="result_by_sub_sector"),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["size", "-submitted_at", "-id"], name="result_by_size"),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["region", "-submitted_at", "-id"], name="result_by_region"),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["version", "-submitted_at", "-id"], name="result_by_version"),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["level", "-submitted_at", "-id"], name="result_by_level"),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["score", "-submitted_at", "-id"], name="result_by_score"),
        ),
        migrations.AddIndex(
            model_name="staffaccess",
            index=models.Index(fields=["-at", "-id"], name="staffaccess_newest"),
        ),
        migrations.AddIndex(
            model_name="staffaccess",
            index=models.Index(fields=["kind", "-at", "-id"], name="staffaccess_by_kind"),
        ),
    ]

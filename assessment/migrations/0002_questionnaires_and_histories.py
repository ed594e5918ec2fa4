"""Questionnaires, their versions and parts, and what was changed in them."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import assessment.models.numbers


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0002_questionnaire"),
        ("assessment", "0009_constraint_messages"),
        ("assessment", "0015_plan_keys"),
    ]
    dependencies = [
        ("assessment", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
            ],
            options={
                "verbose_name": "questionnaire",
                "verbose_name_plural": "questionnaires",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="assessment.questionnaire",
                        verbose_name="questionnaire",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="version",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("retired", "retired")],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("introduction_fr", models.TextField(blank=True, null=True, verbose_name="introduction")),
                ("introduction_en", models.TextField(blank=True, null=True, verbose_name="introduction")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                (
                    "unknown_policy",
                    models.CharField(
                        choices=[("zero", "counts 0"), ("exclude", "is left out")],
                        default="zero",
                        max_length=10,
                        verbose_name="“I don’t know”",
                    ),
                ),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("mean", "weighted mean"), ("minimum", "weakest child")],
                        default="mean",
                        max_length=10,
                        verbose_name="aggregation of the dimensions",
                    ),
                ),
                (
                    "profile",
                    models.JSONField(
                        blank=True,
                        help_text="What conditions may refer to: values by key.",
                        null=True,
                        verbose_name="profile",
                    ),
                ),
                (
                    "frames",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Other models this one can be read in, never scored by.",
                        verbose_name="frames",
                    ),
                ),
                ("checksum", models.CharField(blank=True, editable=False, max_length=71, verbose_name="checksum")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published on")),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                ("retired_at", models.DateTimeField(editable=False, null=True, verbose_name="retired on")),
                (
                    "texts_revision",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="Counts corrections since publication.",
                        verbose_name="revision of the texts",
                    ),
                ),
                (
                    "format",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2")],
                        default=1,
                        help_text="2 with efforts, obligations or targets.",
                        verbose_name="format",
                    ),
                ),
                (
                    "targets",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Scores to aim at: the first whose condition holds.",
                        verbose_name="targets",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the questionnaire",
                "verbose_name_plural": "versions of the questionnaire",
                "ordering": ["questionnaire", "-number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("questionnaire", "number"),
                        name="version_number_unique",
                        violation_error_message="This questionnaire has a version of this number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checksum", ""), ("published_at", None), ("status", "draft")),
                            models.Q(
                                ("published_at__isnull", False),
                                ("status__in", ["published", "retired"]),
                                models.Q(("checksum", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="version_published_at_and_checksum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", False), ("status", "retired")),
                            models.Q(models.Q(("status", "retired"), _negated=True), ("retired_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="version_retired_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("start", models.DecimalField(decimal_places=6, max_digits=9, verbose_name="from")),
                (
                    "every_dimension_at_least",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="every dimension at least"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "level",
                "verbose_name_plural": "levels",
                "ordering": ["version", "start", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "number"),
                        name="level_number_unique",
                        violation_error_message="Another level has this number.",
                    ),
                    models.UniqueConstraint(
                        fields=("version", "start"),
                        name="level_start_unique",
                        violation_error_message="Another level starts there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__gte", 0), ("start__lte", 100)),
                        name="level_start_0_to_100",
                        violation_error_message="A level starts between 0 and 100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dimension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dimensions",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=1, verbose_name="weight")),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("mean", "weighted mean"), ("minimum", "weakest child")],
                        default="mean",
                        max_length=10,
                        verbose_name="aggregation",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "dimension",
                "verbose_name_plural": "dimensions",
                "ordering": ["version", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "code"),
                        name="dimension_code_unique",
                        violation_error_message="Another dimension has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1)),
                        name="dimension_weight_at_least_1",
                        violation_error_message="A dimension weighs at least 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capability",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capabilities",
                        to="assessment.dimension",
                        verbose_name="dimension",
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=1, verbose_name="weight")),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("mean", "weighted mean"), ("minimum", "weakest child")],
                        default="mean",
                        max_length=10,
                        verbose_name="aggregation",
                    ),
                ),
                (
                    "reads_as",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Dimension of each frame that it counts towards.",
                        verbose_name="reads as",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "capability",
                "verbose_name_plural": "capabilities",
                "ordering": ["dimension", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dimension", "code"),
                        name="capability_code_unique",
                        violation_error_message="Another capability of this dimension has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1)),
                        name="capability_weight_at_least_1",
                        violation_error_message="A capability weighs at least 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "capability",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="assessment.capability",
                        verbose_name="capability",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("choice", "one choice"),
                            ("multiple", "several choices"),
                            ("number", "number"),
                            ("text", "text"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=1, verbose_name="weight")),
                (
                    "express",
                    models.BooleanField(default=False, help_text="Part of the short path.", verbose_name="express"),
                ),
                ("required", models.BooleanField(default=True, verbose_name="required")),
                ("allow_not_applicable", models.BooleanField(default=False, verbose_name="“not applicable” allowed")),
                ("allow_unknown", models.BooleanField(default=True, verbose_name="“I don’t know” allowed")),
                ("text", models.TextField(verbose_name="text")),
                ("text_fr", models.TextField(null=True, verbose_name="text")),
                ("text_en", models.TextField(null=True, verbose_name="text")),
                ("help", models.TextField(blank=True, verbose_name="help")),
                ("help_fr", models.TextField(blank=True, null=True, verbose_name="help")),
                ("help_en", models.TextField(blank=True, null=True, verbose_name="help")),
                ("applies_when", models.JSONField(blank=True, null=True, verbose_name="applies when")),
                ("cap", models.PositiveIntegerField(blank=True, null=True, verbose_name="cap")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                ("unit_fr", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                ("unit_en", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=21,
                        null=True,
                        validators=[assessment.models.numbers.validate_fifteen_digits],
                        verbose_name="minimum",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=21,
                        null=True,
                        validators=[assessment.models.numbers.validate_fifteen_digits],
                        verbose_name="maximum",
                    ),
                ),
                (
                    "obligation",
                    models.TextField(blank=True, help_text="What a law asks here.", verbose_name="obligation"),
                ),
                (
                    "obligation_en",
                    models.TextField(
                        blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"
                    ),
                ),
                (
                    "obligation_fr",
                    models.TextField(
                        blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["capability", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("capability", "code"),
                        name="question_code_unique",
                        violation_error_message="Another question of this capability has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["choice", "multiple", "number", "text"])),
                        name="question_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("required", True), ("kind", "text"), ("weight", 0), _connector="OR"),
                        name="question_optional_only_if_unscored",
                        violation_error_message="Only a text or a question of weight 0 may be left out: tick “required”, or set the weight to 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minimum", None), ("maximum", None), ("minimum__lte", models.F("maximum")), _connector="OR"
                        ),
                        name="question_minimum_below_maximum",
                        violation_error_message="The maximum is not below the minimum.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="assessment.question",
                        verbose_name="question",
                    ),
                ),
                ("points", models.PositiveIntegerField(verbose_name="points")),
                (
                    "exclusive",
                    models.BooleanField(
                        default=False, help_text="Can’t be chosen with another.", verbose_name="exclusive"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("text_fr", models.TextField(null=True, verbose_name="text")),
                ("text_en", models.TextField(null=True, verbose_name="text")),
                ("next_step", models.TextField(blank=True, verbose_name="next step")),
                ("next_step_fr", models.TextField(blank=True, null=True, verbose_name="next step")),
                ("next_step_en", models.TextField(blank=True, null=True, verbose_name="next step")),
                (
                    "effort",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 5: the work to reach this from the step below.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="effort",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ["question", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "code"),
                        name="choice_code_unique",
                        violation_error_message="Another choice of this question has this code.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Band",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="assessment.question",
                        verbose_name="question",
                    ),
                ),
                (
                    "start",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=21,
                        validators=[assessment.models.numbers.validate_fifteen_digits],
                        verbose_name="from",
                    ),
                ),
                ("points", models.PositiveIntegerField(verbose_name="points")),
                (
                    "effort",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 5: the work to reach this from the step below.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="effort",
                    ),
                ),
            ],
            options={
                "verbose_name": "band",
                "verbose_name_plural": "bands",
                "ordering": ["question", "start", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "start"),
                        name="band_start_unique",
                        violation_error_message="Another band of this question starts there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalVersion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "number",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="version",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("retired", "retired")],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("introduction_fr", models.TextField(blank=True, null=True, verbose_name="introduction")),
                ("introduction_en", models.TextField(blank=True, null=True, verbose_name="introduction")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                (
                    "unknown_policy",
                    models.CharField(
                        choices=[("zero", "counts 0"), ("exclude", "is left out")],
                        default="zero",
                        max_length=10,
                        verbose_name="“I don’t know”",
                    ),
                ),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("mean", "weighted mean"), ("minimum", "weakest child")],
                        default="mean",
                        max_length=10,
                        verbose_name="aggregation of the dimensions",
                    ),
                ),
                (
                    "profile",
                    models.JSONField(
                        blank=True,
                        help_text="What conditions may refer to: values by key.",
                        null=True,
                        verbose_name="profile",
                    ),
                ),
                (
                    "frames",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Other models this one can be read in, never scored by.",
                        verbose_name="frames",
                    ),
                ),
                ("checksum", models.CharField(blank=True, editable=False, max_length=71, verbose_name="checksum")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published on")),
                ("retired_at", models.DateTimeField(editable=False, null=True, verbose_name="retired on")),
                (
                    "texts_revision",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="Counts corrections since publication.",
                        verbose_name="revision of the texts",
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.questionnaire",
                        verbose_name="questionnaire",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "format",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2")],
                        default=1,
                        help_text="2 with efforts, obligations or targets.",
                        verbose_name="format",
                    ),
                ),
                (
                    "targets",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Scores to aim at: the first whose condition holds.",
                        verbose_name="targets",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical version of the questionnaire",
                "verbose_name_plural": "historical versions of the questionnaire",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLevel",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("start", models.DecimalField(decimal_places=6, max_digits=9, verbose_name="from")),
                (
                    "every_dimension_at_least",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="every dimension at least"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical level",
                "verbose_name_plural": "historical levels",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDimension",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=1, verbose_name="weight")),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("mean", "weighted mean"), ("minimum", "weakest child")],
                        default="mean",
                        max_length=10,
                        verbose_name="aggregation",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical dimension",
                "verbose_name_plural": "historical dimensions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCapability",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=1, verbose_name="weight")),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("mean", "weighted mean"), ("minimum", "weakest child")],
                        default="mean",
                        max_length=10,
                        verbose_name="aggregation",
                    ),
                ),
                (
                    "reads_as",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Dimension of each frame that it counts towards.",
                        verbose_name="reads as",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                (
                    "dimension",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.dimension",
                        verbose_name="dimension",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical capability",
                "verbose_name_plural": "historical capabilities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("choice", "one choice"),
                            ("multiple", "several choices"),
                            ("number", "number"),
                            ("text", "text"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=1, verbose_name="weight")),
                (
                    "express",
                    models.BooleanField(default=False, help_text="Part of the short path.", verbose_name="express"),
                ),
                ("required", models.BooleanField(default=True, verbose_name="required")),
                ("allow_not_applicable", models.BooleanField(default=False, verbose_name="“not applicable” allowed")),
                ("allow_unknown", models.BooleanField(default=True, verbose_name="“I don’t know” allowed")),
                ("text", models.TextField(verbose_name="text")),
                ("text_fr", models.TextField(null=True, verbose_name="text")),
                ("text_en", models.TextField(null=True, verbose_name="text")),
                ("help", models.TextField(blank=True, verbose_name="help")),
                ("help_fr", models.TextField(blank=True, null=True, verbose_name="help")),
                ("help_en", models.TextField(blank=True, null=True, verbose_name="help")),
                ("applies_when", models.JSONField(blank=True, null=True, verbose_name="applies when")),
                ("cap", models.PositiveIntegerField(blank=True, null=True, verbose_name="cap")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                ("unit_fr", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                ("unit_en", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=21,
                        null=True,
                        validators=[assessment.models.numbers.validate_fifteen_digits],
                        verbose_name="minimum",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=21,
                        null=True,
                        validators=[assessment.models.numbers.validate_fifteen_digits],
                        verbose_name="maximum",
                    ),
                ),
                (
                    "capability",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.capability",
                        verbose_name="capability",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "obligation",
                    models.TextField(blank=True, help_text="What a law asks here.", verbose_name="obligation"),
                ),
                (
                    "obligation_en",
                    models.TextField(
                        blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"
                    ),
                ),
                (
                    "obligation_fr",
                    models.TextField(
                        blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"
                    ),
                ),
            ],
            options={
                "verbose_name": "historical question",
                "verbose_name_plural": "historical questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChoice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\\Z",
                                "Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("points", models.PositiveIntegerField(verbose_name="points")),
                (
                    "exclusive",
                    models.BooleanField(
                        default=False, help_text="Can’t be chosen with another.", verbose_name="exclusive"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("text_fr", models.TextField(null=True, verbose_name="text")),
                ("text_en", models.TextField(null=True, verbose_name="text")),
                ("next_step", models.TextField(blank=True, verbose_name="next step")),
                ("next_step_fr", models.TextField(blank=True, null=True, verbose_name="next step")),
                ("next_step_en", models.TextField(blank=True, null=True, verbose_name="next step")),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.question",
                        verbose_name="question",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "effort",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 5: the work to reach this from the step below.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="effort",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical choice",
                "verbose_name_plural": "historical choices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalBand",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "start",
                    models.DecimalField(
                        decimal_places=6,
                        max_digits=21,
                        validators=[assessment.models.numbers.validate_fifteen_digits],
                        verbose_name="from",
                    ),
                ),
                ("points", models.PositiveIntegerField(verbose_name="points")),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.question",
                        verbose_name="question",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "effort",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 5: the work to reach this from the step below.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="effort",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical band",
                "verbose_name_plural": "historical bands",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]

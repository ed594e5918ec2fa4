"""Campaigns, assessments, answers, results, and what a company’s members agree on meanwhile."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0003_assessments"),
        ("assessment", "0014_campaign_titles"),
        ("assessment", "0018_individual_answers"),
    ]
    dependencies = [
        ("assessment", "0002_questionnaire"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["-opens_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens_on__lte", models.F("closes_on"))),
                        name="campaign_opens_before_it_closes",
                        violation_error_message="A campaign opens before it closes.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("title_fr"),
                        condition=models.Q(("title_fr", ""), _negated=True),
                        name="campaign_title_fr_once",
                        violation_error_message="Another campaign has this title.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("title_en"),
                        condition=models.Q(("title_en", ""), _negated=True),
                        name="campaign_title_en_once",
                        violation_error_message="Another campaign has this title.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="assessment.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        choices=[("express", "express"), ("full", "full")],
                        default="full",
                        max_length=10,
                        verbose_name="path",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "in progress"), ("submitted", "submitted")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="started on"),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted on")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["-started_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", False), ("status", "open")),
                        fields=("company", "campaign"),
                        name="assessment_one_open_per_campaign",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("campaign__isnull", True), ("status", "open")),
                        fields=("company",),
                        name="assessment_one_open_without_campaign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "open"), ("submitted_at", None)),
                            models.Q(("status", "submitted"), ("submitted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_submitted_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=40, verbose_name="question")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("answered", "answered"),
                            ("unknown", "“I don’t know”"),
                            ("not_applicable", "not applicable"),
                            ("draft", "incomplete"),
                            ("empty", "no answer"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("value", models.JSONField(blank=True, default=dict, verbose_name="value")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("request", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="request")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved on")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                ("to_confirm", models.BooleanField(db_default=False, default=False, verbose_name="to confirm")),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["assessment", "question"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "question"), name="answer_once_per_question"),
                    models.CheckConstraint(condition=models.Q(("revision__gte", 1)), name="answer_revision_at_least_1"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["answered", "unknown", "not_applicable", "draft", "empty"])),
                        name="answer_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=40, verbose_name="question")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("answered", "answered"),
                            ("unknown", "“I don’t know”"),
                            ("not_applicable", "not applicable"),
                            ("draft", "incomplete"),
                            ("empty", "no answer"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("value", models.JSONField(blank=True, default=dict, verbose_name="value")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("request", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="request")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved on")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an answer",
                "verbose_name_plural": "changes of answers",
                "ordering": ["assessment", "question", "revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "question", "revision"), name="answerchange_revision_unique"
                    ),
                    models.UniqueConstraint(fields=("assessment", "request"), name="answerchange_request_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assessment.version",
                        verbose_name="version",
                    ),
                ),
                ("checksum", models.CharField(max_length=71, verbose_name="checksum of the version")),
                ("engine", models.PositiveSmallIntegerField(verbose_name="engine")),
                ("profile", models.JSONField(verbose_name="profile")),
                (
                    "sub_sector",
                    models.CharField(
                        choices=[
                            ("pharma", "Pharmaceuticals"),
                            ("biotech", "Biotechnology"),
                            ("medtech", "Medical devices"),
                            ("ivd", "In vitro diagnostics"),
                            ("ehealth", "E-health"),
                            ("cdmo", "Contract development and manufacturing"),
                            ("service", "Services to the sector"),
                        ],
                        max_length=20,
                        verbose_name="sub-sector",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("micro", "Micro: fewer than 10 people"),
                            ("small", "Small: 10 to 49 people"),
                            ("medium", "Medium: 50 to 249 people"),
                            ("midcap", "Mid-cap: 250 to 4,999 people"),
                            ("large", "Large: 5,000 people or more"),
                        ],
                        max_length=20,
                        verbose_name="size",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        choices=[
                            ("FR-ARA", "Auvergne-Rhône-Alpes"),
                            ("FR-BFC", "Bourgogne-Franche-Comté"),
                            ("FR-BRE", "Bretagne"),
                            ("FR-CVL", "Centre-Val de Loire"),
                            ("FR-20R", "Corse"),
                            ("FR-GES", "Grand Est"),
                            ("FR-HDF", "Hauts-de-France"),
                            ("FR-IDF", "Île-de-France"),
                            ("FR-NOR", "Normandie"),
                            ("FR-NAQ", "Nouvelle-Aquitaine"),
                            ("FR-OCC", "Occitanie"),
                            ("FR-PDL", "Pays de la Loire"),
                            ("FR-PAC", "Provence-Alpes-Côte d’Azur"),
                            ("FR-OM", "French overseas"),
                            ("ABROAD", "Outside France"),
                        ],
                        max_length=6,
                        verbose_name="region",
                    ),
                ),
                (
                    "answers",
                    models.JSONField(
                        help_text="As they were, in the form of the answers file.", verbose_name="answers"
                    ),
                ),
                ("answers_sha256", models.CharField(max_length=71, verbose_name="fingerprint of the answers")),
                (
                    "trace",
                    models.JSONField(
                        help_text="What the engine gave: every node and every question.", verbose_name="trace"
                    ),
                ),
                ("summary", models.JSONField(help_text="The trace without its questions.", verbose_name="summary")),
                ("score", models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="score")),
                ("low", models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="at least")),
                ("high", models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="at most")),
                ("level", models.PositiveSmallIntegerField(null=True, verbose_name="level")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted on")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "result",
                "verbose_name_plural": "results",
                "ordering": ["-submitted_at", "-pk"],
                "permissions": [("export_result", "Can export results")],
                "indexes": [
                    models.Index(fields=["-submitted_at", "-id"], name="result_newest"),
                    models.Index(fields=["company", "-submitted_at"], name="result_of_company"),
                    models.Index(fields=["sub_sector", "-submitted_at", "-id"], name="result_by_sub_sector"),
                    models.Index(fields=["size", "-submitted_at", "-id"], name="result_by_size"),
                    models.Index(fields=["region", "-submitted_at", "-id"], name="result_by_region"),
                    models.Index(fields=["version", "-submitted_at", "-id"], name="result_by_version"),
                    models.Index(fields=["level", "-submitted_at", "-id"], name="result_by_level"),
                    models.Index(fields=["score", "-submitted_at", "-id"], name="result_by_score"),
                    models.Index(
                        fields=["sub_sector", "size", "region", "-submitted_at", "-id"], name="result_by_sub_sector_and"
                    ),
                    models.Index(fields=["size", "region", "-submitted_at", "-id"], name="result_by_size_and"),
                    models.Index(fields=["region", "sub_sector", "-submitted_at", "-id"], name="result_by_region_and"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "number"), name="result_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("high", None), ("low", None)),
                            models.Q(("high__lte", 100), ("low__gte", 0), ("low__lte", models.F("high"))),
                            _connector="OR",
                        ),
                        name="result_interval_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None),
                            models.Q(("score__gte", models.F("low")), ("score__lte", models.F("high"))),
                            _connector="OR",
                        ),
                        name="result_score_in_interval",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.result",
                verbose_name="carried over from",
            ),
        ),
        migrations.CreateModel(
            name="NodeScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="node_scores",
                        to="assessment.result",
                        verbose_name="result",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("dimension", "dimension"), ("capability", "capability")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("score", models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="score")),
                ("low", models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="at least")),
                ("high", models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="at most")),
                ("level", models.PositiveSmallIntegerField(null=True, verbose_name="level")),
            ],
            options={
                "verbose_name": "score of a node",
                "verbose_name_plural": "scores of nodes",
                "ordering": ["result", "pk"],
                "indexes": [models.Index(fields=["kind", "code", "score", "result"], name="nodescore_by_score")],
                "constraints": [
                    models.UniqueConstraint(fields=("result", "kind", "code"), name="nodescore_once_per_result")
                ],
            },
        ),
        migrations.CreateModel(
            name="IndividualAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="individual_answers",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="individual_answers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("question", models.CharField(max_length=40, verbose_name="question")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("answered", "answered"),
                            ("unknown", "“I don’t know”"),
                            ("not_applicable", "not applicable"),
                            ("draft", "incomplete"),
                            ("empty", "no answer"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("value", models.JSONField(blank=True, default=dict, verbose_name="value")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("request", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="request")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved on")),
            ],
            options={
                "verbose_name": "individual answer",
                "verbose_name_plural": "individual answers",
                "ordering": ["assessment", "question", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "question", "user"), name="individual_answer_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revision__gte", 1)), name="individual_answer_revision_at_least_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["answered", "unknown", "not_applicable", "draft", "empty"])),
                        name="individual_answer_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopenings",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assessment.result",
                        verbose_name="result",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("asked", "asked"), ("granted", "granted"), ("refused", "refused")],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="why it should be opened again")),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="asked on"),
                ),
                (
                    "decision",
                    models.TextField(
                        blank=True,
                        help_text="The company reads it.",
                        max_length=2000,
                        verbose_name="reason of the decision",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided on")),
            ],
            options={
                "verbose_name": "request for reopening",
                "verbose_name_plural": "requests for reopening",
                "ordering": ["-asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("assessment",),
                        name="reopening_one_waiting_per_assessment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["asked", "granted", "refused"])),
                        name="reopening_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reopening_reason_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", ""), ("status", "asked")),
                            models.Q(
                                models.Q(("status", "asked"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reopening_decided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                (
                    "from_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessment.version",
                        verbose_name="from version",
                    ),
                ),
                (
                    "to_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessment.version",
                        verbose_name="to version",
                    ),
                ),
                ("outcome", models.JSONField(default=dict, verbose_name="what became of the answers")),
                (
                    "moved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="moved by",
                    ),
                ),
                (
                    "moved_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="moved on"),
                ),
            ],
            options={
                "verbose_name": "move to another version",
                "verbose_name_plural": "moves to another version",
                "ordering": ["assessment", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_version", models.F("to_version")), _negated=True),
                        name="versionmove_to_another_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                ("dimension", models.CharField(max_length=40, verbose_name="dimension")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned by",
                    ),
                ),
                (
                    "assigned_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="assigned on"),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["assessment", "dimension", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "dimension", "user"), name="assignment_once_per_dimension"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("dimension", models.CharField(max_length=40, verbose_name="dimension")),
                ("question", models.CharField(blank=True, max_length=40, verbose_name="question")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="seen on")),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["assessment", "user"],
                "constraints": [models.UniqueConstraint(fields=("assessment", "user"), name="place_one_per_person")],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                ("dimension", models.CharField(max_length=40, verbose_name="dimension")),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="opened on"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed on")),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ["assessment", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "dimension"), name="consultation_once_per_dimension")
                ],
            },
        ),
    ]

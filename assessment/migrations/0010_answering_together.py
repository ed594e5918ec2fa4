"""Answering together: invitations, assignments, own answers, reopening, moving between versions."""

import importlib
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# SQLite builds the table of answers anew, which loses its triggers
TRIGGERS = importlib.import_module("assessment.migrations.0004_answer_and_result_triggers")


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0009_use_case_codes"),
    ]

    operations = [
        migrations.RunPython(TRIGGERS.drop, TRIGGERS.create),
        migrations.AddField(
            model_name="answer",
            name="to_confirm",
            field=models.BooleanField(db_default=False, default=False, verbose_name="to confirm"),
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
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=40, verbose_name="dimension")),
                (
                    "assigned_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="assigned on"),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="assessment.assessment",
                        verbose_name="assessment",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
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
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=40, verbose_name="dimension")),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="opened on"),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed on")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
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
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[("manager", "manager"), ("contributor", "contributor"), ("reader", "reader")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash of the token"),
                ),
                (
                    "invited_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="invited on"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires on")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted on")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn on")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-invited_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                        fields=("company", "email"),
                        name="invitation_one_waiting_per_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["manager", "contributor", "reader"])),
                        name="invitation_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="invitation_accepted_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="invitation_expires_after_it_is_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnAnswer",
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
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("request", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="request")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved on")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_answers",
                        to="assessment.assessment",
                        verbose_name="assessment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="own_answers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "own answer",
                "verbose_name_plural": "own answers",
                "ordering": ["assessment", "question", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "question", "user"), name="ownanswer_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revision__gte", 1)), name="ownanswer_revision_at_least_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["answered", "unknown", "not_applicable", "draft", "empty"])),
                        name="ownanswer_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=40, verbose_name="dimension")),
                ("question", models.CharField(blank=True, max_length=40, verbose_name="question")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="seen on")),
                (
                    "assessment",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["assessment", "user"],
                "constraints": [models.UniqueConstraint(fields=("assessment", "user"), name="place_one_per_person")],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided on")),
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
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopenings",
                        to="assessment.assessment",
                        verbose_name="assessment",
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
                ("outcome", models.JSONField(default=dict, verbose_name="what became of the answers")),
                (
                    "moved_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="moved on"),
                ),
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
                    "to_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessment.version",
                        verbose_name="to version",
                    ),
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
        migrations.RunPython(TRIGGERS.create, TRIGGERS.drop),
    ]

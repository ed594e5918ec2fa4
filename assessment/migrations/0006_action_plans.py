"""Actions of a company’s plan, their changes, calendar addresses and reminders."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0021_plans"),
    ]
    dependencies = [
        ("assessment", "0004_use_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(editable=False, max_length=40, verbose_name="question")),
                ("dimension", models.CharField(editable=False, max_length=40, verbose_name="dimension")),
                ("target", models.JSONField(default=dict, editable=False, verbose_name="answer to reach")),
                ("effort", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="effort")),
                (
                    "gain",
                    models.DecimalField(decimal_places=1, editable=False, max_digits=4, null=True, verbose_name="gain"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "owner_name",
                    models.CharField(
                        blank=True,
                        help_text="Of somebody who has no account here.",
                        max_length=100,
                        verbose_name="or somebody else",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("to_do", "to do"),
                            ("under_way", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="to_do",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Asked for where an action is dropped.",
                        max_length=300,
                        verbose_name="why it is dropped",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="planned on"),
                ),
                ("done_at", models.DateTimeField(editable=False, null=True, verbose_name="done on")),
                ("reminded", models.CharField(blank=True, editable=False, max_length=60, verbose_name="reminded of")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="owned_actions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
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
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["company", "created_at", "pk"],
                "indexes": [models.Index(fields=["owner", "due"], name="action_by_owner")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["to_do", "under_way"])),
                        fields=("company", "question"),
                        name="action_one_live_per_question",
                        violation_error_message="Another action for this question is in the plan already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["to_do", "under_way", "done", "dropped"])),
                        name="action_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="action_title_given",
                        violation_error_message="Say what is to be done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", None), ("owner_name", ""), _connector="OR"),
                        name="action_one_owner",
                        violation_error_message="Choose a member or write a name, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "dropped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_dropped_with_reason",
                        violation_error_message="Say why it is dropped.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("status", "done")),
                            models.Q(models.Q(("status", "done"), _negated=True), ("done_at", None)),
                            _connector="OR",
                        ),
                        name="action_done_with_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20, verbose_name="field")),
                ("before", models.TextField(blank=True, verbose_name="before")),
                ("after", models.TextField(blank=True, verbose_name="after")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="on")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="assessment.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an action",
                "verbose_name_plural": "changes of actions",
                "ordering": ["action", "-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token_hash",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash of the token"),
                ),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="made on"),
                ),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to="assessment.membership",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "verbose_name_plural": "calendar addresses",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reminders",
                    models.BooleanField(
                        default=False, verbose_name="A reminder a week before an action of mine is due"
                    ),
                ),
                ("digest", models.BooleanField(default=False, verbose_name="The plan’s open actions every week")),
                ("digest_on", models.DateField(editable=False, null=True, verbose_name="last digest")),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminding",
                        to="assessment.membership",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of reminders",
                "verbose_name_plural": "choices of reminders",
                "ordering": ["pk"],
            },
        ),
    ]

"""What staff read, exported and changed of a company’s."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0011_traces_of_people"),
        ("assessment", "0019_exports_by_bounds"),
    ]
    dependencies = [
        ("assessment", "0003_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("view", "result opened"),
                            ("figures", "scores listed"),
                            ("export", "scores exported"),
                            ("use_case", "use case opened"),
                            ("use_cases", "use cases listed"),
                            ("interest", "request for contact opened"),
                            ("interests", "requests for contact listed"),
                            ("reopening", "request for reopening opened"),
                            ("reopenings", "requests for reopening listed"),
                            ("company", "profile and members opened"),
                            ("person", "account of a member opened"),
                            ("members", "members changed by staff"),
                            ("colleague", "members changed by a member who is staff too"),
                            ("factor", "second factor removed"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="on")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("format", models.CharField(blank=True, max_length=20, verbose_name="format")),
                (
                    "filters",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the list was narrowed to.", verbose_name="filters"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person concerned",
                    ),
                ),
            ],
            options={
                "verbose_name": "access by staff",
                "verbose_name_plural": "accesses by staff",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["export", "figures", "members", "factor"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="staffaccess_has_a_reason",
                    )
                ],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="staffaccess_newest"),
                    models.Index(fields=["kind", "-at", "-id"], name="staffaccess_by_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessedResult",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "access_id", "result_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "access",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessment.staffaccess",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessment.result",
                    ),
                ),
            ],
            options={
                "verbose_name": "result read by staff",
                "verbose_name_plural": "results read by staff",
            },
        ),
        migrations.CreateModel(
            name="AccessedCompany",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "access_id", "company_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "access",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessment.staffaccess",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessment.company"
                    ),
                ),
            ],
            options={
                "verbose_name": "company read by staff",
                "verbose_name_plural": "companies read by staff",
            },
        ),
        migrations.AddField(
            model_name="staffaccess",
            name="results",
            field=models.ManyToManyField(
                related_name="accesses",
                through="assessment.AccessedResult",
                to="assessment.result",
                verbose_name="results",
            ),
        ),
        migrations.AddField(
            model_name="staffaccess",
            name="companies",
            field=models.ManyToManyField(
                related_name="accesses",
                through="assessment.AccessedCompany",
                to="assessment.company",
                verbose_name="companies",
            ),
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "access",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="export",
                        serialize=False,
                        to="assessment.staffaccess",
                    ),
                ),
                ("highest", models.BigIntegerField(null=True)),
                ("versions", models.TextField(blank=True, default="")),
                ("campaigns", models.TextField(blank=True, default="")),
                ("levels", models.TextField(blank=True, default="")),
                ("sub_sectors", models.TextField(blank=True, default="")),
                ("sizes", models.TextField(blank=True, default="")),
                ("regions", models.TextField(blank=True, default="")),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("rows", models.BigIntegerField(editable=False, null=True, verbose_name="rows sent")),
                ("size", models.BigIntegerField(editable=False, null=True, verbose_name="bytes sent")),
                (
                    "sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="checksum of the file"),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="sent whole on")),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-access"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("rows", None), ("sha256", ""), ("size", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("rows__gte", 0),
                                ("size__gte", 0),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="export_whole_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("highest__isnull", False),
                            models.Q(
                                ("campaigns", ""),
                                ("levels", ""),
                                ("regions", ""),
                                ("since", None),
                                ("sizes", ""),
                                ("sub_sectors", ""),
                                ("until", None),
                                ("versions", ""),
                            ),
                            _connector="OR",
                        ),
                        name="export_bounds_with_last_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="member_changes",
                        to="assessment.staffaccess",
                        verbose_name="access by staff",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[("manager", "manager"), ("contributor", "contributor"), ("reader", "reader")],
                        max_length=20,
                        verbose_name="role before",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        blank=True,
                        choices=[("manager", "manager"), ("contributor", "contributor"), ("reader", "reader")],
                        max_length=20,
                        verbose_name="role after",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of members",
                "verbose_name_plural": "changes of members",
                "ordering": ["access", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True),
                        name="memberchange_changes_something",
                    )
                ],
            },
        ),
    ]

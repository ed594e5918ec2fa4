"""Readings of other things than results, and members whom staff change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0014_address_constraint"),
    ]

    operations = [
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
        migrations.CreateModel(
            name="MemberChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "change of members",
                "verbose_name_plural": "changes of members",
                "ordering": ["access", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="staffaccess",
            name="staffaccess_export_has_a_reason",
        ),
        migrations.AlterField(
            model_name="staffaccess",
            name="kind",
            field=models.CharField(
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
                ],
                max_length=10,
                verbose_name="kind",
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
        migrations.AddConstraint(
            model_name="staffaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["export", "figures", "members"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="staffaccess_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True), name="memberchange_changes_something"
            ),
        ),
    ]

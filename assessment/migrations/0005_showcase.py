"""Use cases, their consent and publication, and what companies make of them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import assessment.models.usecases


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0004_use_cases"),
    ]
    dependencies = [
        ("assessment", "0011_traces_of_people"),
        ("contract", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="UseCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="use_cases",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "contract_use_case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown_as",
                        to="contract.projectusecase",
                        verbose_name="use case of the contract",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted for review"),
                            ("returned", "returned to the company"),
                            ("published", "published"),
                            ("unpublished", "no longer published"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=140, verbose_name="title")),
                ("title_fr", models.CharField(blank=True, max_length=140, null=True, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=140, null=True, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=400, verbose_name="summary")),
                ("summary_fr", models.TextField(blank=True, max_length=400, null=True, verbose_name="summary")),
                ("summary_en", models.TextField(blank=True, max_length=400, null=True, verbose_name="summary")),
                ("problem", models.TextField(blank=True, max_length=3000, verbose_name="the problem")),
                ("problem_fr", models.TextField(blank=True, max_length=3000, null=True, verbose_name="the problem")),
                ("problem_en", models.TextField(blank=True, max_length=3000, null=True, verbose_name="the problem")),
                ("solution", models.TextField(blank=True, max_length=5000, verbose_name="what was done")),
                ("solution_fr", models.TextField(blank=True, max_length=5000, null=True, verbose_name="what was done")),
                ("solution_en", models.TextField(blank=True, max_length=5000, null=True, verbose_name="what was done")),
                ("outcome", models.TextField(blank=True, max_length=3000, verbose_name="what it changed")),
                (
                    "outcome_fr",
                    models.TextField(blank=True, max_length=3000, null=True, verbose_name="what it changed"),
                ),
                (
                    "outcome_en",
                    models.TextField(blank=True, max_length=3000, null=True, verbose_name="what it changed"),
                ),
                ("difficulties", models.TextField(blank=True, max_length=3000, verbose_name="difficulties met")),
                (
                    "difficulties_fr",
                    models.TextField(blank=True, max_length=3000, null=True, verbose_name="difficulties met"),
                ),
                (
                    "difficulties_en",
                    models.TextField(blank=True, max_length=3000, null=True, verbose_name="difficulties met"),
                ),
                ("advice", models.TextField(blank=True, max_length=3000, verbose_name="advice to others")),
                (
                    "advice_fr",
                    models.TextField(blank=True, max_length=3000, null=True, verbose_name="advice to others"),
                ),
                (
                    "advice_en",
                    models.TextField(blank=True, max_length=3000, null=True, verbose_name="advice to others"),
                ),
                ("figures", models.JSONField(blank=True, default=list, verbose_name="figures")),
                ("capabilities", models.JSONField(blank=True, default=list, verbose_name="capabilities")),
                ("sub_sectors", models.JSONField(blank=True, default=list, verbose_name="sub-sectors")),
                (
                    "size",
                    models.CharField(
                        blank=True,
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
                ("technologies", models.JSONField(blank=True, default=list, verbose_name="technologies")),
                ("regulations", models.JSONField(blank=True, default=list, verbose_name="regulatory setting")),
                (
                    "investment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_10", "Under €10,000"),
                            ("under_50", "€10,000 to €50,000"),
                            ("under_250", "€50,000 to €250,000"),
                            ("under_1000", "€250,000 to €1 million"),
                            ("over_1000", "More than €1 million"),
                        ],
                        max_length=20,
                        verbose_name="investment",
                    ),
                ),
                (
                    "time_to_effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weeks", "A few weeks"),
                            ("months_6", "Within six months"),
                            ("year", "Six months to a year"),
                            ("longer", "More than a year"),
                        ],
                        max_length=20,
                        verbose_name="time to effect",
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="people involved")),
                ("links", models.JSONField(blank=True, default=list, verbose_name="links")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="company_use_cases",
                        to="contract.project",
                        verbose_name="project of the contract",
                    ),
                ),
                (
                    "contactable",
                    models.BooleanField(
                        default=True,
                        help_text="Through the sector’s committee; your e-mail address is never shown.",
                        verbose_name="other companies may ask to be put in contact",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assessment.result",
                        verbose_name="result",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created on"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="changed on"),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted on")),
                (
                    "first_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="first published on"),
                ),
                ("labelled_at", models.DateTimeField(editable=False, null=True, verbose_name="labelled on")),
                ("label_reason", models.TextField(blank=True, max_length=400, verbose_name="why it was selected")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: not in the front row.",
                        null=True,
                        verbose_name="place in the front row",
                    ),
                ),
            ],
            options={
                "verbose_name": "use case",
                "verbose_name_plural": "use cases",
                "ordering": ["-updated_at", "pk"],
                "permissions": [("publish_usecase", "Can publish use cases"), ("label_usecase", "Can label use cases")],
                "indexes": [models.Index(fields=["status", "submitted_at"], name="usecase_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company__isnull", False), ("contract_use_case", None)),
                            models.Q(("company", None), ("contract_use_case__isnull", False)),
                            _connector="OR",
                        ),
                        name="usecase_of_company_or_contract",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted", "returned", "published", "unpublished"])
                        ),
                        name="usecase_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("labelled_at", None), models.Q(("label_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="usecase_label_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "use_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "picture"), ("logo", "logo")],
                        default="picture",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=120, upload_to=assessment.models.usecases.picture_name, verbose_name="file"
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=71, verbose_name="fingerprint")),
                ("width", models.PositiveSmallIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveSmallIntegerField(editable=False, verbose_name="height")),
                (
                    "alt",
                    models.CharField(
                        help_text="For those who can’t see it: required.",
                        max_length=200,
                        verbose_name="what the picture shows",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added on"),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["use_case", "added_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "logo")), fields=("use_case",), name="picture_one_logo"
                    ),
                    models.CheckConstraint(condition=models.Q(("alt", ""), _negated=True), name="picture_described"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use_case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("company_name", models.BooleanField(default=False, verbose_name="name of the company")),
                ("logo", models.BooleanField(default=False, verbose_name="logo")),
                ("text", models.BooleanField(default=False, verbose_name="text and pictures")),
                ("figures", models.BooleanField(default=False, verbose_name="figures")),
                ("score", models.BooleanField(default=False, verbose_name="scores of the capabilities")),
                ("content", models.JSONField(verbose_name="content")),
                ("sha256", models.CharField(max_length=71, verbose_name="fingerprint of the content")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="given on")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended on")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "withdrawn"),
                            ("edited", "the text was changed"),
                            ("returned", "returned by the reviewers"),
                        ],
                        max_length=20,
                        verbose_name="why it ended",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["use_case", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("use_case", "version"), name="consent_version_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("use_case",),
                        name="consent_one_live_per_use_case",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", True)), name="consent_covers_the_text"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ended_at", None)),
                            models.Q(("ended_at__gte", models.F("given_at")), models.Q(("ended", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="consent_end_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UseCaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "started"),
                            ("submitted", "submitted with the company’s consent"),
                            ("edited", "changed: consent has to be given again"),
                            ("returned", "returned"),
                            ("commented", "comment of the reviewers"),
                            ("published", "published"),
                            ("unpublished", "taken down by the reviewers"),
                            ("withdrawn", "consent withdrawn"),
                            ("labelled", "selected by the sector’s committee"),
                            ("unlabelled", "no longer selected"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="words")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="on")),
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
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["use_case", "-at", "-pk"],
                "indexes": [models.Index(fields=["kind", "at"], name="usecaseevent_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "use_case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="publication",
                        serialize=False,
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                (
                    "consent",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publication",
                        to="assessment.consent",
                        verbose_name="consent",
                    ),
                ),
                ("of_contract", models.BooleanField(default=False, verbose_name="use case of the contract")),
                ("content", models.JSONField(verbose_name="content")),
                ("sha256", models.CharField(max_length=71, verbose_name="fingerprint of the content")),
                ("title_fr", models.CharField(max_length=300)),
                ("title_en", models.CharField(max_length=300)),
                ("search_fr", models.TextField(blank=True)),
                ("search_en", models.TextField(blank=True)),
                ("stems", models.TextField(blank=True)),
                ("codes", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="published on")),
                ("labelled", models.BooleanField(default=False, verbose_name="selected by the sector’s committee")),
                ("position", models.PositiveSmallIntegerField(default=9999, verbose_name="place in the front row")),
                ("views", models.PositiveIntegerField(default=0, verbose_name="views")),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "ordering": ["position", "-labelled", "-published_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["position", "-labelled", "-published_at", "use_case"], name="publication_front"
                    ),
                    models.Index(fields=["-published_at", "use_case"], name="publication_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent__isnull", False), ("of_contract", False)),
                            models.Q(("consent", None), ("of_contract", True)),
                            _connector="OR",
                        ),
                        name="publication_has_consent_or_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use_case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="view_counts",
                        to="assessment.usecase",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="views")),
            ],
            options={
                "verbose_name": "views of a day",
                "verbose_name_plural": "views by day",
                "ordering": ["use_case", "day"],
                "constraints": [models.UniqueConstraint(fields=("use_case", "day"), name="viewcount_once_per_day")],
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use_case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                ("doing_since", models.DateField(blank=True, null=True, verbose_name="doing it since")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "result",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assessment.result",
                    ),
                ),
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
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="on")),
            ],
            options={
                "verbose_name": "bookmark",
                "verbose_name_plural": "bookmarks",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("use_case", "company"), name="bookmark_once_per_company")
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use_case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="assessment.usecase",
                        verbose_name="use case",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="assessment.company",
                        verbose_name="company asking",
                    ),
                ),
                ("message", models.TextField(max_length=2000, verbose_name="message")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "sent to the committee"),
                            ("passed_on", "passed on to the company"),
                            ("in_contact", "in contact"),
                            ("declined", "not possible"),
                        ],
                        default="sent",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer of the committee")),
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
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="on")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="changed on"),
                ),
            ],
            options={
                "verbose_name": "request for contact",
                "verbose_name_plural": "requests for contact",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("use_case", "company"), name="interest_once_per_company"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["sent", "passed_on", "in_contact", "declined"])),
                        name="interest_state_known",
                    ),
                ],
            },
        ),
    ]

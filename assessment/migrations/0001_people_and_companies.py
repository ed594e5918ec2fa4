"""People, companies, who is whose member, who is invited."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import assessment.models.addresses
import assessment.models.people
import language.expressions


class Migration(migrations.Migration):
    initial = True
    # Names of 0.1.0. What comes after a migration names one of those it replaces: then Django refuses a database that
    # stopped between them, rather than pass over what it lacks.
    replaces = [
        ("assessment", "0001_people"),
        ("assessment", "0008_alphabetical"),
        ("assessment", "0010_company_entities"),
        ("assessment", "0012_company_name_wording"),
        ("assessment", "0013_language_of_emails"),
        ("assessment", "0016_language_of_emails_in_words"),
        ("assessment", "0020_namesakes"),
    ]
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("language", "0001_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    assessment.models.addresses.AddressField(
                        max_length=254, unique=True, verbose_name="e-mail address"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="As your colleagues will see it.",
                        max_length=150,
                        verbose_name="first and last name",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False, help_text="May sign in to the administration.", verbose_name="staff"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Untick this to close an account without deleting what it did.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined on")),
                (
                    "devices_since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="devices known since"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("", "French, then English"), ("fr", "French"), ("en", "English")],
                        default="",
                        max_length=2,
                        verbose_name="language of e-mails",
                    ),
                ),
                ("has_namesake", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["email", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_unique",
                        violation_error_message="An account with this e-mail address exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email")),
                            ("email__length", assessment.models.addresses.Octets("email")),
                        ),
                        name="user_email_canonical",
                        violation_error_message="Enter a valid email address.",
                    ),
                ],
            },
            managers=[
                ("objects", assessment.models.people.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalCompany",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "siren",
                    models.CharField(
                        blank=True,
                        help_text="Nine digits. Optional.",
                        max_length=9,
                        validators=[assessment.models.people.validate_siren],
                        verbose_name="SIREN",
                    ),
                ),
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
                ("activities", models.JSONField(blank=True, default=list, verbose_name="activities")),
                (
                    "fictional",
                    models.BooleanField(
                        default=False,
                        help_text="Made for the demonstration; never counted with real companies.",
                        verbose_name="fictional",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created on"),
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
                    "entity",
                    models.CharField(
                        blank=True,
                        help_text="Where several entities of one SIREN answer each for itself: which one this is.",
                        max_length=200,
                        verbose_name="entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical company",
                "verbose_name_plural": "historical companies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "siren",
                    models.CharField(
                        blank=True,
                        help_text="Nine digits. Optional.",
                        max_length=9,
                        validators=[assessment.models.people.validate_siren],
                        verbose_name="SIREN",
                    ),
                ),
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
                ("activities", models.JSONField(blank=True, default=list, verbose_name="activities")),
                (
                    "fictional",
                    models.BooleanField(
                        default=False,
                        help_text="Made for the demonstration; never counted with real companies.",
                        verbose_name="fictional",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created on"),
                ),
                (
                    "entity",
                    models.CharField(
                        blank=True,
                        help_text="Where several entities of one SIREN answer each for itself: which one this is.",
                        max_length=200,
                        verbose_name="entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "company",
                "verbose_name_plural": "companies",
                "ordering": [language.expressions.Alphabetical("name"), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="company_name_given",
                        violation_error_message="Give the company’s name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("siren", ""), ("siren__length", 9), _connector="OR"),
                        name="company_siren_nine_digits",
                        violation_error_message="A SIREN has nine digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sub_sector__in", ["pharma", "biotech", "medtech", "ivd", "ehealth", "cdmo", "service"])
                        ),
                        name="company_sub_sector_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__in", ["micro", "small", "medium", "midcap", "large"])),
                        name="company_size_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "region__in",
                                [
                                    "FR-ARA",
                                    "FR-BFC",
                                    "FR-BRE",
                                    "FR-CVL",
                                    "FR-20R",
                                    "FR-GES",
                                    "FR-HDF",
                                    "FR-IDF",
                                    "FR-NOR",
                                    "FR-NAQ",
                                    "FR-OCC",
                                    "FR-PDL",
                                    "FR-PAC",
                                    "FR-OM",
                                    "ABROAD",
                                ],
                            )
                        ),
                        name="company_region_known",
                    ),
                    models.UniqueConstraint(
                        models.F("siren"),
                        django.db.models.functions.text.Lower("entity"),
                        condition=models.Q(("siren", ""), _negated=True),
                        name="company_siren_once",
                        violation_error_message="A company with this SIREN is here already, so that each counts once. Ask its managers to let you in; or, if yours is an entity of it that answers for itself, name the entity.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entity", ""), models.Q(("siren", ""), _negated=True), _connector="OR"),
                        name="company_entity_of_a_siren",
                        violation_error_message="Give the SIREN that this is an entity of.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("manager", "manager"), ("contributor", "contributor"), ("reader", "reader")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined on"),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["company", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "user"),
                        name="membership_once_per_company",
                        violation_error_message="This person is a member of the company already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["manager", "contributor", "reader"])),
                        name="membership_role_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="company",
            name="members",
            field=models.ManyToManyField(
                related_name="companies", through="assessment.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("company_id", models.UUIDField(verbose_name="company identifier")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="on")),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["-at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("company_id",), name="erasure_once_per_company")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="assessment.company",
                        verbose_name="company",
                    ),
                ),
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
                (
                    "invited_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="invited on"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires on")),
                ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="accepted on")),
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
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn on")),
                (
                    "formerly_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="formerly the address of",
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
    ]

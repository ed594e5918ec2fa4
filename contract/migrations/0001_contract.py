"""The strategic contract as reference data."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import language.expressions


class Migration(migrations.Migration):
    initial = True

    replaces = [("contract", "0001_initial"), ("contract", "0002_alphabetical")]
    dependencies = [("assessment", "0001_people"), ("language", "0001_functions")]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As published, not translated.", max_length=300, verbose_name="title"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "French"), ("en", "English")],
                        max_length=2,
                        verbose_name="language of the title",
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "on that day"), ("month", "in that month"), ("around", "around that day")],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="address")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("note_fr", models.TextField(blank=True, null=True, verbose_name="note")),
                ("note_en", models.TextField(blank=True, null=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["code"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="source_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("precision", ""), ("published_on", None)),
                            models.Q(("precision__in", ["day", "month", "around"]), ("published_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="source_date_and_precision",
                        violation_error_message="Give the date and its precision, or neither.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("summary_fr", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_en", models.TextField(blank=True, null=True, verbose_name="summary")),
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["signed_on", "pk"],
                "get_latest_by": ["signed_on", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="contract_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="contract_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="contract.contract",
                        verbose_name="amended contract",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("summary_fr", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_en", models.TextField(blank=True, null=True, verbose_name="summary")),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["signed_on", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="amendment_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="amendment_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.UniqueConstraint(
                        fields=("contract", "signed_on"),
                        name="amendment_one_a_day",
                        violation_error_message="Another amendment to this contract was signed on that day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "ministry"),
                            ("trade_union", "trade union"),
                            ("sector_committee", "strategic committee of the sector"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="party_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="party_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ministry", "trade_union", "sector_committee"])),
                        name="party_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "persons",
                "ordering": [language.expressions.Alphabetical("name"), "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="person_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="person_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="contract.party",
                        verbose_name="party",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="contract.person",
                        verbose_name="signed by",
                    ),
                ),
                ("capacity", models.CharField(blank=True, max_length=200, verbose_name="as")),
                ("capacity_fr", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                ("capacity_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                (
                    "person_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source that names the person",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["party__position", "pk"],
                "abstract": False,
                "default_related_name": "signatures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="signature_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="signature_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="signature_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("contract__isnull", False)),
                        fields=("party", "contract"),
                        name="signature_once_per_contract",
                        violation_error_message="This party has signed the contract already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("amendment__isnull", False)),
                        fields=("party", "amendment"),
                        name="signature_once_per_amendment",
                        violation_error_message="This party has signed the amendment already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", None), ("person_source", None)),
                            models.Q(("person__isnull", False), ("person_source__isnull", False)),
                            _connector="OR",
                        ),
                        name="signature_person_and_source",
                        violation_error_message="Give the person and the source that names them, or neither.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="contract.person",
                        verbose_name="person",
                    ),
                ),
                ("capacity", models.CharField(blank=True, max_length=200, verbose_name="as")),
                ("capacity_fr", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                ("capacity_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                ("text", models.TextField(verbose_name="text")),
                ("text_fr", models.TextField(null=True, verbose_name="text")),
                ("text_en", models.TextField(null=True, verbose_name="text")),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["pk"],
                "abstract": False,
                "default_related_name": "statements",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="statement_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="statement_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="statement_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("major", "major project"),
                            ("cross_cutting", "cross-cutting action"),
                            ("structuring", "structuring project"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "standing",
                    models.CharField(
                        blank=True,
                        choices=[("new", "new"), ("continued", "continued"), ("extended", "extended")],
                        max_length=20,
                        verbose_name="standing",
                    ),
                ),
                (
                    "standing_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The latest amendment that spoke of this project.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="standing given by",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["position", "pk"],
                "abstract": False,
                "default_related_name": "projects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="project_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="project_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="project_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "major", "cross_cutting", "structuring"])),
                        name="project_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", ""), ("standing_by", None)),
                            models.Q(
                                ("amendment__isnull", False),
                                ("standing", "new"),
                                ("standing_by", models.F("amendment")),
                                ("standing_by__isnull", False),
                            ),
                            models.Q(
                                ("standing__in", ["continued", "extended"]),
                                ("standing_by__isnull", False),
                                models.Q(
                                    ("amendment", None),
                                    models.Q(("standing_by", models.F("amendment")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="project_standing_by_text",
                        violation_error_message="A project is new by the amendment that introduced it, continued or extended by a later one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contract.project", verbose_name="project"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("objective", "objective"), ("mission", "mission")],
                        help_text="Empty where the source uses no word.",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
                "ordering": ["project", "position", "pk"],
                "abstract": False,
                "default_related_name": "missions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="mission_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="mission_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="mission_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "objective", "mission"])), name="mission_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Carrier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "carrier",
                "verbose_name_plural": "carriers",
                "ordering": [language.expressions.Alphabetical("name"), "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="carrier_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="carrier_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectUseCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contract.project", verbose_name="project"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("carriers", models.ManyToManyField(blank=True, to="contract.carrier", verbose_name="carriers")),
            ],
            options={
                "verbose_name": "use case of the contract",
                "verbose_name_plural": "use cases of the contract",
                "ordering": ["project", "position", "pk"],
                "abstract": False,
                "default_related_name": "use_cases",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="projectusecase_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="projectusecase_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="projectusecase_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("theme", "theme"),
                            ("part", "part of the amendment"),
                            ("recovery_axis", "axis of the recovery plan"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["kind", "position", "pk"],
                "abstract": False,
                "default_related_name": "themes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="theme_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="theme_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="theme_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["theme", "part", "recovery_axis"])), name="theme_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="label")),
                ("label_fr", models.CharField(max_length=200, null=True, verbose_name="label")),
                ("label_en", models.CharField(max_length=200, null=True, verbose_name="label")),
                ("value", models.DecimalField(decimal_places=1, max_digits=14, verbose_name="value")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                ("unit_fr", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                ("unit_en", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                (
                    "approximate",
                    models.BooleanField(
                        default=False, help_text="The source says “about”.", verbose_name="approximate"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "sector figure",
                "verbose_name_plural": "sector figures",
                "ordering": ["position", "pk"],
                "abstract": False,
                "default_related_name": "figures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="figure_code_unique",
                        violation_error_message="Another record has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_in", None), models.Q(("also_in", models.F("source")), _negated=True), _connector="OR"
                        ),
                        name="figure_two_sources_differ",
                        violation_error_message="The second source is another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amendment", None), ("contract__isnull", False)),
                            models.Q(("amendment__isnull", False), ("contract", None)),
                            _connector="OR",
                        ),
                        name="figure_introduced_by_one_text",
                        violation_error_message="Name the text that brought it in: the contract or one amendment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)),
                        name="figure_value_positive",
                        violation_error_message="A figure is more than zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAmendment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("summary_fr", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_en", models.TextField(blank=True, null=True, verbose_name="summary")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="amended contract",
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
                "verbose_name": "historical amendment",
                "verbose_name_plural": "historical amendments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCarrier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
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
                "verbose_name": "historical carrier",
                "verbose_name_plural": "historical carriers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContract",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("summary_fr", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_en", models.TextField(blank=True, null=True, verbose_name="summary")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
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
                "verbose_name": "historical contract",
                "verbose_name_plural": "historical contracts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFigure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="label")),
                ("label_fr", models.CharField(max_length=200, null=True, verbose_name="label")),
                ("label_en", models.CharField(max_length=200, null=True, verbose_name="label")),
                ("value", models.DecimalField(decimal_places=1, max_digits=14, verbose_name="value")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                ("unit_fr", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                ("unit_en", models.CharField(blank=True, max_length=100, null=True, verbose_name="unit")),
                (
                    "approximate",
                    models.BooleanField(
                        default=False, help_text="The source says “about”.", verbose_name="approximate"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
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
                "verbose_name": "historical sector figure",
                "verbose_name_plural": "historical sector figures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMission",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("objective", "objective"), ("mission", "mission")],
                        help_text="Empty where the source uses no word.",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.project",
                        verbose_name="project",
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
                "verbose_name": "historical mission",
                "verbose_name_plural": "historical missions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "ministry"),
                            ("trade_union", "trade union"),
                            ("sector_committee", "strategic committee of the sector"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
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
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPerson",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
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
                "verbose_name": "historical person",
                "verbose_name_plural": "historical persons",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProject",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("major", "major project"),
                            ("cross_cutting", "cross-cutting action"),
                            ("structuring", "structuring project"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "standing",
                    models.CharField(
                        blank=True,
                        choices=[("new", "new"), ("continued", "continued"), ("extended", "extended")],
                        max_length=20,
                        verbose_name="standing",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "standing_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The latest amendment that spoke of this project.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="standing given by",
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
                "verbose_name": "historical project",
                "verbose_name_plural": "historical projects",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProjectUseCase",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("title_fr", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=300, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.project",
                        verbose_name="project",
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
                "verbose_name": "historical use case of the contract",
                "verbose_name_plural": "historical use cases of the contract",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProjectUseCase_carriers",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "projectusecase",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.projectusecase",
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.carrier",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="contract.historicalprojectusecase",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalProjectUseCase_carriers",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSignature",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("capacity", models.CharField(blank=True, max_length=200, verbose_name="as")),
                ("capacity_fr", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                ("capacity_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.party",
                        verbose_name="party",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.person",
                        verbose_name="signed by",
                    ),
                ),
                (
                    "person_source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source that names the person",
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
                "verbose_name": "historical signature",
                "verbose_name_plural": "historical signatures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As published, not translated.", max_length=300, verbose_name="title"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "French"), ("en", "English")],
                        max_length=2,
                        verbose_name="language of the title",
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "on that day"), ("month", "in that month"), ("around", "around that day")],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="address")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("note_fr", models.TextField(blank=True, null=True, verbose_name="note")),
                ("note_en", models.TextField(blank=True, null=True, verbose_name="note")),
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
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStatement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                ("capacity", models.CharField(blank=True, max_length=200, verbose_name="as")),
                ("capacity_fr", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                ("capacity_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="as")),
                ("text", models.TextField(verbose_name="text")),
                ("text_fr", models.TextField(null=True, verbose_name="text")),
                ("text_en", models.TextField(null=True, verbose_name="text")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.person",
                        verbose_name="person",
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
                "verbose_name": "historical statement",
                "verbose_name_plural": "historical statements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTheme",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Stays the same in both languages; imports and addresses rest on it.",
                        max_length=60,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        verbose_name="note",
                    ),
                ),
                (
                    "note_fr",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        help_text="What the sources leave open or say oddly. Kept, not smoothed over.",
                        null=True,
                        verbose_name="note",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("theme", "theme"),
                            ("part", "part of the amendment"),
                            ("recovery_axis", "axis of the recovery plan"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_fr", models.TextField(blank=True, null=True, verbose_name="description")),
                ("description_en", models.TextField(blank=True, null=True, verbose_name="description")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "also_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.source",
                        verbose_name="also in",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.contract",
                        verbose_name="introduced by the contract",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contract.amendment",
                        verbose_name="introduced by the amendment",
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
                "verbose_name": "historical theme",
                "verbose_name_plural": "historical themes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]

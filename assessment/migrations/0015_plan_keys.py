"""What plans read of a questionnaire: efforts, obligations, targets; frozen with the version like points."""

from importlib import import_module

import django.core.validators
from django.db import migrations, models

from assessment.models import triggers

BEFORE = import_module("assessment.migrations.0005_triggers").COLUMNS
ADDED = {
    "version": ["format", "targets"],
    "question": ["obligation", "obligation_fr", "obligation_en"],
    "choice": ["effort"],
    "band": ["effort"],
}
FROZEN = {model: [*columns, *ADDED.get(model, [])] for model, columns in BEFORE["frozen"].items()}
AFTER = {**BEFORE, "frozen": FROZEN}


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0014_campaign_titles"),
    ]

    operations = [
        triggers.Drop(**BEFORE),
        migrations.AddField(
            model_name="band",
            name="effort",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="1 to 5: the work to reach this from the step below.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
                verbose_name="effort",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="effort",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="1 to 5: the work to reach this from the step below.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
                verbose_name="effort",
            ),
        ),
        migrations.AddField(
            model_name="historicalband",
            name="effort",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="1 to 5: the work to reach this from the step below.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
                verbose_name="effort",
            ),
        ),
        migrations.AddField(
            model_name="historicalchoice",
            name="effort",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="1 to 5: the work to reach this from the step below.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
                verbose_name="effort",
            ),
        ),
        migrations.AddField(
            model_name="historicalquestion",
            name="obligation",
            field=models.TextField(blank=True, help_text="What a law asks here.", verbose_name="obligation"),
        ),
        migrations.AddField(
            model_name="historicalquestion",
            name="obligation_en",
            field=models.TextField(blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"),
        ),
        migrations.AddField(
            model_name="historicalquestion",
            name="obligation_fr",
            field=models.TextField(blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"),
        ),
        migrations.AddField(
            model_name="historicalversion",
            name="format",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (2, "2")],
                default=1,
                help_text="2 with efforts, obligations or targets.",
                verbose_name="format",
            ),
        ),
        migrations.AddField(
            model_name="historicalversion",
            name="targets",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Scores to aim at: the first whose condition holds.",
                verbose_name="targets",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="obligation",
            field=models.TextField(blank=True, help_text="What a law asks here.", verbose_name="obligation"),
        ),
        migrations.AddField(
            model_name="question",
            name="obligation_en",
            field=models.TextField(blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"),
        ),
        migrations.AddField(
            model_name="question",
            name="obligation_fr",
            field=models.TextField(blank=True, help_text="What a law asks here.", null=True, verbose_name="obligation"),
        ),
        migrations.AddField(
            model_name="version",
            name="format",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (2, "2")],
                default=1,
                help_text="2 with efforts, obligations or targets.",
                verbose_name="format",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="targets",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Scores to aim at: the first whose condition holds.",
                verbose_name="targets",
            ),
        ),
        triggers.Create(**AFTER),
    ]

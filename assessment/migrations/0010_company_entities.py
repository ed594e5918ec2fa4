import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0009_constraint_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="entity",
            field=models.CharField(
                blank=True,
                help_text="Where several entities of one SIREN answer each for itself: which one this is.",
                max_length=200,
                verbose_name="entity",
            ),
        ),
        migrations.AddField(
            model_name="historicalcompany",
            name="entity",
            field=models.CharField(
                blank=True,
                help_text="Where several entities of one SIREN answer each for itself: which one this is.",
                max_length=200,
                verbose_name="entity",
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.UniqueConstraint(
                models.F("siren"),
                django.db.models.functions.text.Lower("entity"),
                condition=models.Q(("siren", ""), _negated=True),
                name="company_siren_once",
                violation_error_message="A company with this SIREN is here already, so that each counts once. Ask its managers to let you in; or, if yours is an entity of it that answers for itself, name the entity.",
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(("entity", ""), models.Q(("siren", ""), _negated=True), _connector="OR"),
                name="company_entity_of_a_siren",
                violation_error_message="Give the SIREN that this is an entity of.",
            ),
        ),
    ]

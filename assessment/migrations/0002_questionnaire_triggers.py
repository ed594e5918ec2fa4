"""A published version cannot be altered, by whatever path (docs/decisions/0001-immutable-versions.md)."""

from django.db import migrations, models

from assessment.models import questionnaire, triggers


def percentage(label, **options):
    return models.DecimalField(label, max_digits=9, decimal_places=6, **options)


def number(label, **options):
    return models.DecimalField(
        label, max_digits=21, decimal_places=6, validators=[questionnaire.validate_fifteen_digits], **options
    )


def code(label, **options):
    return models.CharField(label, max_length=40, validators=[questionnaire.validate_code], **options)


def alterations():
    """Room for every number that a questionnaire file may reasonably hold; codes as in such a file."""
    yield migrations.AlterField("questionnaire", "code", code("code", unique=True))
    optional = {"null": True, "blank": True}
    for prefix in ["", "historical"]:
        yield migrations.AlterField(f"{prefix}level", "start", percentage("from"))
        yield migrations.AlterField(
            f"{prefix}level", "every_dimension_at_least", percentage("every dimension at least", **optional)
        )
        yield migrations.AlterField(f"{prefix}question", "minimum", number("minimum", **optional))
        yield migrations.AlterField(f"{prefix}question", "maximum", number("maximum", **optional))
        yield migrations.AlterField(f"{prefix}band", "start", number("from"))
        yield migrations.AlterField(f"{prefix}version", "number", code("version"))
        for model in ["dimension", "capability", "question", "choice"]:
            yield migrations.AlterField(f"{prefix}{model}", "code", code("code"))


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [*alterations(), migrations.RunPython(triggers.create, triggers.drop)]

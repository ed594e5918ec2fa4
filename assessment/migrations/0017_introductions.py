"""The introduction of a published version joins the texts that may be corrected."""

from importlib import import_module

from django.db import migrations

from assessment.models import triggers

BEFORE = import_module("assessment.migrations.0015_plan_keys").AFTER
FREED = {"introduction", "introduction_fr", "introduction_en"}
FROZEN = {**BEFORE["frozen"], "version": [column for column in BEFORE["frozen"]["version"] if column not in FREED]}
AFTER = {**BEFORE, "frozen": FROZEN}


class Migration(migrations.Migration):
    dependencies = [("assessment", "0016_language_of_emails_in_words")]

    operations = [triggers.Drop(**BEFORE), triggers.Create(**AFTER)]

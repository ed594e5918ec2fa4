from django.db import migrations

import language.expressions


class Migration(migrations.Migration):
    dependencies = [
        ("contract", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="carrier",
            options={
                "ordering": [language.expressions.Alphabetical("name"), "pk"],
                "verbose_name": "carrier",
                "verbose_name_plural": "carriers",
            },
        ),
        migrations.AlterModelOptions(
            name="person",
            options={
                "ordering": [language.expressions.Alphabetical("name"), "pk"],
                "verbose_name": "person",
                "verbose_name_plural": "persons",
            },
        ),
    ]

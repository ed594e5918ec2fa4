import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0013_language_of_emails"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("title_fr"),
                condition=models.Q(("title_fr", ""), _negated=True),
                name="campaign_title_fr_once",
                violation_error_message="Another campaign has this title.",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("title_en"),
                condition=models.Q(("title_en", ""), _negated=True),
                name="campaign_title_en_once",
                violation_error_message="Another campaign has this title.",
            ),
        ),
    ]

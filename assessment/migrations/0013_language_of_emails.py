from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0012_company_name_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("fr", "French"), ("en", "English")],
                default="",
                max_length=2,
                verbose_name="language of e-mails",
            ),
        ),
    ]

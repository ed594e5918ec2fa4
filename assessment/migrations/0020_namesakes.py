"""Who bears a colleague’s name is marked; a use case is selected by the committee in words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0019_exports_by_bounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="has_namesake",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="publication",
            name="labelled",
            field=models.BooleanField(default=False, verbose_name="selected by the sector’s committee"),
        ),
        migrations.AlterField(
            model_name="usecaseevent",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="user",
            name="name",
            field=models.CharField(
                blank=True,
                help_text="As your colleagues will see it.",
                max_length=150,
                verbose_name="first and last name",
            ),
        ),
    ]

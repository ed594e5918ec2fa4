"""What a group may do is fixed by migrations: an administrator looks, and can no more give a group further rights."""

from django.db import migrations

TAKEN = ["add_group", "change_group", "delete_group"]


def take_away(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    taken = Permission.objects.filter(content_type__app_label="auth", codename__in=TAKEN)
    for group in Group.objects.all():
        group.permissions.remove(*taken)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0011_search_indexes_without_pending_list")]
    operations = [migrations.RunPython(take_away, migrations.RunPython.noop)]

"""The four staff groups and what each may do: fixed here, so that no administrator can give a group further rights.

Permissions are rows that Django makes after all migrations; the groups need them now, so they are made here first.
A later migration that adds a model grants it in the same way: a test names whatever no administrator can see.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOK = ["view"]
WORK = ["view", "add", "change", "delete"]

QUESTIONNAIRE = [
    "questionnaire",
    "version",
    "level",
    "dimension",
    "capability",
    "question",
    "choice",
    "band",
    "campaign",
]
COMPANIES = ["company", "membership"]
# Written by the product alone: nobody adds, changes or deletes them by hand.
ANSWERS = ["assessment", "answer", "answerchange", "result", "nodescore"]
TRACES = ["staffaccess", "erasure"]
REVIEWED_CASES = ["usecase", "interest"]
SEEN_CASES = ["publication", "bookmark"]
CONTRACT = [
    "contract",
    "amendment",
    "party",
    "person",
    "signature",
    "source",
    "statement",
    "figure",
    "theme",
    "project",
    "mission",
    "projectusecase",
    "carrier",
]


def grants():
    """Yield (group, actions, app, models)."""
    for group in ["reader", "reviewer"]:
        yield group, LOOK, "assessment", QUESTIONNAIRE
        yield group, LOOK, "contract", CONTRACT
    # A reader sees what concerns everybody; who answers, and what, is a reviewer's to see.
    yield "reviewer", LOOK, "assessment", COMPANIES + ANSWERS
    yield "reviewer", ["export"], "assessment", ["result"]
    for group in ["editor", "administrator"]:
        yield group, WORK, "assessment", QUESTIONNAIRE
        yield group, WORK, "contract", CONTRACT
    yield "administrator", WORK, "assessment", ["user", *COMPANIES]
    yield "administrator", LOOK, "assessment", ANSWERS + TRACES
    yield "administrator", ["export"], "assessment", ["result"]
    yield "administrator", LOOK, "auth", ["group"]
    for group in ["reviewer", "administrator"]:
        yield group, ["view", "change"], "assessment", REVIEWED_CASES
        yield group, LOOK, "assessment", SEEN_CASES
        yield group, ["publish", "label"], "assessment", ["usecase"]


def make_groups(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ["assessment", "auth", "contract"]:
        # The app as installed says whose permissions; the models are those of this point in history.
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    for name, actions, app, models in grants():
        codes = [f"{action}_{model}" for action in actions for model in models]
        permissions = list(Permission.objects.filter(content_type__app_label=app, codename__in=codes))
        missing = set(codes) - {permission.codename for permission in permissions}
        if missing:
            raise LookupError(f"No such permission in {app}: {', '.join(sorted(missing))}")
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    replaces = [("assessment", "0007_staff_groups")]
    dependencies = [
        ("assessment", "0006_search_indexes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("contract", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]

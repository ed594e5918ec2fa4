import importlib

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import make_company, make_result, make_staff, make_user, make_version

pytestmark = pytest.mark.django_db
ALL = {"view", "add", "change", "delete"}
LOOK = {"view"}
NOTHING = set()


@pytest.mark.parametrize(
    ("model", "reader", "reviewer", "editor", "administrator"),
    [
        ("assessment.question", LOOK, LOOK, ALL, ALL),
        ("assessment.version", LOOK, LOOK, ALL, ALL),
        ("assessment.campaign", LOOK, LOOK, ALL, ALL),
        ("contract.project", LOOK, LOOK, ALL, ALL),
        ("contract.signature", LOOK, LOOK, ALL, ALL),
        ("assessment.company", NOTHING, LOOK, NOTHING, ALL),
        ("assessment.membership", NOTHING, LOOK, NOTHING, ALL),
        ("assessment.assessment", NOTHING, LOOK, NOTHING, LOOK),
        ("assessment.answer", NOTHING, LOOK, NOTHING, LOOK),
        ("assessment.answerchange", NOTHING, LOOK, NOTHING, LOOK),
        ("assessment.result", NOTHING, LOOK, NOTHING, LOOK),
        ("assessment.nodescore", NOTHING, LOOK, NOTHING, LOOK),
        ("assessment.staffaccess", NOTHING, NOTHING, NOTHING, LOOK),
        ("assessment.erasure", NOTHING, NOTHING, NOTHING, LOOK),
        ("assessment.user", NOTHING, NOTHING, NOTHING, ALL),
        ("auth.group", NOTHING, NOTHING, NOTHING, LOOK),
    ],
)
def test_each_group_does_what_its_name_says(model, reader, reviewer, editor, administrator):
    found = {name: allowed(name, model) for name in ["reader", "reviewer", "editor", "administrator"]}

    assert found == {"reader": reader, "reviewer": reviewer, "editor": editor, "administrator": administrator}


def allowed(group, model):
    app, name = model.split(".")
    codes = Group.objects.get(name=group).permissions.filter(content_type__app_label=app, content_type__model=name)
    return {code.split("_")[0] for code in codes.values_list("codename", flat=True)} & ALL


def test_taking_results_away_is_for_reviewers_and_administrators():
    groups = Group.objects.filter(permissions__codename="export_result").order_by("name")

    assert [group.name for group in groups] == ["administrator", "reviewer"]


def test_an_administrator_sees_all_that_the_admin_lists():
    """A model added later is granted by the migration that adds it."""
    request = RequestFactory().get("/")
    request.user = make_staff(group="administrator")
    ours = [shown for shown in admin.site._registry.values() if shown.opts.app_label in {"assessment", "contract"}]

    unseen = [shown.opts.label for shown in ours if not shown.has_view_permission(request)]

    assert unseen == []


def test_making_the_groups_twice_changes_nothing():
    migration = importlib.import_module("assessment.migrations.0009_groups_of_staff")
    before = permissions_by_group()

    migration.make_groups(apps, None)

    assert permissions_by_group() == before


def permissions_by_group():
    return {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}


@pytest.mark.parametrize(
    ("group", "status"), [("reader", 403), ("reviewer", 200), ("editor", 403), ("administrator", 200)]
)
@pytest.mark.parametrize("view", ["assessment_result_changelist", "assessment_company_changelist"])
def test_companies_and_their_results_are_for_reviewers_and_administrators(client, view, group, status):
    client.force_login(make_staff(group=group))

    assert client.get(reverse(f"admin:{view}")).status_code == status


@pytest.mark.parametrize(("group", "status"), [("reader", 403), ("reviewer", 200)])
def test_a_reader_cannot_open_a_companys_result(client, group, status):
    result = make_result(company=make_company(name="Acme"), by=make_user(), version=make_version())
    client.force_login(make_staff(group=group))

    assert client.get(reverse("admin:assessment_result_change", args=[result.pk])).status_code == status


def test_staff_have_no_other_door_to_a_company(client):
    company = make_company()
    client.force_login(make_staff(group="reviewer"))

    assert client.get(reverse("company", args=[company.pk])).status_code == 404

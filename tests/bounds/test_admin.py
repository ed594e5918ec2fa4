"""Numbers in the administration: in paths, lists, filters and actions of every model that it has."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.bounds.world import failures
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NUMBERS = [str(2**63), "9" * 5000]


@pytest.fixture
def desk(client, world):
    client.force_login(make_user(email="chief@csf.example", is_staff=True, is_superuser=True))
    return client


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def asked_of(model, model_admin, number):
    address, row = list_of(model), model._default_manager.order_by("pk").first()
    for page in ["change", "delete", "history"]:
        yield "get", f"{address}{number}/{page}/", {}
    if row and hasattr(model, "history"):
        yield "get", f"{address}{row.pk}/history/{number}/", {}
    declared = [name for name in model_admin.list_filter if isinstance(name, str)]
    ours = [name.parameter_name for name in model_admin.list_filter if hasattr(name, "parameter_name")]
    lookups = [f"{name}{lookup}" for name in declared for lookup in ["__exact", "__id__exact", "__gte", "__year"]]
    for name in ["p", "o", "e", "all", "q", *lookups, *ours]:
        yield "get", address, {name: number}
    action = {"action": "delete_selected", "_selected_action": number, "select_across": number, "index": "0"}
    yield "post", address, action


def test_no_number_makes_a_page_of_the_administration_fail(desk):
    asked = [
        each
        for model, model_admin in admin.site._registry.items()
        for number in NUMBERS
        for each in asked_of(model, model_admin, number)
    ]

    assert len(asked) > 500

    assert failures(desk, asked) == []


def test_no_number_makes_the_administrations_own_pages_fail(desk):
    offered = {"app_label": "assessment", "model_name": "membership", "field_name": "user"}
    asked = [
        ask
        for number in NUMBERS
        for ask in [
            ("get", f"/en/admin/r/{number}/{number}/", {}),
            ("get", reverse("admin:autocomplete"), offered | {"page": number, "term": number}),
        ]
    ]

    assert failures(desk, asked) == []

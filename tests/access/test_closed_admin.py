"""Every list of the administration answers to the filters that it declares, and to nothing else in the address.

Generated over all models, fields, relations and lookups: a question that no filter declares gets one and the same
refusal, whether a row matches or not.
"""

from itertools import product

import pytest
from django.contrib import admin
from django.contrib.admin import FieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from assessment.models import Company, User
from staff.lists import DeclaredChangeList
from staff.options import Closed, ClosedAdmin
from tests.contract.records import make_everything
from tests.factories import make_company, make_result, make_staff, make_user

pytestmark = pytest.mark.django_db
ADMINS = list(admin.site._registry.values())
ENDINGS = ["", "startswith", "regex", "gt", "in", "isnull"]
INTO = {models.JSONField: ["OPS.MES.1__value__choices__0", "0"], models.DateField: ["year", "year__gte"]}
GUESSED = [shown for shown in ADMINS if shown.opts.app_label != "contract" or shown.opts.model_name == "project"]
PLAIN = {"q", "o", "p", "all", "_facets", "_popup", "_to_field", "_source_model", "e"}


def label(shown):
    return shown.opts.label_lower


def columns(model, *, depth=1):
    """Yield the path to every column, relation and part of JSON from a model and from what it relates to, both ways."""
    yield "pk"
    for field in model._meta.get_fields():
        name = field.name
        yield name
        yield from (f"{name}__{part}" for kind, parts in INTO.items() if isinstance(field, kind) for part in parts)
        if field.is_relation and field.related_model and depth:
            yield from (f"{name}__{path}" for path in columns(field.related_model, depth=depth - 1))


def lookups(model):
    """Every lookup on what a row has itself, some on what its relations have."""
    near = set(columns(model, depth=0))
    yield from ("__".join(filter(None, parts)) for parts in product(near, ENDINGS))
    yield from ("__".join(filter(None, parts)) for parts in product(set(columns(model)) - near, ["", "regex"]))


def declared(shown, request):
    """What the filters of a list take out of the address, as they say themselves."""
    taken = set(PLAIN)
    for declaration in shown.get_list_filter(request):
        taken |= set(made_filter(declaration, shown, request).expected_parameters())
    if shown.date_hierarchy:
        taken |= {f"{shown.date_hierarchy}__{part}" for part in ["year", "month", "day"]}
    return taken


def made_filter(declaration, shown, request):
    if isinstance(declaration, type):
        return declaration(request, {}, shown.model, shown)
    path, create = declaration if isinstance(declaration, tuple) else (declaration, FieldListFilter.create)
    return create(get_fields_from_path(shown.model, path)[-1], request, {}, shown.model, shown, field_path=path)


def asked(query, *, by):
    request = RequestFactory().get("/", query)
    request.user, request.session = by, {}
    return request


def test_every_admin_and_inline_has_the_common_ground():
    inlines = [inline for shown in ADMINS for inline in shown.inlines]

    assert [label(shown) for shown in ADMINS if not isinstance(shown, ClosedAdmin)] == []
    assert [inline.__name__ for inline in inlines if not issubclass(inline, Closed)] == []


def test_every_list_is_one_that_refuses(rf):
    lists = [shown.get_changelist(rf.get("/")) for shown in ADMINS]

    assert [made.__name__ for made in lists if not issubclass(made, DeclaredChangeList)] == []


@pytest.mark.parametrize("shown", ADMINS, ids=label)
def test_nothing_but_a_declared_filter_is_taken(shown):
    root = make_user(is_staff=True, is_superuser=True)
    plain = asked({}, by=root)
    changes = shown.get_changelist_instance(plain)

    taken = {lookup for lookup in lookups(shown.model) if is_taken(changes, asked({lookup: "1"}, by=root))}

    assert taken - declared(shown, plain) == set()


def is_taken(changes, request):
    """Asked of the list's filters alone: a value that fits no column would be refused later, and tell nothing here."""
    changes.filter_params, changes.params, changes.left_out = dict(request.GET.lists()), request.GET.dict(), []
    try:
        changes.get_filters(request)
    except IncorrectLookupParameters:
        return False
    return not changes.left_out


class OpenList(ChangeList):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.left_out = []


def test_the_question_would_notice_a_list_that_answers_to_any_column(monkeypatch):
    """Broken on purpose: the lists are Django's own again."""
    monkeypatch.setattr(ClosedAdmin, "get_changelist", lambda shown, request, **options: OpenList)
    shown, root = admin.site.get_model_admin(User), make_user(is_staff=True, is_superuser=True)
    changes = shown.get_changelist_instance(asked({}, by=root))

    taken = [lookup for lookup in ["password__regex", "name"] if is_taken(changes, asked({lookup: "1"}, by=root))]

    assert taken == ["password__regex", "name"]


@pytest.fixture
def root(client):
    user = make_user(email="root@csf.example", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def answer_to(client, shown, query):
    response = client.get(reverse(f"admin:{shown.opts.app_label}_{shown.opts.model_name}_changelist"), query)
    return (
        response.status_code,
        response.get("Location"),
        len(response.context["cl"].result_list) if response.context else 0,
    )


@pytest.mark.parametrize("shown", GUESSED, ids=label)
def test_a_guess_that_is_right_gets_the_same_answer_as_one_that_is_wrong(client, root, shown):
    make_everything(1)
    make_result(company=make_company(name="Acme"))
    row = shown.model._default_manager.first()
    open_to = declared(shown, asked({}, by=root))
    told = []

    for field in shown.model._meta.concrete_fields:
        lookup = f"{field.name}__{'in' if field.is_relation else 'startswith'}"
        right = str(field.value_from_object(row))[:3] if row else "1"
        if lookup not in open_to and answer_to(client, shown, {lookup: right}) != answer_to(
            client, shown, {lookup: "☃"}
        ):
            told.append(lookup)

    assert told == []


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("user", {"password__regex": "^md5"}),
        ("user", {"password__startswith": "m"}),
        ("user", {"emailaddress__verified": "1"}),
        ("company", {"members__email__startswith": "a"}),
        ("company", {"id__startswith": "a"}),
        ("result", {"answers__STR.VIS.1__value__choices__0": "2"}),
        ("result", {"score__gte": "40"}),
        ("result", {"company__name__startswith": "A"}),
        ("version", {"assessments__id": "1"}),
        ("version", {"assessments__isnull": "0"}),
        ("staffaccess", {"filters__version": "1"}),
        ("campaign", {"opens_on__month": "1"}),
        ("campaign", {"opens_on__year": "9999"}),
        ("campaign", {"opens_on__year": "9" * 30}),
        ("user", {"groups__id__exact": "1", "password__regex": "^md5"}),
        ("user", {"_to_field": "password"}),
        ("user", {"_to_field": "email"}),
        ("user", {"_popup": "1", "password__regex": "^md5"}),
        ("user", {"_facets": "1", "password__regex": "^md5"}),
        ("company", {"_changelist_filters": "siren__startswith=5"}),
    ],
)
def test_what_is_not_declared_is_left_out_and_said_before_a_row_is_read(client, root, model, query):
    address = reverse(f"admin:assessment_{model}_changelist")
    declared = {"groups__id__exact": "1", "_popup": "1", "_facets": "1"}
    whole = client.get(address, {name: value for name, value in query.items() if name in declared})

    page = client.get(address, query)

    asked = [f"{name}={value}" for name, value in query.items() if name not in declared]
    assert page.context["cl"].left_out == asked
    assert list(page.context["cl"].result_list) == list(whole.context["cl"].result_list)
    assert len(page.context["messages"]) == 1


@pytest.mark.parametrize("query", [{"code__startswith": "p"}, {"missions__code": "x"}, {"_to_field": "code"}])
def test_an_export_takes_no_more_than_the_list_would_show(client, root, query):
    response = client.get(reverse("admin:contract_project_export"), query)

    assert (response.status_code, response["Location"]) == (302, reverse("admin:contract_project_changelist"))


@pytest.mark.parametrize("column", ["0", "99", "-99", "password", "1.password", "-password", "9" * 30])
def test_a_list_is_ordered_by_what_it_shows_alone(client, root, column):
    plain = client.get(reverse("admin:assessment_user_changelist")).context["cl"].queryset.query.order_by

    ordered = (
        client.get(reverse("admin:assessment_user_changelist"), {"o": column}).context["cl"].queryset.query.order_by
    )

    assert "password" not in str(ordered)
    assert plain == ("email", "pk")


COMPLETED = {"app_label": "assessment", "model_name": "membership", "field_name": "user"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"field_name": "company"}, 403),
        ({"model_name": "result", "field_name": "company"}, 403),
        ({"model_name": "nodescore", "field_name": "result"}, 403),
        ({"model_name": "consultation", "field_name": "assessment"}, 403),
        ({"model_name": "nothing"}, 403),
        ({"field_name": "nothing"}, 403),
        ({"app_label": "auth", "model_name": "group", "field_name": "user"}, 403),
    ],
)
def test_only_what_a_form_completes_is_completed(client, root, changed, status):
    assert client.get(reverse("admin:autocomplete"), COMPLETED | {"term": "a"} | changed).status_code == status


def test_completing_people_is_for_those_who_see_people(client):
    client.force_login(make_staff(group="reviewer"))

    assert client.get(reverse("admin:autocomplete"), COMPLETED | {"term": ""}).status_code == 403


@pytest.mark.parametrize("query", ["_to_field=email", "_to_field=password", "_popup=1&_to_field=pk"])
def test_a_row_is_found_by_its_key_alone(client, root, query):
    address = reverse("admin:assessment_user_change", args=[root.pk])

    assert client.get(f"{address}?{query}").status_code == 400


def test_the_key_may_be_named(client, root):
    address = reverse("admin:assessment_user_change", args=[root.pk])

    assert client.get(f"{address}?_to_field=id&_popup=1").status_code == 200


HISTORIES = ["admin:assessment_company_history", "admin:assessment_company_simple_history"]


@pytest.mark.parametrize("view", [*HISTORIES, "admin:assessment_company_change", "admin:assessment_company_delete"])
@pytest.mark.parametrize("group", ["reader", "editor"])
def test_who_may_not_see_companies_is_not_told_which_exist(client, view, group):
    company = make_company()
    more = [company.history.latest().pk] if view.endswith("simple_history") else []
    client.force_login(make_staff(group=group))

    statuses = [
        client.get(reverse(view, args=[key, *more])).status_code
        for key in [company.pk, "7c4d1f7e-0000-4000-8000-000000000000", "nonsense"]
    ]

    assert statuses == [403, 403, 403]


@pytest.mark.parametrize("key", ["nonsense", "1", "_00", "9" * 30])
@pytest.mark.parametrize("view", HISTORIES)
def test_a_key_that_no_row_can_have_is_a_missing_row(client, root, view, key):
    more = ["nonsense"] if view.endswith("simple_history") else []

    assert client.get(reverse(view, args=[key, *more])).status_code == 404


@pytest.mark.parametrize("group", ["reviewer", "reader", "editor"])
def test_a_state_of_old_is_not_written_back_by_who_only_reads(client, group):
    company = make_company(name="Before")
    record = company.history.latest().pk
    client.force_login(make_staff(group=group))
    address = reverse("admin:assessment_company_simple_history", args=[company.pk, record])
    profile = {"name": "After", "sub_sector": "biotech", "size": "small", "region": "FR-IDF", "activities": []}

    status = client.post(address, profile).status_code

    assert (status, Company.objects.get().name) == (403, "Before")


def test_what_was_deleted_is_not_brought_back_from_its_history(client, root):
    project = make_everything(1)
    record = project.history.latest().pk
    address = reverse("admin:contract_project_simple_history", args=[project.pk, record])
    project.delete()

    status = client.post(address, {"code": "back", "title_fr": "Retour"}).status_code

    assert (status, type(project).objects.count()) == (404, 0)


def test_staff_change_their_password_where_everybody_does(client, root):
    response = client.get(reverse("admin:password_change"))

    assert (response.status_code, response["Location"]) == (302, reverse("account_change_password"))


def test_a_password_sent_to_the_administration_changes_nothing(client, root):
    before = User.objects.get().password

    client.post(reverse("admin:password_change"), {"old_password": "x", "new_password1": "y", "new_password2": "y"})

    assert User.objects.get().password == before


def test_no_address_of_the_administration_leads_from_a_key_to_a_page_of_the_site(client, root):
    company = make_company()

    statuses = [client.get(f"/en/admin/r/{number}/{key}/").status_code for number in [1, 9] for key in [1, company.pk]]

    assert statuses == [404, 404, 404, 404]

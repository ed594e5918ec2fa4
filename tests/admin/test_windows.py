"""Long lists: counted up to a bound, gone through to the end in any order, by the indexes that they have."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection
from pytest_django.asserts import assertContains

from assessment.models import Company, NodeScore, Result, User
from staff import windows
from tests.exchange.conftest import submitted
from tests.factories import COMPLETE, NOON, make_company, make_staff, make_user, make_version

pytestmark = pytest.mark.django_db
RESULTS, COMPANIES, USERS = (f"/en/admin/assessment/{name}/" for name in ["result", "company", "user"])


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Lists are long from the fourth row on, and a page has two."""
    monkeypatch.setattr(windows, "MOST", 4)
    for model in [Result, Company, User]:
        monkeypatch.setattr(windows_admin(model), "list_per_page", 2)


def windows_admin(model):
    from django.contrib import admin

    return type(admin.site._registry[model])


@pytest.fixture
def eleven(db):
    """Some at one moment, some with the same score, some without one for strategy."""
    make_version()
    values = [{"choices": ["3"]}, {"not_applicable": "run by the group"}, {"choices": ["1"]}, {"choices": ["1"]}]
    return [
        submitted(
            company=make_company(name=f"C{number % 3} {number}", size=["large", "micro", "small"][number % 3]),
            answers=COMPLETE | {"STR.VIS.1": values[number % 4]},
            at=NOON + timedelta(days=number // 2),
        )
        for number in range(11)
    ]


def gone_through(browser, address, parameters):
    """Return the keys of all rows, page by page and on beyond the last that is counted."""
    keys, query = [], parameters
    while query:
        for page in range(1, 3):
            response = browser.get(f"{address}{query}&p={page}")
            chosen = response.context["cl"]
            assert chosen.left_out == []
            keys += [row.pk for row in chosen.result_list]
            if page >= chosen.paginator.num_pages:
                break
        query = chosen.beyond
    return keys


@pytest.mark.parametrize("column", range(9))
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_result_is_met_once_in_any_order(column, sign, figures, eleven, monkeypatch):
    query = f"?o={sign}{column}"

    met = gone_through(figures, RESULTS, query)

    assert sorted(met) == [result.pk for result in eleven]
    monkeypatch.setattr(windows, "MOST", 100)
    monkeypatch.setattr(windows_admin(Result), "list_per_page", 100)
    assert met == [row.pk for row in figures.get(RESULTS + query).context["cl"].result_list]


@pytest.mark.parametrize("query", ["?", "?o=0", "?o=-1", "?o=3", "?o=-7", "?q=c"])
def test_every_company_is_met_once(query, client, eleven):
    client.force_login(make_staff())

    assert sorted(gone_through(client, COMPANIES, query)) == sorted(Company.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("query", ["?", "?o=0", "?o=-1", "?o=2", "?o=6", "?o=-6"])
def test_every_user_is_met_once(query, client):
    client.force_login(make_staff())
    for number in range(7):
        make_user(last_login=NOON if number % 2 else None, name="Ada" if number % 3 else "")

    assert sorted(gone_through(client, USERS, query)) == sorted(User.objects.values_list("pk", flat=True))


def test_what_is_beyond_the_bound_is_said(desk, eleven):
    page = desk.get(f"{RESULTS}?p=2")

    assertContains(page, "more than 4 results")
    assertContains(page, "Go on after this page", count=1)
    assertContains(desk.get(f"{RESULTS}export/"), "More than 4 results will leave, under the names of their companies.")
    assertContains(desk.get(f"{RESULTS}?q=C0&sub_sector__exact=biotech"), "4 results")


def test_pages_go_on_after_the_row_and_another_choice_begins_anew(desk, eleven):
    chosen = desk.get(desk.get(f"{RESULTS}?p=2").context["cl"].beyond.join([RESULTS, ""])).context["cl"]

    assert "after=" in chosen.get_query_string({"p": 2})
    assert "after=" not in chosen.get_query_string({"o": "1"}) + chosen.get_query_string({"size__exact": "micro"})


@pytest.mark.parametrize("after", ["0", "x", "9" * 40, ""])
def test_a_row_that_is_not_there_leaves_the_whole_list_and_is_said(after, desk, eleven):
    chosen = desk.get(RESULTS, {"after": after}).context["cl"]

    assert (chosen.left_out, chosen.result_count) == ([f"after={after}"], 4)


def test_a_list_is_sorted_by_one_column_at_a_time(desk, eleven):
    assert desk.get(f"{RESULTS}?o=2.1").context["cl"].params["o"] == "2"


# Indexes

on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own indexes")


def plan_of(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


@on_postgres
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("?", "result_newest"),
        ("?o=1", "result_newest"),
        ("?o=2", "result_by_score"),
        ("?o=-2", "result_by_score_last"),
        ("?o=3", "result_by_level"),
        ("?o=-3", "result_by_level_last"),
        ("?o=6", "result_by_sub_sector"),
        ("?o=-6", "result_by_sub_sector"),
        ("?o=7", "result_smallest_first"),
        ("?o=-7", "result_smallest_first"),
        ("?o=-8", "result_by_version"),
        ("?o=0", "company_alphabetical"),
    ],
)
def test_each_order_has_its_index(query, index, figures, eleven):
    plan = plan_of(figures.get(RESULTS + query).context["cl"].queryset.values("pk")[:2])

    assert re.findall(r"Index.* using (\w+)", plan)[0] == index
    assert re.findall(r"(?<!Incremental )Sort", plan.replace("Sort Key", "").replace("Presorted", "")) == []


@on_postgres
@pytest.mark.parametrize(("sign", "index"), [("", "nodescore_by_score"), ("-", "nodescore_by_score_last")])
def test_the_order_by_a_dimension_begins_with_its_scores(sign, index, figures, eleven):
    chosen = figures.get(f"{RESULTS}?o={sign}5").context["cl"]

    plan = plan_of(chosen.queryset.filter(**{f"{chosen.node_sorted_by()}__isnull": False}).values("pk")[:2])

    assert re.findall(r"Index.* using (\w+)", plan)[0] == index
    assert "Sort" not in plan


@on_postgres
def test_names_are_found_by_trigrams(eleven):
    plan = plan_of(Company.objects.filter(name__icontains="Labo").order_by())

    assert "company_name_trigrams" in plan


@on_postgres
def test_without_the_right_to_add_trigrams_the_rest_is_made():
    migration = import_module("assessment.migrations.0008_postgresql_indexes")
    made = []

    class Editor:
        connection = connection

        def execute(self, sql):
            if "EXTENSION" in sql:
                raise DatabaseError("permission denied to create extension")
            made.append(sql)

    migration.create(None, Editor())

    assert len(made) == len(migration.USE_CASES | migration.ORDERS)


def test_no_index_is_the_beginning_of_another():
    tables = [model._meta.db_table for model in [Result, NodeScore]]
    with connection.cursor() as cursor:
        for table in tables:
            found = connection.introspection.get_constraints(cursor, table).values()
            plain = [item["columns"] for item in found if item["index"] and not item["foreign_key"] and item["columns"]]
            whole = [item["columns"] for item in found if item["index"] or item["unique"]]
            begun = [own for own in plain if any(own == other[: len(own)] and own != other for other in whole)]

            assert [columns for columns in begun if None not in columns] == []

"""Who may do what, asked of every address as everybody; and that the asking would notice if it were otherwise."""

import pytest
from django.contrib import admin
from django.db import transaction

from assessment.actions import answers
from assessment.models.people import CompanyQuerySet
from assessment.models.showcase import OfCompanyQuerySet
from staff.options import ClosedAdmin
from tests.access import matrix
from tests.access.table import ADMIN, COMMON, rows
from tests.access.world import MEMBERS, STAFF, World

# The pages of libraries name variables that they may lack.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
EVERYBODY = [
    *["nobody", "somebody"],
    *(f"{role} of {side}" for side in "ab" for role in MEMBERS),
    *(f"staff: {group}" for group in [*STAFF, "superuser"]),
]
# Each kind of right once, more than 10,000 probes; the others differ from these by company or by little.
ALWAYS = {"nobody", "somebody", "reader of a", "contributor of a", "manager of b", "staff: reader", "staff: reviewer"}
ASKED = [pytest.param(who, marks=[] if who in ALWAYS else [pytest.mark.long]) for who in EVERYBODY]
# Addresses that allauth keeps for its former names: each leads to the one that is listed.
UNNAMED = {None}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; whatever a probe does to it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.listed = made.rows()
        yield made
        transaction.set_rollback(True)


def test_every_address_is_in_the_table():
    assert matrix.site_views() - UNNAMED == set(matrix.PAGES)


def test_every_page_of_the_administration_is_in_the_table():
    labels = {model._meta.label_lower for model in admin.site._registry}
    listed = {row["model"] for row in rows(ADMIN)}
    names = {pattern.name for pattern in admin.site.get_urls() if getattr(pattern, "name", None)}

    assert {label for label in labels if label not in listed and f"{label.partition('.')[0]}.*" not in listed} == set()
    assert {label for label in listed if "*" not in label} - labels == set()
    assert matrix.admin_acts() == set(matrix.acts())
    assert names == {row["name"] for row in rows("name who\n" + COMMON)}


@pytest.mark.parametrize("who", ASKED)
def test_the_site_gives_everybody_what_is_theirs_and_nothing_else(world, who):
    count, wrong = matrix.probe_site(world, who)

    assert wrong == []
    assert count > 500


@pytest.mark.parametrize("who", ASKED)
def test_the_administration_gives_each_group_what_is_its_own(world, who):
    count, wrong = matrix.probe_admin(world, who)

    assert wrong + matrix.probe_common(world, who) == []
    assert count > 400


@pytest.mark.parametrize("group", [*STAFF, "superuser"])
def test_staff_without_a_second_factor_are_shown_nothing_of_the_administration(world, settings, group):
    settings.STAFF_SECOND_FACTOR = True

    count, wrong = matrix.probe_closed(world, f"staff: {group}")

    assert wrong == []
    assert count > 400


@pytest.mark.parametrize("who", ["manager of a", "staff: superuser"])
def test_keys_of_another_company_in_what_is_sent_reach_nothing(world, who):
    assert matrix.probe_fields(world, who) == []


# --- Broken on purpose ------------------------------------------------------------------------------------------------


def test_it_notices_a_company_that_is_shown_to_all(world, monkeypatch):
    monkeypatch.setattr(CompanyQuerySet, "visible_to", lambda companies, user: companies)

    _count, wrong = matrix.probe_site(world, "somebody", views={"assessments"})

    assert ("assessments", "a", "GET", "200  instead of [404]") in wrong


@pytest.mark.parametrize("who", ["somebody", "reader of a", "manager of b", "staff: reviewer"])
def test_it_notices_a_save_that_forgets_to_ask_for_the_right(world, monkeypatch, who):
    monkeypatch.setattr(answers, "door", lambda: ("SELECT id FROM assessment_assessment", []))

    _count, wrong = matrix.probe_site(world, who, views={"assessment_answer"})

    assert "INSERT INTO assessment_answer" in str(wrong)


def test_it_notices_a_bookmark_that_a_reader_deletes(world, monkeypatch):
    monkeypatch.setattr(OfCompanyQuerySet, "editable_by", OfCompanyQuerySet.visible_to)

    _count, wrong = matrix.probe_site(world, "reader of a", views={"use_case_forget"})

    assert [(what, method) for _view, what, method, problem in wrong if "DELETE FROM" in problem] == [("a/a", "POST")]


def test_it_notices_a_row_of_the_administration_that_anybody_may_see(world, monkeypatch):
    monkeypatch.setattr(ClosedAdmin, "has_view_permission", lambda shown, request, obj=None: True)

    _count, wrong = matrix.probe_admin(world, "staff: reader", models={"assessment.user"})

    assert ("assessment.user", "changelist", "GET", "own", "200  instead of [302, 403, 405]") in wrong

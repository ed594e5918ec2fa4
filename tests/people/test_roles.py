"""What each role of a company may write, at every address that writes something of a company.

Each company has two managers, two contributors and a reader: a right that is looked for on anybody's membership
instead of the person's own is met by a colleague's, or finds two rows where there is one.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from assessment import models
from tests.factories import (
    make_company,
    make_membership,
    make_user,
)
from tests.people.writes import ELSEWHERE, WRITES

pytestmark = pytest.mark.django_db

PEOPLE = {
    "manager": "manager",
    "other_manager": "manager",
    "contributor": "contributor",
    "other_contributor": "contributor",
    "reader": "reader",
}
# Where somebody is says nothing of the company; reading a page notes it, whatever the role.
NOT_ASKED = {models.Place}


@dataclass
class Team:
    company: models.Company
    people: dict

    @property
    def first(self):
        return self.people["manager"]


@pytest.fixture
def ours(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = {name: make_user(email=f"{name}@company.example", name=name) for name in PEOPLE}
    company = make_company()
    for name, role in PEOPLE.items():
        make_membership(company=company, user=people[name], role=role)
    return Team(company, people)


# --- Every write: the address and what is posted ----------------------------------------------------------------------


def stored():
    """All that the product keeps, but for what anybody's reading writes."""
    kept = [model for model in models_of_the_product() if model not in NOT_ASKED]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in kept}


def models_of_the_product():
    return models.User._meta.apps.get_app_config("assessment").get_models()


@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_for_the_roles_that_may(ours, name):
    """Each person tries from the same state: what one wrote is taken back before the next."""
    prepare, allowed = WRITES[name]
    arguments, posted = prepare(ours)
    browsers = {person: signed_in_as(user) for person, user in ours.people.items()}
    before, address = stored(), reverse(name, args=arguments)

    wrote, asked = set(), []
    for person, browser in browsers.items():
        with CaptureQueriesContext(connection) as queries, taken_back():
            status = browser.post(address, posted).status_code
            wrote |= {person} if stored() != before else set()
            assert (person, status) == (person, min(status, 499))
        asked += [query["sql"] for query in queries]

    assert wrote == allowed
    assert [sql for sql in asked if twice_over_memberships(sql)] == []


def signed_in_as(user):
    browser = Client()
    browser.force_login(user)
    return browser


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def twice_over_memberships(sql):
    """Two conditions on a company's members that need not be met by the same one."""
    return sql.count('JOIN "assessment_membership"') > 1


SAMPLES = {"UUIDConverter": str(uuid.UUID(int=1)), "IntConverter": 1, "StringConverter": "x"}


def named_patterns(patterns, before=()):
    for entry in patterns:
        converters = {**dict(before), **entry.pattern.converters}
        if isinstance(entry, URLPattern):
            yield entry.name, converters
        else:
            yield from named_patterns(entry.url_patterns, converters)


def test_every_address_that_writes_is_tried(signed_in):
    """Asked by a method that none knows, each says which ones it does."""
    patterns = dict(named_patterns(get_resolver("assessment.urls").url_patterns))
    written = set()
    for name, converters in patterns.items():
        address = reverse(name, kwargs={key: SAMPLES[type(kind).__name__] for key, kind in converters.items()})
        if "POST" in signed_in.put(address).headers.get("Allow", ""):
            written.add(name)

    assert written == set(WRITES) | ELSEWHERE

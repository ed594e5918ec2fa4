"""Two who save one page at the same moment: one is stored, the other is shown it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessment.models import Company
from contract.models import Project
from tests.contract.records import make_project
from tests.edits.pages import address
from tests.edits.test_stale_site import sent
from tests.factories import make_company, make_user
from tests.questionnaire.pages import posted

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.ignore_template_errors,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection"),
]
EDITORS = 4


def at_once(people, ask):
    """The status that each gets who asks at the same moment."""
    gate = threading.Barrier(len(people))

    def run(number, person):
        client = Client()
        client.force_login(person)
        try:
            gate.wait()
            return ask(client, number).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return sorted(threads.map(run, range(len(people)), people))


def test_of_editors_of_a_record_one_is_stored(client):
    project = make_project(title_en="Title")
    people = [make_user(is_staff=True, is_superuser=True) for _ in range(EDITORS)]
    client.force_login(people[0])
    read = posted(client.get(address(project)))

    statuses = at_once(people, lambda client, n: client.post(address(project), read | {"title_en": f"Title {n}"}))

    assert statuses == [200] * (EDITORS - 1) + [302]
    assert Project.objects.get().title_en != "Title"


def test_of_managers_of_a_company_one_is_stored(client):
    people = [make_user() for _ in range(EDITORS)]
    company = make_company(member=people[0])
    company.memberships.bulk_create(
        type(company.memberships.get())(company=company, user=person, role="manager") for person in people[1:]
    )
    page = reverse("company_edit", args=[company.pk])
    client.force_login(people[0])
    read = sent(client.get(page))

    statuses = at_once(people, lambda client, n: client.post(page, read | {"name": f"Name {n}"}))

    assert statuses == [302] + [409] * (EDITORS - 1)
    assert Company.objects.get().name != "Acme"


def test_of_two_records_of_one_code_one_is_stored(client):
    first, second = make_project(code="first"), make_project(code="second")
    people = [make_user(is_staff=True, is_superuser=True) for _ in range(2)]
    client.force_login(people[0])
    pages = [(address(row), posted(client.get(address(row)))) for row in [first, second]]

    statuses = at_once(people, lambda client, n: client.post(pages[n][0], pages[n][1] | {"code": "same"}))

    assert statuses == [200, 302]
    assert Project.objects.filter(code="same").count() == 1

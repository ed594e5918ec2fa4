"""Numbers in addresses: whatever the number, the page is answered or not found, and never fails."""

import pytest
from django.urls import reverse

from tests.bounds.pages import address, numbered, real_values, routes
from tests.bounds.world import HOSTILE, failures
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NAMES = ["page", "p", "sort", "q", "dimension", "capability", "company", "code", "size"]
LEAVES = ("logout", "sign-out", "delete", "leave")


@pytest.fixture
def at_home(client, world):
    """Signed in and sure to be the person, as pages about passkeys ask."""
    client.force_login(world.person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_no_number_in_the_path_of_a_page_makes_it_fail(at_home, world):
    asked = [
        (method, address(route, real_values(route, world) | {name: number}), {})
        for route in routes()
        for name in numbered(route)
        for number in HOSTILE
        for method in ["get", "post"]
    ]

    assert len(asked) > 100
    assert failures(at_home, asked) == []


def test_no_number_in_the_query_of_a_page_makes_it_fail(at_home, world):
    asked = [
        ("get", address(route, real_values(route, world)), dict.fromkeys(NAMES, number))
        for route in routes()
        if not any(word in route for word in LEAVES)
        for number in [str(2**63), "9" * 5000]
    ]

    assert len(asked) > 100
    assert failures(at_home, asked) == []

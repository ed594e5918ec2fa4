import pytest
from django.urls import reverse

from tests.factories import make_staff


@pytest.fixture
def reviewer(db):
    return make_staff(group="reviewer", email="reviewer@csf.example")


@pytest.fixture
def desk(client, reviewer):
    """A browser where a reviewer is signed in."""
    client.force_login(reviewer)
    return client


@pytest.fixture
def figures(desk):
    """The same, where the reviewer has said why the scores of companies are read."""
    desk.post(reverse("admin:assessment_result_figures"), {"reason": "Yearly review"})
    return desk

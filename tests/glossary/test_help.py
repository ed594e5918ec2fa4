"""The pages before and after the questionnaire, and the file of public bodies."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.reports.questionnaire.help import KINDS, helpers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_body_has_its_own_site_a_day_and_a_text(language):
    bodies = [body for _title, group in helpers(language) for body in group]

    assert all(urlsplit(body.url).scheme == "https" for body in bodies)
    assert all(date(2026, 11, 1) <= body.entered_on <= date.today() for body in bodies)
    assert all(body.text.endswith(".") for body in bodies)
    assert len({body.name for body in bodies}) == len(bodies)


def test_every_kind_has_a_body_and_every_body_is_of_a_kind():
    groups = helpers("en")

    assert [title for title, group in groups if group] == list(KINDS.values())
    assert sum(len(group) for _title, group in groups) == 8


def test_the_page_links_to_them(client):
    page = client.get(reverse("help"))

    assertContains(page, 'href="https://www.bpifrance.fr/"')
    assertContains(page, "Entered on 28 November 2026.")


def test_what_to_prepare_is_linked_from_every_page(client):
    assertContains(client.get(reverse("legal")), f'href="{reverse("prepare")}"')
    assertContains(client.get(reverse("prepare")), "For whom it is not")

"""Campaigns in the admin: kept by editors, put on published versions, counted in as many queries as ever."""

from datetime import date

import pytest
from django.urls import reverse

from assessment.models import Campaign
from tests.factories import make_assessment, make_company, make_staff, make_version

LIST = "admin:assessment_campaign_changelist"


def make_campaign(**fields):
    values = {
        "title_fr": "Printemps",
        "title_en": "Spring",
        "opens_on": date(2026, 3, 1),
        "closes_on": date(2026, 6, 1),
    }
    return Campaign.objects.create(version=make_version(), **values | fields)


@pytest.fixture
def editor(client, db):
    client.force_login(make_staff(group="editor"))
    return client


@pytest.mark.parametrize("campaign_count", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(editor, django_assert_num_queries, campaign_count):
    for n in range(campaign_count):
        make_assessment(
            company=make_company(), campaign=make_campaign(title_fr=f"Printemps {n}", title_en=f"Spring {n}")
        )
    editor.get(reverse(LIST))

    with django_assert_num_queries(8):
        response = editor.get(reverse(LIST))

    assert [campaign.assessment_count for campaign in response.context["cl"].result_list] == [1] * campaign_count


def test_an_editor_opens_a_campaign_on_a_published_version(editor):
    fields = {"title_fr": "Printemps", "title_en": "Spring", "description_fr": "", "description_en": ""}
    dates = {"opens_on": "2026-03-01", "closes_on": "2026-06-01"}

    editor.post(reverse("admin:assessment_campaign_add"), fields | dates | {"version": make_version().pk})

    assert Campaign.objects.get().title_en == "Spring"


def test_a_campaign_that_closes_before_it_opens_is_refused_in_words(editor):
    fields = {"title_fr": "Printemps", "title_en": "Spring", "opens_on": "2026-06-01", "closes_on": "2026-03-01"}

    response = editor.post(reverse("admin:assessment_campaign_add"), fields | {"version": make_version().pk})

    assert response.context["adminform"].form.errors == {"closes_on": ["A campaign opens before it closes."]}


def test_a_campaign_that_was_answered_is_not_deleted(editor):
    campaign = make_campaign()
    make_assessment(company=make_company(), campaign=campaign)

    response = editor.post(reverse("admin:assessment_campaign_delete", args=[campaign.pk]), {"post": "yes"})

    assert response.status_code == 403


def test_a_reader_reads_campaigns_and_makes_none(client, db):
    client.force_login(make_staff(group="reader"))

    statuses = [client.get(reverse(name)).status_code for name in [LIST, "admin:assessment_campaign_add"]]

    assert statuses == [200, 403]

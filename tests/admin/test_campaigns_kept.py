"""What a campaign keeps to: its version once something was begun, a title of its own, nothing new with a retired one."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.questionnaire import clone_as_draft, publish, retire
from assessment.models import Assessment, Campaign
from tests.factories import make_assessment, make_company, make_staff, make_version

pytestmark = pytest.mark.django_db
DAYS = {"opens_on": "2020-01-01", "closes_on": "2090-01-01"}


@pytest.fixture
def campaign():
    return Campaign.objects.create(title_fr="Automne", title_en="Autumn", version=make_version(), **DAYS)


def test_a_retired_version_starts_nothing_through_a_campaign(signed_in, person, campaign):
    company = make_company(member=person)
    retire(version=campaign.version, by=None)

    page = signed_in.get(reverse("campaign", args=[campaign.pk]))
    signed_in.post(reverse("campaign_start", args=[campaign.pk, company.pk]), {"path": "full"})

    assert (page.status_code, Assessment.objects.count(), list(Campaign.objects.open())) == (404, 0, [])


@pytest.mark.parametrize("closes_on", ["2090-01-01", "2020-02-01"])
def test_who_is_under_way_is_led_to_the_assessment_though_nothing_begins_any_more(
    signed_in, person, campaign, closes_on
):
    company = make_company(member=person)
    assessment = make_assessment(company=company, campaign=campaign)
    resume = reverse("assessment_resume", args=[assessment.pk])
    retire(version=campaign.version, by=None)
    Campaign.objects.update(closes_on=closes_on)

    page = signed_in.get(reverse("campaign", args=[campaign.pk]))
    posted = signed_in.post(reverse("campaign_start", args=[campaign.pk, company.pk]))

    assertContains(page, f'href="{resume}"', count=1)
    assertRedirects(posted, resume, fetch_redirect_response=False)


def test_a_closed_campaign_shows_nothing_of_somebody_else(signed_in, person, campaign):
    make_company(member=person)
    make_assessment(campaign=campaign)
    Campaign.objects.update(closes_on="2020-02-01")

    page = signed_in.get(reverse("campaign", args=[campaign.pk]))

    assert (page.status_code, page.context["entries"]) == (404, [])


def test_a_campaigns_version_stays_once_something_was_begun(client, campaign):
    make_assessment(campaign=campaign)
    other = clone_as_draft(version=campaign.version, number="2", by=None)
    publish(version=other, by=None)
    campaign.version = other
    client.force_login(make_staff(group="editor"))

    page = client.get(reverse("admin:assessment_campaign_change", args=[campaign.pk]))

    with pytest.raises(ValidationError, match="begun with the other version"):
        campaign.full_clean()
    assert "version" not in page.context["adminform"].form.fields


@pytest.mark.parametrize("titles", [{"title_fr": "AUTOMNE", "title_en": "X"}, {"title_fr": "X", "title_en": "autumn"}])
def test_two_campaigns_share_no_title(campaign, titles):
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.create(version=campaign.version, **titles, **DAYS)


def test_a_title_that_is_taken_is_told_on_its_field(client, campaign):
    client.force_login(make_staff(group="editor"))
    typed = {"title_fr": "Automne", "title_en": "New", "version": campaign.version_id} | DAYS

    page = client.post(reverse("admin:assessment_campaign_add"), typed)

    assert page.context["adminform"].form.errors == {"title_fr": ["Another campaign has this title."]}


def test_a_version_to_write_out_may_be_named(capsys):
    make_version()

    call_command("dump_questionnaire", "small", "--version", "1")

    assert capsys.readouterr().out.startswith("format: 1\n")

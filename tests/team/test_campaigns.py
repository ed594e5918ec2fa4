"""A campaign's own address: it starts a company's assessment once, and goes on with it afterwards."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from assessment.models import Assessment, Campaign
from tests.factories import make_company, make_membership, make_result, make_user, make_version

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def campaign():
    return make_campaign()


def make_campaign(**fields):
    days = {"opens_on": TODAY - timedelta(days=10), "closes_on": TODAY + timedelta(days=10)}
    return Campaign.objects.create(title="Spring", version=make_version(), **days | fields)


def start(client, campaign, company, **chosen):
    return client.post(reverse("campaign_start", args=[campaign.pk, company.pk]), chosen)


def resume(assessment):
    return reverse("assessment_resume", args=[assessment.pk])


def test_one_button_starts_the_assessment_in_the_campaign(signed_in, person, company, campaign):
    page = signed_in.get(campaign.get_absolute_url())
    response = start(signed_in, campaign, company)

    started = Assessment.objects.get()
    assertContains(page, f'action="{reverse("campaign_start", args=[campaign.pk, company.pk])}"', count=1)
    assertRedirects(response, resume(started), fetch_redirect_response=False)
    assert (started.company, started.campaign, started.version, started.started_by) == (
        company,
        campaign,
        campaign.version,
        person,
    )


def test_opening_it_again_goes_on_with_the_same_assessment(signed_in, company, campaign):
    first, second = start(signed_in, campaign, company), start(signed_in, campaign, company)

    page = signed_in.get(campaign.get_absolute_url())

    assert (first["Location"], Assessment.objects.count()) == (second["Location"], 1)
    assertContains(page, "go on where you stopped", count=1)


def test_the_answers_of_the_last_result_are_carried_over_where_the_company_wants_it(
    signed_in, person, company, campaign
):
    make_result(company=company, by=person)
    last = make_result(company=company, by=person, at=timezone.now())
    make_result(company=make_company(name="Other"))

    page = signed_in.get(campaign.get_absolute_url())
    start(signed_in, campaign, company, origin="last")

    started = Assessment.objects.get(campaign=campaign)
    assertContains(page, 'name="origin"', count=2)
    assert [entry.last for entry in page.context["entries"]] == [last]
    assert (started.carried_from, started.version, started.started_by) == (last, campaign.version, person)
    assert set(started.answers.values_list("to_confirm", flat=True)) == {True}


@pytest.mark.parametrize("origin", ["empty", "", "another"])
def test_otherwise_it_starts_from_nothing(signed_in, person, company, campaign, origin):
    make_result(company=company, by=person)

    start(signed_in, campaign, company, origin=origin)

    started = Assessment.objects.get(campaign=campaign)
    assert (started.carried_from, started.answers.count()) == (None, 0)


def test_without_an_earlier_result_nothing_is_carried_over(signed_in, company, campaign):
    page = signed_in.get(campaign.get_absolute_url())
    start(signed_in, campaign, company, origin="last")

    assertContains(page, 'name="origin"', count=0)
    assert Assessment.objects.get().carried_from is None


def test_looking_starts_nothing(signed_in, company, campaign):
    signed_in.get(campaign.get_absolute_url())
    refused = signed_in.get(reverse("campaign_start", args=[campaign.pk, company.pk]))

    assert (refused.status_code, Assessment.objects.count()) == (405, 0)


def test_once_submitted_the_campaign_leads_to_the_result(signed_in, person, company, campaign):
    result = make_result(company=company, by=person)
    Assessment.objects.update(campaign=campaign)

    page, posted = signed_in.get(campaign.get_absolute_url()), start(signed_in, campaign, company)

    assertContains(page, f'href="{result.assessment.get_absolute_url()}"', count=1)
    assertRedirects(posted, resume(result.assessment), fetch_redirect_response=False)
    assert Assessment.objects.count() == 1


def test_an_open_assessment_counts_before_a_submitted_one(signed_in, person, company, campaign):
    make_result(company=company, by=person)
    Assessment.objects.update(campaign=campaign)
    open_one = Assessment.objects.create(company=company, version=campaign.version, campaign=campaign)

    assertRedirects(start(signed_in, campaign, company), resume(open_one), fetch_redirect_response=False)


def test_each_company_of_a_person_has_its_button(signed_in, person, company, campaign):
    other = make_company(member=person, name="Other")

    entries = signed_in.get(campaign.get_absolute_url()).context["entries"]

    assert [(entry.company, entry.assessment) for entry in entries] == [(company, None), (other, None)]


def test_a_reader_is_told_who_answers(client, company, campaign):
    reader = make_user()
    make_membership(company=company, user=reader, role="reader")
    client.force_login(reader)

    page, posted = client.get(campaign.get_absolute_url()), start(client, campaign, company)

    assertContains(page, "its managers and contributors give them", count=1)
    assert (posted.status_code, Assessment.objects.count()) == (404, 0)


def test_somebody_without_a_company_presents_it_first(signed_in, campaign):
    assertContains(signed_in.get(campaign.get_absolute_url()), f'href="{reverse("company_create")}"', count=1)


def test_someone_elses_company_is_404(signed_in, campaign):
    theirs = make_company(member=make_user())

    assert start(signed_in, campaign, theirs).status_code == 404
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize(
    ("opens_on", "closes_on"),
    [(date(2020, 1, 1), date(2020, 2, 1)), (TODAY + timedelta(days=2), TODAY + timedelta(days=3))],
    ids=["closed", "not yet open"],
)
def test_a_campaign_that_is_not_open_says_when_it_runs(signed_in, company, opens_on, closes_on):
    campaign = make_campaign(opens_on=opens_on, closes_on=closes_on)

    page, posted = signed_in.get(campaign.get_absolute_url()), start(signed_in, campaign, company)

    assertContains(page, "This campaign is not open</h1>", count=1, status_code=404)
    assertContains(page, "It runs from", count=1, status_code=404)
    assert (posted.status_code, Assessment.objects.count()) == (404, 0)


def test_an_unknown_campaign_says_so(signed_in, db):
    assertContains(signed_in.get(reverse("campaign", args=[10**12])), "The address is wrong", count=1, status_code=404)


def test_a_visitor_is_asked_to_sign_in(client, campaign):
    page = campaign.get_absolute_url()

    assertRedirects(client.get(page), f"/en/account/login/?next={page}", fetch_redirect_response=False)


@pytest.mark.parametrize("company_count", [1, 3])
def test_a_campaign_page_costs_six_queries(signed_in, person, campaign, django_assert_num_queries, company_count):
    for _ in range(company_count):
        make_result(company=make_company(member=person), by=person)

    with django_assert_num_queries(6):  # session, user, campaign, companies, assessments, results
        page = signed_in.get(campaign.get_absolute_url())

    assert len(page.context["entries"]) == company_count

"""Activities decide the questionnaire: they are asked for as a choice, with the usual ones ticked first."""

import json

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from pytest_django.asserts import assertContains, assertRedirects

from assessment.forms.people import CompanyForm
from assessment.models import Company
from tests.factories import make_company, make_staff, make_version

PROFILE = {"name": "Acme", "siren": "", "sub_sector": "biotech", "size": "small", "region": "FR-IDF"}
ASKED = "Check what is ticked now, what is usual for such a company, then save."


def create(client, *activities, **changed):
    return client.post(reverse("company_create"), PROFILE | {"activities": activities} | changed)


def ticked(response):
    """The boxes that are ticked, as a browser reads the page."""
    return [box.data["value"] for box in response.context["form"]["activities"].subwidgets if box.data["selected"]]


def errors(response):
    return [str(error) for error in response.context["form"].errors.get("activities", [])]


def test_nothing_ticked_is_asked_again_with_the_usual_ticked(signed_in):
    response = create(signed_in)

    assert (errors(response), ticked(response)) == ([ASKED], ["research", "clinical"])
    assert Company.objects.count() == 0


def test_the_page_asked_again_is_accepted_as_it_stands(signed_in):
    response = create(signed_in, *ticked(create(signed_in)))

    assertRedirects(response, reverse("start"))
    assert Company.objects.get().activities == ["research", "clinical"]


def test_where_no_activity_is_usual_none_of_these_is_ticked(signed_in):
    assert ticked(create(signed_in, sub_sector="service", size="micro")) == ["none"]


def test_without_a_trade_nothing_is_usual(signed_in):
    response = create(signed_in, sub_sector="")

    assert (errors(response), ticked(response)) == (["Tick what the company does, or “None of these”."], [])


def test_none_of_these_is_a_choice(signed_in):
    assertRedirects(create(signed_in, "none"), reverse("start"))

    assert Company.objects.get().activities == []


def test_none_of_these_goes_with_no_activity_and_what_was_ticked_stays(signed_in):
    response = create(signed_in, "none", "software")

    assert errors(response) == ["“None of these” goes with no activity: untick one or the other."]
    assert ticked(response) == ["software", "none"]


@pytest.mark.parametrize(("stored", "shown"), [(["software"], ["software"]), ([], ["none"])])
def test_a_company_finds_its_own_choice_again(signed_in, person, stored, shown):
    company = make_company(member=person, activities=stored)

    assert ticked(signed_in.get(reverse("company_edit", args=[company.pk]))) == shown


def test_a_profile_saved_as_it_stands_is_unchanged(signed_in, person):
    company = make_company(member=person, activities=[])
    form = signed_in.get(reverse("company_edit", args=[company.pk])).context["form"]

    assert not CompanyForm(
        MultiValueDict({name: listed(form[name].value()) for name in form.fields}), instance=company
    ).changed_data


def listed(value):
    return value if isinstance(value, list) else [value]


def test_a_new_company_begins_with_nothing_ticked(signed_in):
    assert ticked(signed_in.get(reverse("company_create"))) == []


def test_the_page_knows_what_is_usual_for_each_trade_and_size(signed_in):
    usual = json.loads(signed_in.get(reverse("company_create")).context["form"].helper.attrs["data-usual"])

    assert (len(usual), usual["cdmo-medium"], usual["service-micro"]) == (
        35,
        ["manufacturing", "distribution"],
        ["none"],
    )


def test_staff_are_asked_too(client, db):
    client.force_login(make_staff())
    company = make_company()
    url = reverse("admin:assessment_company_change", args=[company.pk])
    rows = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}

    response = client.post(url, PROFILE | rows)

    assertContains(response, ASKED)
    company.refresh_from_db()
    assert company.activities == ["research"]


def test_the_start_of_an_assessment_says_that_there_are_none(signed_in, person):
    make_version()
    company = make_company(member=person, activities=[])

    response = signed_in.get(reverse("assessment_start", args=[company.pk]))

    assertContains(response, "None of the activities asked about", count=1)

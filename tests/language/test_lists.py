"""Every list, completion and export finds and orders names as a reader does, on both databases."""

import pytest
from django.urls import reverse
from django.utils import translation

from assessment.actions.access import record_reading
from assessment.models import Company, StaffAccess
from contract.models import Carrier
from tests.contract.records import make_carrier
from tests.factories import make_company, make_membership, make_staff, make_user

pytestmark = pytest.mark.django_db
NAMES = ["Zèbre", "élan", "BIOMÉRIEUX", "Œuvre", "abeille", "Télésanté", "Ogre", "Elan 2", "L’Écho"]
IN_ORDER = ["abeille", "BIOMÉRIEUX", "élan", "Elan 2", "L’Écho", "Œuvre", "Ogre", "Télésanté", "Zèbre"]
SEARCHES = [
    ("biomérieux", ["BIOMÉRIEUX"]),
    ("BIOMERIEUX", ["BIOMÉRIEUX"]),
    ("élan", ["élan", "Elan 2"]),
    ("ÉLAN", ["élan", "Elan 2"]),
    ("TELESANTE", ["Télésanté"]),
    ("oeuvre", ["Œuvre"]),
    ("l'écho", ["L’Écho"]),
    ("zebre", ["Zèbre"]),
]


@pytest.fixture
def companies():
    for name in NAMES:
        make_company(name=name)


@pytest.fixture
def staff(client):
    client.force_login(make_staff(email="admin@csf.example"))
    return client


def listed(client, kind, **asked):
    return [str(row) for row in client.get(reverse(f"admin:{kind}_changelist"), asked).context["cl"].result_list]


@pytest.mark.parametrize(("words", "names"), SEARCHES)
def test_companies_are_found(staff, companies, words, names):
    assert listed(staff, "assessment_company", q=words) == names


def test_companies_are_in_order(staff, companies):
    name = {"forward": "0", "backward": "-0"}

    assert listed(staff, "assessment_company") == IN_ORDER
    assert listed(staff, "assessment_company", o=name["forward"]) == IN_ORDER
    assert listed(staff, "assessment_company", o=name["backward"]) == IN_ORDER[::-1]


def test_the_list_shows_which_column_it_is_in_order_of(staff, companies):
    changelist = staff.get(reverse("admin:assessment_company_changelist")).context["cl"]

    assert changelist.get_ordering_field_columns() == {0: "asc"}


@pytest.mark.parametrize(("words", "names"), SEARCHES)
def test_people_are_completed(staff, words, names):
    for name in NAMES:
        make_user(name=name)
    asked = {"app_label": "assessment", "model_name": "membership", "field_name": "user", "term": words}

    response = staff.get(reverse("admin:autocomplete"), asked)

    assert {row["text"] for row in response.json()["results"]} == set(names)


@pytest.mark.parametrize(("words", "names"), SEARCHES)
def test_readings_are_found_by_company(staff, companies, words, names):
    by = make_staff(group="reviewer")
    for company in Company.objects.all():
        record_reading(kind=StaffAccess.Kind.COMPANY, by=by, companies=[company.pk])

    rows = staff.get(reverse("admin:assessment_staffaccess_changelist"), {"q": words}).context["cl"].result_list

    assert {row.company_read for row in rows} == set(names)


def test_records_of_the_contract_are_found_in_order_and_exported_so(staff):
    for number, name in enumerate(NAMES):
        make_carrier(code=f"c{number}", name=name)

    exported = staff.post(reverse("admin:contract_carrier_export"), {"format": "3", "resource": "0"}).json()

    assert listed(staff, "contract_carrier") == IN_ORDER
    assert listed(staff, "contract_carrier", q="OEUVRE") == ["Œuvre"]
    assert [row["name"] for row in exported] == IN_ORDER
    assert list(Carrier.objects.reverse().values_list("name", flat=True)) == IN_ORDER[::-1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_translated_column_is_in_order_in_the_language_of_the_list(staff, language):
    with translation.override(language):
        address = reverse("admin:contract_theme_changelist")

    assert "alphabetical" in str(staff.get(address, {"o": "1"}).context["cl"].queryset.query)
    assert f"title_{language}" in str(staff.get(address, {"o": "1"}).context["cl"].queryset.query.order_by)


def test_a_members_companies_are_in_order(client, companies, person):
    for company in Company.objects.all():
        make_membership(company=company, user=person)
    client.force_login(person)

    cards = client.get(reverse("start")).context["cards"]

    assert [card.company.name for card in cards] == IN_ORDER

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from tests.factories import make_company
from tests.people.makers import said


def test_one_gives_the_name_that_colleagues_see(signed_in, person):
    company = make_company(member=person)

    answer = signed_in.post(reverse("account"), {"name": "  Ada   Lovelace "})
    page = signed_in.get(reverse("company", args=[company.pk]))

    assertRedirects(answer, reverse("account"), fetch_redirect_response=False)
    assert [str(member.user) for member in page.context["members"]] == ["Ada Lovelace"]
    assert said(page) == ["Your profile is saved."]


def test_without_a_name_colleagues_see_the_address(signed_in, person):
    signed_in.post(reverse("account"), {"name": ""})

    person.refresh_from_db()
    assert str(person) == "ada@company.example"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Ada\u202e", "Remove the characters that cannot be seen."),
        ("x" * 151, "Ensure this value has at most 150 characters (it has 151)."),
    ],
)
def test_a_name_fits_a_line(signed_in, person, name, error):
    answer = signed_in.post(reverse("account"), {"name": name})

    assert answer.context["form"].errors == {"name": [error]}
    person.refresh_from_db()
    assert person.name == "Ada"


def test_nothing_but_the_name_can_be_posted(signed_in, person):
    signed_in.post(
        reverse("account"), {"name": "Ada", "is_staff": "on", "is_superuser": "on", "email": "other@company.example"}
    )

    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser, person.email) == (False, False, "ada@company.example")


@pytest.mark.parametrize("company_count", [1, 3])
def test_the_account_page_costs_the_same_whatever_the_number_of_companies(
    signed_in, person, django_assert_num_queries, company_count
):
    for n in range(company_count):
        make_company(member=person, name=f"Acme {n}")

    with django_assert_num_queries(3):  # session, user, companies
        page = signed_in.get(reverse("account"))

    assert len(page.context["memberships"]) == company_count

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from assessment.actions.people import MOST_COMPANIES, create_company
from assessment.models import Company
from tests.factories import make_company, make_membership, make_user

pytestmark = pytest.mark.django_db
PROFILE = {
    "name": "Laboratoires Curie",
    "siren": "",
    "sub_sector": "pharma",
    "size": "medium",
    "region": "FR-NAQ",
    "activities": ["research", "manufacturing"],
}


def create(client, **changed):
    return client.post(reverse("company_create"), PROFILE | changed)


def errors(response):
    return {field: [str(error) for error in found] for field, found in response.context["form"].errors.items()}


def test_who_creates_a_company_manages_it(signed_in, person):
    answer = create(signed_in)

    company = Company.objects.get()
    assertRedirects(answer, reverse("start"), fetch_redirect_response=False)
    assert {field: getattr(company, field) for field in PROFILE} == PROFILE
    assert [(m.user, m.role) for m in company.memberships.all()] == [(person, "manager")]
    assert company.history.get().history_user == person


@pytest.mark.parametrize("typed", ["552 008 443", "552008443", " 552.008.443 ", "552\u00a0008\u00a0443"])
def test_a_siren_is_kept_as_nine_digits_however_it_is_typed(signed_in, typed):
    create(signed_in, siren=typed)

    assert Company.objects.get().siren == "552008443"


@pytest.mark.parametrize("typed", ["552008444", "55200844", "5520084433", "abc", "FR552008443"])
def test_a_siren_that_does_not_check_is_refused_in_words(signed_in, typed):
    answer = create(signed_in, siren=typed)

    assert errors(answer) == {
        "siren": [f"“{typed}” is not a valid SIREN: nine digits, the last one checks the others."]
    }
    assert Company.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme   Santé ", "Acme Santé"),
        ("Acme Sante\u0301", "Acme Santé"),
        ("Acme\u00a0Santé", "Acme Santé"),
        ("医药公司", "医药公司"),
        ("=1+1", "=1+1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_name_is_kept_on_one_line_spelled_one_way(signed_in, typed, kept):
    create(signed_in, name=typed)

    assert Company.objects.get().name == kept


@pytest.mark.parametrize("typed", ["Acme\u202ecoS", "Ac\u200bme", "Ac\x07me", "Acme\ufeff"])
def test_characters_that_cannot_be_seen_are_refused(signed_in, typed):
    assert errors(create(signed_in, name=typed)) == {"name": ["Remove the characters that cannot be seen."]}


@pytest.mark.parametrize("field", ["name", "sub_sector", "size", "region"])
def test_what_the_questionnaire_needs_is_required(signed_in, field):
    assert list(errors(create(signed_in, **{field: ""}))) == [field]


@pytest.mark.parametrize("field", ["sub_sector", "size", "region", "activities"])
def test_values_of_ones_own_are_refused(signed_in, field):
    assert list(errors(create(signed_in, **{field: "other"}))) == [field]


def test_nothing_but_the_profile_can_be_posted(signed_in):
    create(signed_in, fictional="on", id="00000000-0000-0000-0000-000000000001", created_at="2000-01-01")

    company = Company.objects.get()
    assert company.fictional is False
    assert str(company.pk) != "00000000-0000-0000-0000-000000000001"
    assert company.created_at.year > 2000


def test_errors_come_first_with_links_to_their_fields(signed_in):
    page = create(signed_in, name="", region="").content.decode()

    summary = page[page.index('<div class="error-summary"') :]
    assert summary.index("#id_name") < summary.index("#id_region") < summary.index("<form")
    assert page.index("<title>Error: ") < page.index("</title>")


def test_each_question_says_why_it_is_asked(signed_in):
    form = signed_in.get(reverse("company_create")).context["form"]

    assert [name for name, field in form.fields.items() if not field.help_text] == []


def test_members_see_the_company_and_who_else_is_in_it(signed_in, person):
    company = make_company(member=person, role="reader", name="Acme", siren="552008443")
    make_membership(company=company, user=make_user(email="boss@company.example"), role="manager")

    page = signed_in.get(reverse("company", args=[company.pk]))

    assert [(str(m.user), m.role) for m in page.context["members"]] == [
        ("Ada", "reader"),
        ("boss@company.example", "manager"),
    ]
    assert "552008443" in page.content.decode()


@pytest.mark.parametrize("member_count", [1, 3])
def test_the_company_page_costs_the_same_whatever_the_number_of_members(
    signed_in, person, django_assert_num_queries, member_count
):
    company = make_company(member=person)
    for _ in range(member_count - 1):
        make_membership(company=company, user=make_user())

    with django_assert_num_queries(6):  # session, user, company, members, open assessments, invitations
        signed_in.get(reverse("company", args=[company.pk]))


def test_a_manager_changes_the_profile_and_history_keeps_who(signed_in, person):
    company = make_company(member=person)

    answer = signed_in.post(reverse("company_edit", args=[company.pk]), PROFILE)

    assertRedirects(answer, reverse("company", args=[company.pk]))
    company.refresh_from_db()
    assert {field: getattr(company, field) for field in PROFILE} == PROFILE
    assert company.history.latest().history_user == person


def test_a_profile_that_does_not_hold_is_shown_again_and_not_kept(signed_in, person):
    company = make_company(member=person, name="Acme")

    answer = signed_in.post(reverse("company_edit", args=[company.pk]), PROFILE | {"size": ""})

    assert errors(answer) == {"size": ["Choose the company’s size."]}
    company.refresh_from_db()
    assert (company.name, company.size) == ("Acme", "small")


@pytest.mark.parametrize("role", ["contributor", "reader"])
@pytest.mark.parametrize("page", ["company_edit", "member_edit", "member_remove"])
def test_only_a_manager_may_change_a_company(signed_in, person, role, page):
    company = make_company(member=person, role=role)
    arguments = [company.pk] if page == "company_edit" else [company.pk, company.memberships.get().pk]

    assert signed_in.post(reverse(page, args=arguments), PROFILE | {"role": "manager"}).status_code == 404
    assert company.memberships.get().role == role


@pytest.mark.parametrize("page", ["company", "company_edit", "member_edit", "member_remove"])
def test_someone_else_gets_404_the_same_as_for_what_does_not_exist(signed_in, page):
    theirs = make_company(member=make_user())
    nobodys = "00000000-0000-0000-0000-000000000000"
    member = theirs.memberships.get().pk

    answers = []
    for company in [theirs.pk, nobodys]:
        arguments = [company] if page in {"company", "company_edit"} else [company, member]
        method = signed_in.post if page == "member_remove" else signed_in.get
        answer = method(reverse(page, args=arguments))
        answers.append((answer.status_code, answer.content.decode().replace(str(company), "…")))

    assert answers[0][0] == 404
    assert without_tokens(answers[0][1]) == without_tokens(answers[1][1])


def without_tokens(page):
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_a_member_of_one_company_is_not_found_through_another(signed_in, person):
    mine, theirs = make_company(member=person), make_company(member=make_user())

    answer = signed_in.get(reverse("member_edit", args=[mine.pk, theirs.memberships.get().pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["company_create", "account", "account_delete"])
def test_visitors_are_asked_to_sign_in(client, page, db):
    answer = client.get(reverse(page))

    address = urlsplit(answer["Location"])
    assert (address.path, parse_qs(address.query)) == (reverse("account_login"), {"next": [reverse(page)]})


def test_a_form_sent_twice_makes_one_company(signed_in):
    answers = [create(signed_in) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Company.objects.count() == 1


def test_another_company_of_the_same_name_is_another(signed_in):
    create(signed_in)
    create(signed_in, siren="552008443")

    assert Company.objects.count() == 2


def test_the_same_company_a_quarter_of_an_hour_later_is_another(person):
    now = timezone.now()
    for minutes in [0, 9, 15]:
        company = Company(name="Acme", sub_sector="pharma", size="small", region="FR-IDF")
        create_company(company=company, by=person, at=now + timedelta(minutes=minutes))

    assert Company.objects.count() == 2


def test_a_person_creates_a_bounded_number_of_companies(signed_in, person):
    for number in range(MOST_COMPANIES - 1):
        make_company(member=person, name=f"Acme {number}")

    last, refused = create(signed_in), create(signed_in, name="One more")

    assert (last.status_code, refused.status_code) == (302, 200)
    assert errors(refused) == {
        "__all__": [
            "You are a member of 20 companies, the most for one person. "
            "Leave one, or ask a colleague to create this one."
        ]
    }
    assert Company.objects.count() == MOST_COMPANIES

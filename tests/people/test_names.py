"""A person's name: asked once, never required, in place of the address wherever colleagues are named."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions import people, team
from assessment.actions.names import give_name, tell_apart
from assessment.models import Company, Membership, User
from tests.factories import make_assessment, make_company, make_membership, make_staff, make_user

pytestmark = pytest.mark.django_db
ASKED = "Your first and last name (optional)"
ACME = {"name": "Acme", "sub_sector": "biotech", "size": "small", "region": "FR-IDF", "activities": ["research"]}


@pytest.fixture
def nameless(client):
    user = make_user(email="grace@company.example")
    client.force_login(user)
    return user


def invited(client, user, company):
    invitation = team.invite(company=company, email=user.email, role="contributor", by=make_user(name="Ada"))
    session = client.session
    session["invitation"] = str(invitation.pk)
    session.save()
    return invitation


# --- Asked once -------------------------------------------------------------------------------------------------------


def test_the_first_company_asks_for_the_name_of_who_creates_it(client, nameless):
    page = client.get(reverse("company_create"))
    client.post(reverse("company_create"), ACME | {"your_name": " Grace  Hopper "})

    assertContains(page, ASKED)
    assert [str(member.user) for member in Company.objects.get().memberships.all()] == ["Grace Hopper"]


def test_no_name_is_required_to_create_a_company(client, nameless):
    client.post(reverse("company_create"), ACME)

    assert [str(member.user) for member in Company.objects.get().memberships.all()] == ["grace@company.example"]


def test_who_has_given_a_name_is_not_asked_again(signed_in, person):
    page = signed_in.get(reverse("company_create"))
    signed_in.post(reverse("company_create"), ACME | {"your_name": "Somebody Else"})

    person.refresh_from_db()
    assertNotContains(page, ASKED)
    assert (Company.objects.count(), person.name) == (1, "Ada")


def test_who_is_invited_gives_the_name_on_accepting(client, nameless):
    company = make_company()
    invited(client, nameless, company)

    page = client.get(reverse("invitation"))
    answer = client.post(reverse("invitation"), {"your_name": "Grace Hopper"})

    assertContains(page, ASKED)
    assertRedirects(answer, reverse("start"))
    assert [str(member.user) for member in company.memberships.all()] == ["Grace Hopper"]


def test_a_name_that_is_refused_leaves_the_invitation_as_it_was(client, nameless):
    company = make_company()
    invited(client, nameless, company)

    page = client.post(reverse("invitation"), {"your_name": "Grace\u202e"})

    assertContains(page, "Remove the characters that cannot be seen.")
    assertContains(page, 'value="Grace\u202e"')
    assert company.memberships.count() == 0


def test_who_asks_to_be_let_in_is_told_with_name_and_address(client, nameless, posted, mailoutbox):
    company = make_company(member=make_user(email="boss@company.example", language="en"), siren="552100554")

    with posted():
        client.post(reverse("company_create"), ACME | {"siren": company.siren, "your_name": "Grace Hopper", "ask": "1"})

    [message] = mailoutbox
    assert message.body.split("\n")[2] == (
        "Grace Hopper (grace@company.example) wanted to add Acme, which is here already, and asks you to let them in."
    )


# --- What a name may be -----------------------------------------------------------------------------------------------

LINKED = "Write a name alone, without an address or a link; after a dot comes a space."
UNSEEN = "Remove the characters that cannot be seen."


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Grace\u200bHopper", UNSEEN),
        ("Grace\u202e", UNSEEN),
        ("\u3164", UNSEEN),
        ("Grace\x07", UNSEEN),
        ("\u2800\u2800", UNSEEN),
        ("G\ufe0f", UNSEEN),
        ("123", "Write a name: it has letters."),
        ("–", "Write a name: it has letters."),
        ("boss@company.example", LINKED),
        ("Win at www.evil.example", LINKED),
        ("evil.example", LINKED),
        ("https:evil", LINKED),
        ("<b>Grace</b>", LINKED),
        ("x" * 151, "Ensure this value has at most 150 characters (it has 151)."),
    ],
)
def test_a_hostile_name_is_refused_in_words(client, nameless, name, error):
    page = client.post(reverse("account"), {"name": name})

    nameless.refresh_from_db()
    assert (page.context["form"].errors, nameless.name) == ({"name": [error]}, "")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("J.R.R. Tolkien", "J.R.R. Tolkien"),
        ("Élodie de La Brière-N’Diaye", "Élodie de La Brière-N’Diaye"),
        ("Zoe\u0308 O'Brien", "Zoë O'Brien"),
        ("王秀英", "王秀英"),
        ("Sukarno", "Sukarno"),
        ("=SUM(A1)", "=SUM(A1)"),  # a spreadsheet is told that it is a text, see tests/spreadsheets
        ("Grace\r\nBcc: all", "Grace Bcc: all"),
    ],
)
def test_a_name_is_kept_as_one_line(client, nameless, name, kept):
    client.post(reverse("account"), {"name": name})

    nameless.refresh_from_db()
    assert nameless.name == kept


def test_a_name_that_was_stored_otherwise_stays_one_line_of_a_subject(posted, mailoutbox):
    company = make_company()
    by, asked = make_user(name='Grace\r\nBcc: all <b>"x"</b>'), make_user(language="en")
    for user in [by, asked]:
        make_membership(company=company, user=user, role="manager")
    assessment = make_assessment(company=company)

    with posted():
        team.assign(assessment=assessment, asked={"STR": [asked]}, by=by, tell=True)

    [message] = mailoutbox
    assert message.subject == 'Grace Bcc: all <b>"x"</b> asks you to answer for Acme'
    assert list(message.to) == [asked.email]


# --- Told apart -------------------------------------------------------------------------------------------------------


@pytest.fixture
def namesakes(person):
    """Two colleagues who would be shown alike; the second has just joined."""
    company = make_company(member=person)
    other = make_user(email="other@company.example", name="ADA")
    make_membership(company=company, user=other)
    tell_apart(other)
    return company


def shown():
    return sorted(str(user) for user in User.objects.all())


def test_two_colleagues_of_one_name_are_shown_with_their_addresses(namesakes):
    assert shown() == ["ADA (other@company.example)", "Ada (ada@company.example)"]


def test_a_namesake_elsewhere_changes_nothing(person):
    make_company(member=person)
    other = make_user(name="Ada")
    make_company(member=other, name="Other")

    tell_apart(other)

    assert shown() == ["Ada", "Ada"]


def test_two_without_a_name_are_no_namesakes(person):
    company = make_company()
    for address in ["one@company.example", "two@company.example"]:
        make_membership(company=company, user=make_user(email=address))

    tell_apart(company.members.first())

    assert shown() == ["Ada", "one@company.example", "two@company.example"]


def test_another_name_ends_it_for_both(namesakes):
    give_name(user=User.objects.get(email="other@company.example"), name="Ada Byron")

    assert shown() == ["Ada", "Ada Byron"]


def test_joining_a_company_tells_namesakes_apart(client, person):
    company = make_company(member=person)
    other = make_user(email="other@company.example", name="Ada")
    client.force_login(other)
    invited(client, other, company)

    client.post(reverse("invitation"))

    assert "Ada (ada@company.example)" in shown()


def test_staff_who_let_somebody_in_tell_them_apart(admin_client, person):
    from assessment.actions.members import change_members

    company = make_company(member=person)
    other = make_user(email="other@company.example", name="Ada")

    change_members(
        company=company,
        by=make_staff(),
        reason="asked by telephone",
        new=[Membership(company=company, user=other, role="reader")],
    )

    assert str(User.objects.get(pk=person.pk)) == "Ada (ada@company.example)"


def test_the_account_page_tells_namesakes_apart(client, person):
    other = make_user(email="other@company.example")
    make_membership(company=make_company(member=person), user=other)
    client.force_login(other)

    client.post(reverse("account"), {"name": "ada"})

    assert shown() == ["Ada (ada@company.example)", "ada (other@company.example)"]


def test_members_are_listed_with_name_and_address(signed_in, person, namesakes):
    page = signed_in.get(reverse("company", args=[namesakes.pk]))

    assertContains(page, '<span class="d-block fw-normal small text-secondary">other@company.example</span>')


# --- Erased -----------------------------------------------------------------------------------------------------------


def test_a_deleted_account_leaves_no_name(person, namesakes):
    make_membership(company=namesakes, user=make_user(name="Boss"), role="manager")

    people.delete_account(user=User.objects.get(pk=person.pk))

    assert "Ada (ada@company.example)" not in shown()

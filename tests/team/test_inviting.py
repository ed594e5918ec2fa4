"""A manager invites a colleague: one message, one link, what the company page then shows."""

import hashlib
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertRedirects

from assessment.actions import team
from assessment.models import Invitation
from tests.factories import NOON, make_company, make_membership, make_user
from tests.people.makers import said
from tests.team.conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _commits(django_capture_on_commit_callbacks):
    """Messages leave when what they tell is stored; here, at the end of each request."""
    with django_capture_on_commit_callbacks():
        yield


def invite(client, company, *, email=ADDRESS, role="contributor"):
    return client.post(reverse("company_invite", args=[company.pk]), {"email": email, "role": role})


def page_of(invitation, name):
    return reverse(name, args=[invitation.company_id, invitation.pk])


def test_an_invitation_is_for_seven_days_and_its_token_is_stored_as_a_hash_alone(
    company, person, token_sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON)

    assert (invitation.email, invitation.role, invitation.invited_by) == (ADDRESS, "reader", person)
    assert invitation.expires_at == NOON + timedelta(days=7)
    assert len(token_sent()) == 43  # 32 random bytes
    assert invitation.token_hash == hashlib.sha256(token_sent().encode()).hexdigest()


def test_the_message_says_who_invites_to_which_company_and_what_to_do(
    company, person, settings, token_sent, django_capture_on_commit_callbacks
):
    settings.SITE_URL = "https://maturity.example"

    with django_capture_on_commit_callbacks(execute=True):
        team.invite(company=company, email=ADDRESS, role="contributor", by=person)

    [message] = mail.outbox
    assert (message.to, message.subject) == (
        [ADDRESS],
        "Invitation à répondre pour\N{NO-BREAK SPACE}Acme / Invitation to answer for Acme",
    )
    paragraphs = message.body.partition("––\n\n")[2].split("\n\n")
    assert paragraphs[1] == (
        f"Ada ({person.email}) invites you to assess the digital maturity of Acme together, as a contributor."
    )
    assert paragraphs[3] == f"https://maturity.example/en/invitation/?token={token_sent()}"


def test_the_message_is_in_the_language_of_who_gets_it(company, person, token_sent, django_capture_on_commit_callbacks):
    make_user(email=ADDRESS, language="fr")

    with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
        team.invite(company=company, email=ADDRESS, role="contributor", by=person)

    assert f"/fr/invitation/?token={token_sent()}" in mail.outbox[0].body
    assert "/en/" not in mail.outbox[0].body


def test_a_name_on_two_lines_makes_no_header_of_its_own(person, django_capture_on_commit_callbacks):
    company = make_company(member=person, name="Acme\r\nBcc: everybody@company.example")

    with django_capture_on_commit_callbacks(execute=True):
        team.invite(company=company, email=ADDRESS, role="contributor", by=person)

    [_french, english] = mail.outbox[0].subject.split(" / ")
    assert english == "Invitation to answer for Acme Bcc: everybody@company.example"
    assert mail.outbox[0].recipients() == [ADDRESS]


def test_a_manager_invites_from_the_page(signed_in, company):
    response = invite(signed_in, company, email="Bob@Company.Example")

    assertRedirects(response, reverse("company", args=[company.pk]), fetch_redirect_response=False)
    assert Invitation.objects.get().email == ADDRESS
    shown = signed_in.get(response["Location"])
    assert said(shown) == ["The invitation is sent to bob@company.example."]
    assert [kept.email for kept in shown.context["invitations"]] == [ADDRESS]


def test_an_address_or_a_role_that_does_not_hold_is_shown_again(signed_in, company):
    response = invite(signed_in, company, email="bob@", role="owner")

    assert response.context["form"].errors == {
        "email": ["Enter a valid email address."],
        "role": ["Select a valid choice. owner is not one of the available choices."],
    }
    assert response.content.decode().count("<title>Error: Invite a colleague") == 1
    assert Invitation.objects.count() == 0


def test_a_member_is_not_invited_again(signed_in, company):
    make_membership(company=company, user=make_user(email=ADDRESS))

    response = invite(signed_in, company, email="BOB@company.example")

    assert response.context["form"].errors == {"email": ["This person is a member of the company already."]}
    assert Invitation.objects.count() == 0


def test_a_second_invitation_of_the_same_address_withdraws_the_first(signed_in, company):
    invite(signed_in, company)
    first = Invitation.objects.get()
    invite(signed_in, company, email="BOB@company.example", role="manager")

    [waiting] = Invitation.objects.waiting()
    first.refresh_from_db()
    assert (waiting.role, waiting.pk == first.pk, first.withdrawn_at is None) == ("manager", False, False)


def test_two_companies_may_invite_the_same_person(person, company):
    for inviting in [company, make_company(member=person)]:
        team.invite(company=inviting, email=ADDRESS, role="reader", by=person)

    assert Invitation.objects.waiting().count() == 2


def test_sending_again_makes_a_new_link_for_the_same_role(signed_in, company):
    invite(signed_in, company, role="reader")
    first = Invitation.objects.get()

    response = signed_in.post(page_of(first, "company_invitation_again"))

    assertRedirects(response, reverse("company", args=[company.pk]), fetch_redirect_response=False)
    [waiting] = Invitation.objects.waiting()
    assert (waiting.role, waiting.token_hash == first.token_hash) == ("reader", False)


def test_an_expired_invitation_is_listed_and_can_be_sent_again(signed_in, company, person):
    expired = team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON)

    shown = signed_in.get(reverse("company", args=[company.pk])).context["invitations"]
    before = [invitation.has_expired for invitation in shown]
    signed_in.post(page_of(expired, "company_invitation_again"))

    assert (before, Invitation.objects.open().count()) == ([True], 1)


def test_sending_again_to_somebody_who_joined_meanwhile_says_so(signed_in, company):
    invite(signed_in, company)
    make_membership(company=company, user=make_user(email=ADDRESS))

    response = signed_in.post(page_of(Invitation.objects.get(), "company_invitation_again"), follow=True)

    assert said(response)[-1] == "This person is a member of the company already."


def test_a_withdrawn_invitation_leaves_the_list(signed_in, company):
    invite(signed_in, company)

    signed_in.post(page_of(Invitation.objects.get(), "company_invitation_withdraw"))

    assert list(signed_in.get(reverse("company", args=[company.pk])).context["invitations"]) == []
    assert Invitation.objects.waiting().count() == 0


def test_withdrawing_after_the_acceptance_changes_nothing(company, person):
    invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person)
    team.accept(invitation=invitation, by=make_user(email=ADDRESS))

    team.withdraw(invitation=invitation, by=person)

    invitation.refresh_from_db()
    assert (invitation.accepted_at is None, invitation.withdrawn_at) == (False, None)


def test_thirty_invitations_a_day_are_enough(signed_in, company, person):
    now = timezone.now()
    for number in range(team.MOST_INVITATIONS_A_DAY):
        team.invite(company=company, email=f"person{number}@company.example", role="reader", by=person, at=now)

    refused = invite(signed_in, company)
    again = signed_in.post(page_of(Invitation.objects.first(), "company_invitation_again"), follow=True)

    assert refused.context["form"].non_field_errors() == [
        "Thirty invitations were sent in a day: send the next ones tomorrow."
    ]
    assert said(again)[-1] == "Thirty invitations were sent in a day: send the next ones tomorrow."
    assert team.invite(company=company, email=ADDRESS, role="reader", by=person, at=now + timedelta(days=1))


def test_another_company_does_not_lift_the_limit_of_who_invites(company, person):
    for number in range(team.MOST_INVITATIONS_A_DAY):
        team.invite(company=company, email=f"person{number}@company.example", role="reader", by=person)

    with pytest.raises(team.TooManyInvitationsError):
        team.invite(company=make_company(member=person), email=ADDRESS, role="reader", by=person)


def test_addresses_are_forgotten_ninety_days_after_their_link_ended(company, person):
    for days in [98, 97]:  # seven of which the link was good for
        team.invite(
            company=company, email=f"{days}@company.example", role="reader", by=person, at=NOON - timedelta(days=days)
        )

    team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON)

    assert sorted(Invitation.objects.values_list("email", flat=True)) == ["97@company.example", ADDRESS]


def test_inviting_and_withdrawing_are_in_the_security_log_without_the_address(
    company, person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as noted:
        invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person)
        team.withdraw(invitation=invitation, by=person)

    facts = {"company": str(company.pk), "invitation": str(invitation.pk), "by": person.pk}
    assert [(note.args, note.keywords) for note in noted if isinstance(note, partial)] == [
        (("member_invited",), facts | {"role": "reader"}),
        (("invitation_withdrawn",), facts),
    ]


PAGES = ["company_invite", "company_invitation_again", "company_invitation_withdraw"]


def arguments(name, company, invitation):
    return [company.pk] if name == "company_invite" else [company.pk, invitation.pk]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["contributor", "reader", None])
def test_only_a_manager_invites(client, person, company, name, role):
    invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person)
    other = make_user()
    if role:
        make_membership(company=company, user=other, role=role)
    client.force_login(other)

    response = client.post(reverse(name, args=arguments(name, company, invitation)), {"email": "x@x.example"})

    assert response.status_code == 404
    assert [kept.pk for kept in Invitation.objects.waiting()] == [invitation.pk]


@pytest.mark.parametrize("name", PAGES[1:])
def test_an_invitation_is_not_found_through_another_company(signed_in, company, person, name):
    elsewhere = team.invite(company=make_company(), email=ADDRESS, role="reader", by=person)

    assert signed_in.post(reverse(name, args=[company.pk, elsewhere.pk])).status_code == 404
    assert Invitation.objects.waiting().count() == 1


@pytest.mark.parametrize("name", PAGES[1:])
def test_sending_again_and_withdrawing_take_a_post(signed_in, company, person, name):
    invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person)

    assert signed_in.get(page_of(invitation, name)).status_code == 405


def test_only_managers_read_who_is_invited(client, company, person):
    team.invite(company=company, email=ADDRESS, role="reader", by=person)
    reader = make_user()
    make_membership(company=company, user=reader, role="reader")
    client.force_login(reader)

    page = client.get(reverse("company", args=[company.pk]))

    assert page.context["invitations"] == []
    assert page.content.decode().count(ADDRESS) == 0


@pytest.mark.parametrize("invitation_count", [1, 3])
def test_the_company_page_costs_the_same_whatever_the_number_of_invitations(
    signed_in, company, person, django_assert_num_queries, invitation_count
):
    for number in range(invitation_count):
        team.invite(company=company, email=f"person{number}@company.example", role="reader", by=person)

    with django_assert_num_queries(6):  # session, user, company, members, open assessments, invitations
        page = signed_in.get(reverse("company", args=[company.pk]))

    assert len(page.context["invitations"]) == invitation_count


# --- What the database refuses ---------------------------------------------------------------------------------------


def stored(company, **fields):
    return Invitation.objects.create(
        company=company,
        **{"email": ADDRESS, "role": "reader", "token_hash": "0", "invited_at": NOON}
        | {"expires_at": NOON + timedelta(days=7)}
        | fields,
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("invitation_role_known", {"role": "owner"}),
        ("invitation_accepted_or_withdrawn", {"accepted_at": NOON, "withdrawn_at": NOON}),
        ("invitation_expires_after_it_is_sent", {"expires_at": NOON}),
    ],
)
def test_a_rule_of_invitations(company, name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        stored(company, **fields)


def test_invitation_one_waiting_per_address(company):
    stored(company, withdrawn_at=NOON, token_hash="1")
    stored(company, token_hash="2")

    # SQLite names the columns of a unique index, PostgreSQL the index
    with pytest.raises(IntegrityError, match="invitation_one_waiting_per_address|company_id.*email"):
        stored(company, token_hash="3")


def test_token_hash_unique(company):
    stored(company)

    with pytest.raises(IntegrityError, match="token_hash"):
        stored(company, email="carl@company.example")


def test_one_address_gets_five_invitations_an_hour_whoever_sends_them(client):
    answers = []
    for number in range(3):
        manager = make_user()
        company = make_company(name=f"Company {number}", member=manager)
        client.force_login(manager)
        answers += [invite(client, company) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert answers[5].context["form"].errors["email"] == [
        "This address got several invitations within an hour: send the next one later."
    ]


def test_an_hour_later_the_address_may_be_invited_again(company, person):
    for _ in range(5):
        team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON)

    later = team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON + timedelta(hours=1))

    assert later.invited_at == NOON + timedelta(hours=1)

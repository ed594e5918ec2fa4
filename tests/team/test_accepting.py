"""The invited person opens the link and accepts: once, with the invited address, by a POST."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions import people, team
from assessment.models import Invitation, Membership, User
from tests.factories import NOON, PASSWORD, make_assessment, make_company, make_membership, make_user
from tests.people.makers import code_in, said
from tests.team.conftest import ADDRESS

pytestmark = pytest.mark.django_db

HERE = "/en/invitation/"
UNUSABLE = "team/invitation_unusable.html"


def open_link(client, token, **more):
    return client.get(HERE, {"token": token}, **more)


def template(response):
    return response.templates[0].name


def members(company):
    return {member.user.email: member.role for member in company.memberships.select_related("user")}


def test_the_token_leaves_the_address_at_once_and_no_referrer_tells_it(client, invited):
    response = open_link(client, invited.token)

    assertRedirects(response, HERE, fetch_redirect_response=False)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert [value for value in client.session.values() if invited.token in str(value)] == []


def test_the_page_tells_company_role_and_who_invites(client, invited):
    page = open_link(client, invited.token, follow=True)

    assertContains(page, "Ada invites you to assess the company’s digital maturity together.", count=1)
    assertContains(page, "<dd>Acme</dd>", count=1)
    assertContains(page, "<dd>Contributor – answers and comments</dd>", count=1)
    assertContains(page, f"<dd>{ADDRESS}</dd>", count=1)
    assertContains(page, invited.token, count=0)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_ten_times_uses_nothing_up(client, bob, invited, method):
    client.force_login(bob)
    for _ in range(10):
        getattr(client, method)(HERE, {"token": invited.token}, follow=True)

    invited.refresh_from_db()
    assert (invited.accepted_at, list(members(invited.company))) == (None, ["ada@company.example"])


def test_posting_accepts_once(client, bob, invited):
    client.force_login(bob)
    open_link(client, invited.token)

    first, second = client.post(HERE), client.post(HERE)

    assertRedirects(first, reverse("start"), fetch_redirect_response=False)
    assert (second.status_code, template(second)) == (404, UNUSABLE)
    assert members(invited.company) == {"ada@company.example": "manager", ADDRESS: "contributor"}
    invited.refresh_from_db()
    assert (invited.accepted_by, invited.accepted_at is None) == (bob, False)


def test_the_link_of_an_accepted_invitation_no_longer_opens(client, bob, invited):
    team.accept(invitation=invited, by=bob)

    assert open_link(client, invited.token, follow=True).status_code == 404


def test_posting_the_token_without_having_opened_the_page_accepts_nothing(client, bob, invited):
    client.force_login(bob)

    client.post(f"{HERE}?token={invited.token}")
    client.post(HERE, {"token": invited.token, "invitation": str(invited.pk)})

    assert [user.email for user in invited.company.members.all()].count(ADDRESS) == 1


def test_a_visitor_who_posts_is_asked_to_sign_in(client, invited):
    open_link(client, invited.token)

    response = client.post(HERE)

    assert (response.status_code, template(response)) == (200, "team/invitation.html")
    assert list(members(invited.company)) == ["ada@company.example"]


def test_signing_in_leads_back_to_the_invitation(client, bob, invited):
    open_link(client, invited.token)

    response = client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD, "next": HERE})

    assertRedirects(response, HERE, fetch_redirect_response=False)
    assertContains(client.get(HERE), "Accept the invitation", count=1)


def test_a_new_account_leads_back_to_the_invitation(client, invited):
    open_link(client, invited.token)

    client.post(reverse("account_signup"), {"email": ADDRESS, "password1": PASSWORD, "next": HERE})
    response = client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})
    client.post(response["Location"])

    assertRedirects(response, HERE, fetch_redirect_response=False)
    assert members(invited.company)[ADDRESS] == "contributor"


def test_a_code_by_e_mail_leads_back_to_the_invitation_too(client, bob, invited):
    open_link(client, invited.token)

    client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    response = client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})

    assertRedirects(response, HERE, fetch_redirect_response=False)


def test_without_an_invitation_signing_in_leads_to_the_first_page(client, bob):
    open_link(client, "wrong")

    response = client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})

    assertRedirects(response, reverse("company_create"), fetch_redirect_response=False)


def test_another_address_is_told_why_and_joins_nothing(client, invited):
    eve = make_user(email="eve@company.example")
    client.force_login(eve)

    page = open_link(client, invited.token, follow=True)
    posted = client.post(HERE)

    told = "You are signed in as eve@company.example, and this invitation is for bob@company.example."
    assertContains(page, told, count=1)
    assertContains(posted, told, count=1, status_code=403)
    assert list(members(invited.company)) == ["ada@company.example"]


def test_signing_out_of_the_other_account_keeps_the_invitation(client, bob, invited):
    client.force_login(make_user(email="eve@company.example"))
    open_link(client, invited.token)

    response = client.post(reverse("invitation_sign_out"))
    client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD, "next": HERE})
    client.post(HERE)

    assertRedirects(response, HERE, fetch_redirect_response=False)
    assert members(invited.company)[ADDRESS] == "contributor"


def test_signing_out_takes_a_post(client):
    assert client.get(reverse("invitation_sign_out")).status_code == 405


def test_a_member_keeps_the_role_they_have_and_the_invitation_is_used_up(client, bob, invited):
    make_membership(company=invited.company, user=bob, role="manager")
    client.force_login(bob)
    open_link(client, invited.token)

    response = client.post(HERE, follow=True)

    assert said(response) == ["You were a member of Acme already: your role stays."]
    assert members(invited.company)[ADDRESS] == "manager"
    assert list(Invitation.objects.waiting()) == []


def withdrawn(invitation, by):
    team.withdraw(invitation=invitation, by=by)
    return invitation.token


def replaced(invitation, by):
    team.invite(company=invitation.company, email=ADDRESS, role="manager", by=by)
    return invitation.token


def expired(invitation, by):
    week_ago = invitation.invited_at - timedelta(days=7)
    Invitation.objects.update(invited_at=week_ago, expires_at=week_ago + timedelta(days=7))
    return invitation.token


def used(invitation, by):
    team.accept(invitation=invitation, by=User.objects.get(email=ADDRESS))
    people.remove_member(membership=invitation.company.memberships.get(user__email=ADDRESS), by=by)
    return invitation.token


def tampered(invitation, by):
    return invitation.token[:-1] + ("A" if invitation.token[-1] != "A" else "B")


def its_hash(invitation, by):
    return invitation.token_hash


def its_key(invitation, by):
    return str(invitation.pk)


def of_an_erased_company(invitation, by):
    people.erase_company(company=invitation.company, reason="test")
    return invitation.token


def nothing(invitation, by):
    return ""


def hostile(invitation, by):
    return "\x00é\ud7ff" * 1000


SPENT = [withdrawn, replaced, expired, used, tampered, its_hash, its_key, of_an_erased_company, nothing, hostile]


@pytest.mark.parametrize("spoil", SPENT)
def test_a_link_that_no_longer_opens_says_so_on_one_page_and_accepts_nothing(client, person, bob, invited, spoil):
    token = spoil(invited, person)
    client.force_login(bob)

    shown = open_link(client, token, follow=True)
    posted = client.post(HERE)

    assert (shown.status_code, template(shown)) == (404, UNUSABLE)
    assert (posted.status_code, template(posted)) == (404, UNUSABLE)
    assert Membership.objects.filter(user=bob).count() == 0


@pytest.mark.parametrize("spoil", [withdrawn, replaced, expired])
def test_a_page_left_open_accepts_nothing_once_the_link_is_closed(client, person, bob, invited, spoil):
    client.force_login(bob)
    open_link(client, invited.token)
    spoil(invited, person)

    assert client.post(HERE).status_code == 404
    assert Membership.objects.filter(user=bob).count() == 0


def test_the_page_of_links_that_no_longer_open_is_the_same_for_all(client, person, invited):
    pages = []
    for token in [invited.token[1:], "x", withdrawn(invited, person)]:
        page = open_link(client, token, follow=True).content.decode()
        pages.append("\n".join(line for line in page.splitlines() if "csrf" not in line))

    assert len(set(pages)) == 1


def test_without_a_link_the_page_says_that_none_was_opened(client):
    assert client.get(HERE).status_code == 404


def test_a_company_cannot_be_swapped(client, bob, invited):
    other = make_company(name="Other")
    client.force_login(bob)
    open_link(client, invited.token)

    client.post(HERE, {"company": str(other.pk), "role": "manager"})

    assert (members(other), members(invited.company)[ADDRESS]) == ({}, "contributor")


def test_wrong_links_are_refused_after_ten_a_minute_and_close_no_good_one(client, invited):
    good = [open_link(client, invited.token).status_code for _ in range(12)]
    wrong = [open_link(client, f"wrong{number}").status_code for number in range(12)]
    after = open_link(client, invited.token).status_code

    assert (good, wrong, after) == ([302] * 12, [302] * 10 + [429] * 2, 302)


def test_accepting_is_in_the_security_log(company, person, bob, invited, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as noted:
        team.accept(invitation=invited, by=bob)

    assert [(note.args, note.keywords) for note in noted] == [
        (
            ("invitation_accepted",),
            {"company": str(company.pk), "invitation": str(invited.pk), "user": bob.pk, "role": "contributor"},
        )
    ]


def test_an_invitation_lasts_to_its_last_second_and_no_longer(company, person):
    bob = make_user(email=ADDRESS)
    invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person, at=NOON)
    last = NOON + timedelta(days=7)

    with pytest.raises(team.NotUsableError):
        team.accept(invitation=invitation, by=bob, at=last)

    assert team.accept(invitation=invitation, by=bob, at=last - timedelta(seconds=1)) is True


@pytest.mark.parametrize("spoil", [withdrawn, replaced, used])
def test_a_link_closed_between_the_page_and_the_button_is_refused_by_the_action(person, bob, invited, spoil):
    spoil(invited, person)

    with pytest.raises(team.NotUsableError):
        team.accept(invitation=invited, by=bob)

    assert Membership.objects.filter(user=bob).count() == 0


def test_whoever_deletes_the_account_leaves_no_invitation_behind(person, invited, bob):
    people.delete_account(user=bob)

    assert Invitation.objects.filter(email=ADDRESS).count() == 0


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [("contributor", "assessment_resume"), ("manager", "assessment_resume"), ("reader", "assessment")],
)
def test_whoever_accepted_is_led_to_the_question_that_waits(client, bob, invited, role, leads_to):
    assessment = make_assessment(company=invited.company)
    Invitation.objects.update(role=role)
    client.force_login(bob)
    open_link(client, invited.token)

    response = client.post(HERE)

    assertRedirects(response, reverse(leads_to, args=[assessment.pk]), fetch_redirect_response=False)

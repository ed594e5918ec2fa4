import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_staff
from tests.people.makers import make_person, said

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = 60, 3600, 86400


def sign_in(client, email="ada@example.org"):
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def age(client, *, seen, signed_in):
    session = client.session
    session["seen_at"], session["signed_in_at"] = int(time.time() - seen), int(time.time() - signed_in)
    session.save()


@pytest.mark.parametrize(
    ("is_staff", "seen", "signed_in", "goes_on"),
    [
        (False, 119 * MINUTE, 119 * MINUTE, True),
        (False, 121 * MINUTE, 121 * MINUTE, False),
        (False, 1 * MINUTE, 6 * DAY, True),
        (False, 1 * MINUTE, 7 * DAY + MINUTE, False),
        (True, 29 * MINUTE, 29 * MINUTE, True),
        (True, 31 * MINUTE, 31 * MINUTE, False),
        (True, 1 * MINUTE, 11 * HOUR, True),
        (True, 1 * MINUTE, 12 * HOUR + MINUTE, False),
    ],
)
def test_a_session_ends_when_left_alone_or_grown_old(client, is_staff, seen, signed_in, goes_on):
    make_person(is_staff=is_staff)
    sign_in(client)
    age(client, seen=seen, signed_in=signed_in)

    client.get(reverse("account"))

    assert ("_auth_user_id" in client.session) is goes_on


def test_whoever_was_signed_out_is_told_and_led_back(client):
    make_person()
    sign_in(client)
    age(client, seen=3 * HOUR, signed_in=3 * HOUR)

    page = client.get(reverse("account"), follow=True)

    assert page.redirect_chain == [(f"{reverse('account_login')}?next={reverse('account')}", 302)]
    assert said(page) == [
        "You are signed in.",
        "You were signed out after a while, for your safety. Sign in again to go on.",
    ]


def test_activity_is_written_down_once_in_five_minutes(client):
    make_person()
    sign_in(client)
    age(client, seen=6 * MINUTE, signed_in=HOUR)

    client.get(reverse("account"))
    seen = client.session["seen_at"]
    age(client, seen=4 * MINUTE, signed_in=HOUR)
    unchanged = client.session["seen_at"]
    client.get(reverse("account"))

    assert time.time() - seen < 5
    assert client.session["seen_at"] == unchanged


def test_one_sees_where_one_is_signed_in_and_ends_the_others(client):
    make_person()
    other = Client(HTTP_USER_AGENT="Other browser")
    for browser in [client, other]:
        sign_in(browser)

    listed = client.get(reverse("usersessions_list")).context["sessions"]
    client.post(reverse("usersessions_list"))

    assert sorted(session.user_agent for session in listed) == ["", "Other browser"]
    assert (client.get(reverse("account")).status_code, other.get(reverse("account")).status_code) == (200, 302)


def test_closing_an_account_ends_its_sessions_at_once(client):
    user = make_person()
    sign_in(client)

    user.is_active = False
    user.save()

    assert client.get(reverse("account")).status_code == 302


def test_a_changed_role_ends_the_persons_sessions(client):
    person = make_person()
    sign_in(client)
    administrator = Client()
    administrator.force_login(make_staff(group="administrator"))

    administrator.post(
        reverse("admin:assessment_user_change", args=[person.pk]),
        {
            "name": "",
            "is_active": "on",
            "is_staff": "on",
            "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0,
            "authenticator_set-TOTAL_FORMS": 0,
            "authenticator_set-INITIAL_FORMS": 0,
        },
    )

    person.refresh_from_db()
    assert person.is_staff is True
    assert client.get(reverse("account")).status_code == 302

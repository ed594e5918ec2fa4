"""What an open page learns of its session, and what signing out leaves in the browser."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from assessment.models import User
from tests.factories import PASSWORD, make_assessment, make_company, make_user
from tests.people.makers import make_person

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture
def ada(client):
    return sign_in(client)


def sign_in(client, **fields):
    person = make_person(**fields)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return person


def age(client, *, seen, signed_in):
    session = client.session
    session["seen_at"], session["signed_in_at"] = int(time.time() - seen), int(time.time() - signed_in)
    session.save()


def ask(client):
    return client.get(reverse("session")).json()


def test_a_page_learns_who_is_signed_in_and_for_how_long(client, ada):
    age(client, seen=10 * MINUTE, signed_in=DAY)

    reply = ask(client)

    assert reply["person"] == ada.browser_id
    assert reply["left"]["idle"] == pytest.approx(110 * MINUTE, abs=5)
    assert reply["left"]["age"] == pytest.approx(6 * DAY, abs=5)


def test_nobody_is_told_apart_from_somebody_whose_session_has_ended(client, ada):
    age(client, seen=3 * HOUR, signed_in=3 * HOUR)

    ended, never = ask(client), ask(Client())

    assert (ended["person"], ended["left"]) == (never["person"], never["left"]) == (None, None)


def test_the_id_of_a_person_tells_neither_their_address_nor_their_number(ada):
    grace = make_user()

    assert (len(ada.browser_id), ada.browser_id == grace.browser_id) == (64, False)
    assert ada.browser_id == type(ada).objects.get(pk=ada.pk).browser_id


def test_asking_prolongs_nothing(client, ada):
    age(client, seen=HOUR, signed_in=HOUR)
    before = client.session["seen_at"]

    ask(client)

    assert client.session["seen_at"] == before


def test_staying_prolongs_at_once_but_not_beyond_the_age_of_the_session(client, ada):
    age(client, seen=2 * MINUTE, signed_in=7 * DAY - HOUR)

    left = client.post(reverse("session")).json()["left"]

    assert left["idle"] == pytest.approx(2 * HOUR, abs=5)
    assert left["age"] == pytest.approx(HOUR, abs=5)


def test_staying_brings_no_ended_session_back(client, ada):
    age(client, seen=3 * HOUR, signed_in=3 * HOUR)

    reply = client.post(reverse("session")).json()

    assert reply["person"] is None
    assert client.get(reverse("account")).status_code == 302


def test_staff_learn_their_shorter_limits(client):
    sign_in(client, is_staff=True)
    age(client, seen=10 * MINUTE, signed_in=HOUR)

    left = ask(client)["left"]

    assert left["idle"] == pytest.approx(20 * MINUTE, abs=5)
    assert left["age"] == pytest.approx(11 * HOUR, abs=5)


def test_staying_asks_for_the_forms_own_proof():
    client = Client(enforce_csrf_checks=True)
    token = ask(client)["token"]

    refused = client.post(reverse("session"))
    taken = client.post(reverse("session"), headers={"X-CSRFToken": token})

    assert (refused.status_code, taken.status_code) == (403, 200)


def test_the_reply_is_stored_nowhere(client, ada):
    assert "no-store" in client.get(reverse("session")).headers["Cache-Control"]
    assert "no-store" in Client().get(reverse("session")).headers["Cache-Control"]


@pytest.mark.parametrize("signed_in", [True, False])
def test_asking_costs_the_session_and_the_person(client, django_assert_num_queries, signed_in):
    if signed_in:
        client.force_login(make_user())

    with django_assert_num_queries(2 if signed_in else 0):
        ask(client)


def test_signing_out_empties_the_browsers_storage(client, ada):
    asked = client.get(reverse("account_logout"))
    done = client.post(reverse("account_logout"))

    assert asked.headers.get("Clear-Site-Data") is None
    assert done.headers["Clear-Site-Data"] == '"storage"'
    assert client.get(reverse("account")).status_code == 302


def test_no_other_site_can_empty_it_by_a_link():
    assert Client().get(reverse("account_logout")).headers.get("Clear-Site-Data") is None


def test_a_page_made_for_somebody_else_saves_nothing(client, ada):
    assessment = make_assessment(company=make_company(member=ada))
    address = reverse("assessment_answer", args=[assessment.pk, "STR.VIS.1"])
    grace = make_user()

    replies = [
        client.post(address, {"STR.VIS.1-pick": "choice.1"}, headers={"X-Person": person.browser_id})
        for person in [grace, ada]
    ]

    assert [reply.status_code for reply in replies] == [401, 200]


def test_deleting_an_account_empties_the_browsers_storage(client, ada):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    done = client.post(reverse("account_delete"), {"email": ada.email})

    assert (done.status_code, done.headers["Clear-Site-Data"]) == (302, '"storage"')


def test_a_session_and_its_person_are_one_query(client, ada, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ask(client)["person"] == ada.browser_id


def test_whose_the_session_is_the_session_says(client, ada, django_assert_num_queries):
    """What allauth noted beside it only saves a query."""
    UserSession.objects.update(user=make_user())

    with django_assert_num_queries(2):
        assert ask(client)["person"] == ada.browser_id


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_a_person_who_came_with_the_session_is_verified_as_ever(client, ada, change):
    User.objects.update(**change)

    assert ask(client)["person"] is None

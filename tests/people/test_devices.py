"""A device on which a person signed in is known again: for whom, how long, and until when."""

import time

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from assessment.actions.people import end_sessions
from assessment.throttling import DEVICES_KEPT, device_of
from tests.factories import PASSWORD, make_company
from tests.people.makers import make_person

pytestmark = pytest.mark.django_db
ADDRESS = "ada@example.org"
NEW = "quite another long one"


@pytest.fixture
def ada():
    user = make_person(ADDRESS)
    make_company(member=user)
    return user


def sign_in(client, email=ADDRESS, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def signed_in_once(email=ADDRESS):
    client = Client()
    sign_in(client, email)
    client.post(reverse("account_logout"))
    return client


def is_known(client, user, rf):
    user.refresh_from_db()
    request = rf.get("/")
    request.COOKIES["device"] = getattr(client.cookies.get("device"), "value", "")
    return device_of(request, user) is not None


def test_signing_in_makes_a_device_known_and_signing_out_leaves_it_so(ada, rf):
    assert is_known(signed_in_once(), ada, rf)


def test_the_cookie_is_out_of_reach_of_scripts_and_ends(ada):
    cookie = sign_in(Client()).cookies["device"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", 15_552_000)


def test_in_production_it_is_bound_to_the_host(ada, settings):
    settings.SECURE_COOKIES, settings.DEVICE_COOKIE_NAME = True, "__Host-device"

    cookie = sign_in(Client()).cookies["__Host-device"]

    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_failure_makes_nothing_known(ada, password):
    assert "device" not in sign_in(Client(), password=password).cookies


def test_a_password_alone_makes_nothing_known_where_the_address_is_not_confirmed():
    user = make_person("new@example.org")
    user.emailaddress_set.update(verified=False)

    assert "device" not in sign_in(Client(), "new@example.org").cookies


def test_a_device_is_known_for_its_own_person_alone(ada, rf):
    bob = make_person("bob@example.org")
    client = signed_in_once("bob@example.org")

    assert (is_known(client, bob, rf), is_known(client, ada, rf)) == (True, False)


def test_a_device_that_several_people_use_is_known_for_the_last_ones(rf):
    people = [make_person(f"person{number}@example.org") for number in range(DEVICES_KEPT + 1)]
    client = Client()
    for user in people:
        sign_in(client, user.email)
        client.post(reverse("account_logout"))

    assert [is_known(client, user, rf) for user in people] == [False] + [True] * DEVICES_KEPT


def test_after_half_a_year_a_device_is_unknown(ada, rf, settings):
    client = signed_in_once()
    settings.DEVICE_COOKIE_AGE = -1

    assert not is_known(client, ada, rf)


def test_a_new_password_makes_all_devices_unknown_but_the_one_that_chose_it(ada, rf):
    other, this = signed_in_once(), Client()
    sign_in(this)

    this.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (is_known(other, ada, rf), is_known(this, ada, rf)) == (False, True)


def test_ending_the_other_sessions_makes_their_devices_unknown(ada, rf):
    other, this = Client(), Client()
    sign_in(other)
    sign_in(this)

    this.post(reverse("usersessions_list"))

    assert (is_known(other, ada, rf), is_known(this, ada, rf)) == (False, True)


def test_a_changed_role_makes_all_devices_unknown(ada, rf):
    client = signed_in_once()

    end_sessions(user=ada, by=ada)

    assert not is_known(client, ada, rf)


def test_the_device_of_a_deleted_account_is_unknown_to_whoever_has_the_address_next(ada, rf):
    client = signed_in_once()
    ada.delete()

    assert not is_known(client, make_person(ADDRESS), rf)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "a:b:c",
        signing.dumps([["name", int(time.time()), "mark"]], salt="another"),
        signing.dumps([["name", int(time.time()), "0" * 32]], salt="devices"),
    ],
    ids=["nothing", "a word", "three words", "signed for something else", "a mark of nobody"],
)
def test_what_we_did_not_sign_makes_nothing_known(ada, rf, value):
    client = Client()
    client.cookies["device"] = value

    assert not is_known(client, ada, rf)
    assert sign_in(client).status_code == 302

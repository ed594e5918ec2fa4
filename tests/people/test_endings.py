"""Whatever ends a session, its browser keeps nothing; whatever a mail server does, what was done is done."""

import smtplib
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.actions.people import delete_account, end_sessions
from mail.models import Letter
from mail.worker import Worker
from tests.authenticator import code_of
from tests.factories import PASSWORD
from tests.people.makers import code_in, make_person

pytestmark = pytest.mark.django_db
STORAGE = '"storage"'


def sign_in(client, email="ada@example.org"):
    cache.clear()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def sign_out(client):
    return client.post(reverse("account_logout"))


def sign_out_of_the_admin(client):
    return client.post(reverse("admin:logout"))


def leave_for_an_invitation(client):
    return client.post(reverse("invitation_sign_out"))


def delete_the_account(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client.post(reverse("account_delete"), {"email": "ada@example.org"})


@pytest.mark.parametrize("ending", [sign_out, sign_out_of_the_admin, leave_for_an_invitation, delete_the_account])
def test_leaving_empties_the_browsers_storage(client, settings, ending):
    settings.STAFF_SECOND_FACTOR = False
    make_person(is_staff=ending is sign_out_of_the_admin)
    sign_in(client)

    answer = ending(client)

    assert answer.headers["Clear-Site-Data"] == STORAGE
    assert "_auth_user_id" not in client.session


def end_the_others(person):
    other = Client()
    sign_in(other)
    other.post(reverse("usersessions_list"))


def change_the_password(person):
    other = Client()
    sign_in(other)
    form = {"oldpassword": PASSWORD, "password1": "another long password", "password2": "another long password"}
    other.post(reverse("account_change_password"), form)


def close_the_account(person):
    person.is_active = False
    person.save()


def by_staff(person):
    end_sessions(user=person, by=person)


@pytest.mark.parametrize("ending", [end_the_others, change_the_password, close_the_account, by_staff])
def test_a_session_ended_from_elsewhere_empties_its_browser_once(client, ending):
    person = make_person()
    sign_in(client)
    ending(person)

    answers = [client.get(reverse("account")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Clear-Site-Data"] == STORAGE


def test_an_account_deleted_elsewhere_empties_the_browser(client):
    person = make_person()
    sign_in(client)
    delete_account(user=person)

    assert client.get(reverse("account")).headers["Clear-Site-Data"] == STORAGE


def test_a_session_that_ran_out_leaves_what_waits_in_the_browser(client):
    make_person()
    sign_in(client)
    session = client.session
    session["seen_at"] = int(time.time()) - 3 * 3600
    session.save()

    answer = client.get(reverse("account"))

    assert (answer.status_code, answer.headers.get("Clear-Site-Data")) == (302, None)


def test_a_session_that_the_server_lost_leaves_what_waits_in_the_browser(client):
    make_person()
    sign_in(client)
    client.session.delete()

    assert client.get(reverse("account")).headers.get("Clear-Site-Data") is None


# --- The second factor's codes ----------------------------------------------------------------------------------------


def enrol(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = code_of(secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    return code


@pytest.mark.parametrize("space", ["", " "])
def test_the_code_of_the_enrolment_opens_nothing_more(client, space):
    make_person()
    sign_in(client)
    code = enrol(client)
    thief = Client()
    thief.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})

    answer = thief.post(reverse("mfa_authenticate"), {"code": code[:3] + space + code[3:]})

    assert answer.context["form"].errors == {"code": ["This code was used already: wait for the next one."]}
    assert "_auth_user_id" not in thief.session


# --- The mail server away ---------------------------------------------------------------------------------------------


class RefusingBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


@pytest.fixture(params=["RefusingBackend", "BrokenBackend"])
def no_mail(request, settings):
    def go():
        settings.EMAIL_BACKEND = "mail.backend.QueueBackend"
        settings.MAIL_DELIVERY_BACKEND = f"{__name__}.{request.param}"

    return go


@pytest.mark.django_db(transaction=True)  # allauth tells of it once the transaction holds
def test_a_second_factor_is_set_up_while_the_mail_server_is_away(client, no_mail):
    make_person()
    sign_in(client)
    no_mail()

    enrol(client)

    assert Authenticator.objects.filter(type="totp").exists()


def test_a_password_is_changed_while_the_mail_server_is_away(client, no_mail):
    person = make_person()
    sign_in(client)
    no_mail()
    form = {"oldpassword": PASSWORD, "password1": "another long password", "password2": "another long password"}

    answer = client.post(reverse("account_change_password"), form)

    person.refresh_from_db()
    assert (answer.status_code, person.check_password("another long password")) == (302, True)


@pytest.mark.parametrize("page", ["account_signup", "account_request_login_code", "account_reset_password"])
@pytest.mark.parametrize("email", ["ada@example.org", "unknown@example.org"])
def test_who_asks_for_a_code_goes_on_to_where_it_is_typed(client, no_mail, page, email):
    make_person()
    no_mail()

    answer = client.post(reverse(page), {"email": email})
    Worker("test").step()

    assert (answer.status_code, [letter.recipients for letter in Letter.objects.all()]) == (302, [[email]])


def test_the_code_comes_once_the_mail_server_is_back(client, no_mail, settings):
    no_mail()
    client.post(reverse("account_signup"), {"email": "ada@example.org"})
    Worker("test").step()
    Letter.objects.update(run_after=timezone.now())
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    Worker("test").step()
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})

    assert "_auth_user_id" in client.session

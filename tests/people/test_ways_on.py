"""Nobody is stuck between the pages to sign up and to sign in."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.models import User
from tests.factories import PASSWORD, make_company
from tests.people.makers import code_in, make_person, said

pytestmark = pytest.mark.django_db
ENTER_CODE = "account_email_verification_sent"


def sign_up(client, email="ada@example.org", password=""):
    return client.post(reverse("account_signup"), {"email": email, "password1": password})


def token_in(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def test_signing_up_with_a_known_address_signs_in_with_the_code_of_the_message(client):
    person = make_person()

    sign_up(client)
    client.post(reverse(ENTER_CODE), {"code": code_in(mail.outbox[-1])})

    assert client.session["_auth_user_id"] == str(person.pk)
    assert [message.subject for message in mail.outbox] == ["You have an account already"]


def test_the_password_of_who_had_an_account_stays_and_they_are_told(client):
    person = make_person()

    sign_up(client, password="another long password")
    client.post(reverse(ENTER_CODE), {"code": code_in(mail.outbox[-1])})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert said(client.get(reverse("account"))) == [
        "A message was sent to ada@example.org.",
        "You had an account already: the password that you just chose was not kept.",
        "You are signed in.",
    ]


@pytest.mark.parametrize("email", ["ada@example.org", "new@example.org"])
def test_another_code_is_sent_whether_the_address_is_known_or_not(client, email):
    make_person()

    sign_up(client, email)
    answer = client.post(reverse(ENTER_CODE), {"action": "resend"})
    client.post(reverse(ENTER_CODE), {"code": code_in(mail.outbox[-1])})

    assert (answer.status_code, len(mail.outbox)) == (302, 2)
    assert client.session["_auth_user_id"] == str(User.objects.get(email=email).pk)


@pytest.mark.parametrize("page", ["account_login", "account_signup", "account_request_login_code"])
def test_who_mistyped_the_address_starts_again(client, page):
    sign_up(client, "adda@example.org")

    waiting = client.get(reverse(ENTER_CODE))
    again = client.get(reverse(page))

    assertContains(waiting, f'href="{reverse("account_signup")}"')
    assertContains(waiting, f'href="{reverse("account_login")}"')
    assert again.status_code == 200


def test_the_second_address_gets_a_code_of_its_own(client):
    sign_up(client, "adda@example.org")
    sign_up(client)

    client.post(reverse(ENTER_CODE), {"code": code_in(mail.outbox[-1])})

    assert client.session["_auth_user_id"] == str(User.objects.get(email="ada@example.org").pk)


def test_one_goes_on_to_where_one_wanted_to_be(client):
    make_company(member=make_person())

    waiting = client.post(reverse("account_signup"), {"email": "ada@example.org", "next": reverse("glossary")})
    page = client.get(waiting["Location"])
    answer = client.post(
        reverse(ENTER_CODE), {"code": code_in(mail.outbox[-1]), "next": page.context["redirect_field_value"]}
    )

    assertRedirects(answer, reverse("glossary"), fetch_redirect_response=False)


@pytest.mark.parametrize("page", ["account_login", "account_signup", "account_request_login_code"])
def test_signing_in_in_a_second_tab_leads_the_first_one_on(page):
    make_company(member=make_person())
    browser = Client(enforce_csrf_checks=True)
    first, second = token_in(browser.get(reverse(page))), token_in(browser.get(reverse("account_login")))
    form = {"login": "ada@example.org", "email": "ada@example.org", "password": PASSWORD}
    browser.post(reverse("account_login"), form | {"csrfmiddlewaretoken": second})

    answer = browser.post(reverse(page), form | {"csrfmiddlewaretoken": first}, follow=True)

    assert (answer.status_code, answer.redirect_chain[0]) == (200, (reverse(page), 302))
    assert answer.context["user"].email == "ada@example.org"


def test_a_form_older_than_a_sign_out_works_the_second_time():
    make_person()
    browser = Client(enforce_csrf_checks=True)
    form = {"login": "ada@example.org", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}

    fresh = browser.post(reverse("account_login"), form, follow=True)
    answer = browser.post(reverse("account_login"), form | {"csrfmiddlewaretoken": token_in(fresh)})

    assert said(fresh) == ["This page had been open for too long. Please send it once more."]
    assert answer.status_code == 302
    assert "_auth_user_id" in browser.session


def test_other_forms_without_their_token_are_refused_as_ever():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_person())

    assert browser.post(reverse("account"), {"name": "Eve"}).status_code == 403

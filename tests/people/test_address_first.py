"""Signing in: the address, then how one proves it, on the same page for every address."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.models import User
from tests.factories import PASSWORD
from tests.people.makers import code_in, make_person

pytestmark = pytest.mark.django_db


def type_address(client, email="ada@example.org", **more):
    return client.post(reverse("account_login"), {"login": email, **more})


def test_the_first_page_asks_for_the_address_alone(client):
    page = client.get(reverse("account_login"))

    assertContains(page, 'name="login"')
    assertNotContains(page, 'name="password"')
    assertContains(page, "Use a passkey")


def test_then_one_chooses_how(client):
    page = type_address(client)

    assertContains(page, 'name="password"')
    assertContains(page, "Receive a code by e-mail")
    assertContains(page, "Use a passkey")
    assert page.context["form"]["login"].value() == "ada@example.org"


def test_nothing_tells_an_address_that_has_an_account_from_one_that_has_none(django_assert_num_queries):
    make_person("known@example.org")

    pages = []
    for email in ["known@example.org", "unknown@example.org"]:
        with django_assert_num_queries(1):  # which organisations one can sign in with
            page = type_address(Client(), email).content.decode()
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "…"))

    assert pages[0] == pages[1]
    assert (User.objects.count(), mail.outbox) == (1, [])


def test_what_is_no_address_is_said_and_kept(client):
    page = type_address(client, "nobody")

    assertContains(page, 'value="nobody"')
    assertContains(page, "error-summary")
    assertNotContains(page, 'name="password"')


def test_a_wrong_password_leads_back_to_the_ways_not_to_the_beginning(client):
    make_person()

    page = type_address(client, password="not the password at all")

    assertContains(page, 'name="password"')
    assertContains(page, 'value="ada@example.org"')
    assert "_auth_user_id" not in client.session


def test_the_code_is_one_click_away_and_where_one_was_going_is_kept(client):
    make_person()
    page = type_address(client, next=reverse("glossary")).content.decode()
    form = re.search(r'<form method="post" action="([^"]*login/code/[^"]*)".*?</form>', page, re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="(email|next)" value="([^"]*)"', form[0]))

    client.post(form[1], fields)
    entered = client.post(
        reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0]), "next": fields["next"]}
    )

    assert entered["Location"] == reverse("glossary")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_address_and_password_sent_together_still_enter(client):
    make_person()

    type_address(client, password=PASSWORD)

    assert "_auth_user_id" in client.session

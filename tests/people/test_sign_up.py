import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from assessment.models import Company, User
from tests.factories import PASSWORD
from tests.people.makers import code_in, make_person, said

pytestmark = pytest.mark.django_db


def sign_up(client, email="new@example.org", password=PASSWORD):
    return client.post(reverse("account_signup"), {"email": email, "password1": password})


def confirm(client, code):
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def test_from_nothing_to_a_company_in_three_pages(client):
    sign_up(client)
    confirmed = confirm(client, code_in(mail.outbox[0]))
    assertRedirects(confirmed, reverse("company_create"))
    created = client.post(
        reverse("company_create"),
        {"name": "Acme", "sub_sector": "medtech", "size": "small", "region": "FR-IDF", "activities": ["research"]},
    )

    assertRedirects(created, reverse("start"))
    company = Company.objects.get()
    assert (company.name, company.siren, company.activities) == ("Acme", "", ["research"])
    assert [(m.user.email, m.role) for m in company.memberships.all()] == [("new@example.org", "manager")]


def test_without_a_password_one_has_an_account_all_the_same(client):
    sign_up(client, password="")
    confirm(client, code_in(mail.outbox[0]))

    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()


def test_nobody_is_signed_in_before_the_code(client):
    sign_up(client)

    assert "_auth_user_id" not in client.session
    assert EmailAddress.objects.get().verified is False


def test_the_code_is_on_one_line_and_the_message_says_what_to_do_with_it(client):
    sign_up(client)

    message = mail.outbox[0]
    assert message.subject == "Your code to open the account"
    assert message.to == ["new@example.org"]
    assert message.body == (
        "Hello,\n\nHere is the code that opens your account:\n\n"
        f"    {code_in(message)}\n\n"
        "It is good for ten minutes, in the browser where you asked for it. "
        "None of us will ever ask you for it.\n\n"
        "You asked for nothing? Then do nothing: without the code, nothing happens.\n\n"
        "Digital maturity of the health industries and technologies\nhttp://localhost:8000"
    )


def test_a_wrong_code_opens_nothing_and_the_third_ends_the_attempt(client):
    sign_up(client)
    code = code_in(mail.outbox[0])

    refused = [confirm(client, "WRONG-CODE") for _ in range(3)]
    late = confirm(client, code)

    assert [response.status_code for response in refused] == [200, 200, 302]
    assert late.status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_for_ten_minutes(client):
    sign_up(client)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()

    confirm(client, code_in(mail.outbox[0]))

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("password", ["short", "password1234", "new@example.org"])
def test_a_weak_password_is_refused(client, password):
    response = sign_up(client, password=password)

    assert "password1" in response.context["form"].errors
    assert User.objects.count() == 0


def test_errors_are_listed_above_the_form_and_in_the_title(client):
    page = sign_up(client, email="nobody", password="short").content.decode()

    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    assert title.split() == ["Error:", "Create", "an", "account", "–", "Digital", "maturity", "ITS"]
    assert re.findall(r'<a href="#(id_\w+)">', page) == ["id_email", "id_password1"]


def test_a_taken_address_gets_the_same_page_and_a_message_of_its_own(client):
    make_person("taken@example.org")

    pages = [code_page_for(email) for email in ["fresh@example.org", "taken@example.org"]]

    assert pages[0] == pages[1]
    assert [message.subject for message in mail.outbox] == [
        "Your code to open the account",
        "You have an account already",
    ]
    assert User.objects.filter(email="taken@example.org").count() == 1


def code_page_for(email):
    """The page after sign-up in a new browser, without the address itself and the browser's own token."""
    visitor = Client()
    page = visitor.get(sign_up(visitor, email=email)["Location"]).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "…")


class CountingHasher(MD5PasswordHasher):
    """Hashing is what takes time in a sign-up: as many hashes, as long."""

    algorithm, count = "counting", 0

    def encode(self, *args):
        type(self).count += 1
        return super().encode(*args)


def test_a_clock_does_not_tell_a_taken_address_from_a_free_one(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_person("taken@example.org")

    counts = []
    for email in ["fresh@example.org", "taken@example.org"]:
        CountingHasher.count = 0
        sign_up(Client(), email=email)
        counts.append(CountingHasher.count)

    assert counts == [1, 1]


def test_a_second_code_replaces_the_first(client):
    sign_up(client)
    cache.clear()  # one a ten seconds

    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    confirm(client, code_in(mail.outbox[0]))
    assert "_auth_user_id" not in client.session
    confirm(client, code_in(mail.outbox[1]))

    assert "_auth_user_id" in client.session


def test_an_account_is_one_however_the_address_is_capitalised(client):
    make_person("ada@example.org")

    sign_up(client, email="ADA@example.org")

    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "You have an account already"


def test_staff_arrive_in_the_administration(client):
    make_person("staff@example.org", is_staff=True)

    answer = client.post(reverse("account_login"), {"login": "staff@example.org", "password": PASSWORD})

    assert answer["Location"] == reverse("admin:index")
    assert said(client.get(reverse("account"))) == ["You are signed in."]

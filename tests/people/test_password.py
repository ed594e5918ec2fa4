import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from tests.factories import PASSWORD, make_user
from tests.people.makers import code_in, make_person, said

pytestmark = pytest.mark.django_db
NEW = "quite another long one"
PASSED_ON = {"Digital maturity of the health industries and technologies", "http://localhost:8000"}


def ask_for_reset(client, email="ada@example.org"):
    client.post(reverse("account_reset_password"), {"email": email})
    return code_in(mail.outbox[-1])


def choose(client, password=NEW):
    return client.post(reverse("account_complete_password_reset"), {"password1": password, "password2": password})


def test_a_forgotten_password_is_replaced_with_a_code(client):
    user = make_person()

    code = ask_for_reset(client)
    confirmed = client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    assertRedirects(confirmed, reverse("account_complete_password_reset"))
    assertRedirects(choose(client), reverse("account_password_reset_completed"))

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert [message.subject for message in mail.outbox] == [
        "Your code for a new password",
        "Your password was changed",
    ]


def test_without_the_code_no_password_is_chosen(client):
    user = make_person()
    ask_for_reset(client)

    choose(client)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_code_is_good_once(client):
    make_person()
    code = ask_for_reset(client)
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    choose(client)

    again = client.post(reverse("account_confirm_password_reset_code"), {"code": code})

    assertRedirects(again, reverse("account_login"))


def test_a_reset_does_not_sign_in_and_so_skips_no_second_factor(client):
    make_person()
    code = ask_for_reset(client)
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})

    choose(client)

    assert "_auth_user_id" not in client.session


def test_a_message_never_names_the_host_that_asked(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]

    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, HTTP_HOST="other.example")

    assert "http://localhost:8000/en/account/signup/" in mail.outbox[0].body
    assert "other.example" not in mail.outbox[0].body


def test_a_forwarded_host_is_ignored(client):
    client.post(
        reverse("account_reset_password"), {"email": "nobody@example.org"}, HTTP_X_FORWARDED_HOST="evil.example"
    )

    assert "evil.example" not in mail.outbox[0].body


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client):
    user = make_person()
    other = Client()
    for browser in [client, other]:
        browser.force_login(user)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302


def test_a_password_is_added_to_an_account_that_has_none(client):
    user = make_person()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    changed = client.get(reverse("account_change_password"))
    assertRedirects(changed, reverse("account_set_password"))
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})

    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_new_address_counts_once_its_code_is_entered(client):
    user = make_person()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert mail.outbox[0].to == ["new@example.org"]
    before = list(EmailAddress.objects.values_list("email", "verified", "primary"))
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[0])})

    user.refresh_from_db()
    assert before == [("ada@example.org", True, True)]
    assert user.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    assert (mail.outbox[1].subject, mail.outbox[1].to) == ("Your e-mail address was changed", ["ada@example.org"])


def test_taking_somebody_elses_address_looks_the_same_and_does_nothing(client):
    make_person("taken@example.org")
    user = make_person()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pages = []
    for email in ["free@example.org", "taken@example.org"]:
        cache.clear()
        answer = client.post(reverse("account_email"), {"email": email, "action_add": ""})
        pages.append((answer.status_code, answer["Location"]))

    assert pages[0] == pages[1]
    user.refresh_from_db()
    assert user.email == "ada@example.org"


def test_a_message_about_a_change_says_when_whence_and_what_to_do(client):
    user = make_person()
    client.force_login(user)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        HTTP_USER_AGENT="Browser 1.0",
    )

    lines = [line for line in mail.outbox[0].body.splitlines() if line]
    assert lines[:2] == ["Hello,", "The password of your account was changed. Its other sessions have ended."]
    assert lines[2].endswith(" from the IP address 127.0.0.1, with the browser “Browser 1.0”.")
    assert lines[3:5] == [
        "If it was not you: change your password at once; that ends the other sessions of your account.",
        "http://localhost:8000/en/account/password/change/",
    ]
    assert set(lines[5:]) == PASSED_ON


def test_somebody_made_without_an_address_record_confirms_it_at_the_first_sign_in(client):
    make_user(email="imported@example.org")

    client.post(reverse("account_login"), {"login": "imported@example.org", "password": PASSWORD})
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[0])})

    assert "_auth_user_id" in client.session
    assert "imported@example.org is confirmed." in said(client.get(reverse("account")))

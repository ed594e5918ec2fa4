"""What a stranger does to keep somebody out, and whether the person still enters."""

from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD
from tests.people.makers import code_in

ADDRESS = "ada@example.org"
WRONG = "not the password at all"
REFUSED = "Too many failed login attempts. Try again later."


def browser(network="203.0.113.9"):
    return Client(REMOTE_ADDR=network)


def sign_in(client, password=PASSWORD, email=ADDRESS, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_evaluated(answer):
    return answer.status_code == 200 and answer.context["form"].non_field_errors() != [REFUSED]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def enters(client, password=PASSWORD):
    """Whether the right password opens the account here, which is left again."""
    sign_in(client, password)
    entered = is_signed_in(client)
    client.post(reverse("account_logout"))
    return entered


def ask_for_code(client, email=ADDRESS):
    return client.post(reverse("account_request_login_code"), {"email": email})


def ask_for_reset(client, email=ADDRESS):
    return client.post(reverse("account_reset_password"), {"email": email})


def enters_by_code(client):
    ask_for_code(client)
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})
    return is_signed_in(client)


def lock_out(stranger):
    """All that one address on the network could do to keep somebody out."""
    for _ in range(6):
        sign_in(stranger, WRONG)
    for _ in range(7):
        ask_for_code(stranger)
        ask_for_reset(stranger)

"""What the tests of this folder add to the common makers: addresses confirmed, codes read, messages heard."""

import re

from allauth.account.models import EmailAddress

from tests.factories import make_user


def make_person(email="ada@example.org", **fields):
    """Somebody who can sign in: the address is confirmed, the password is ``factories.PASSWORD``."""
    user = make_user(email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def code_in(message):
    """The code of a message stands alone on its line."""
    return re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]


def said(response):
    """What the page tells in its messages region."""
    return [str(message) for message in response.context["messages"]]

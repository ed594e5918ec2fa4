"""People as the tests of this folder need them: with a confirmed address and a known password."""

import re

from allauth.account.models import EmailAddress

from assessment.models import Company, Membership, User

PASSWORD = "correct horse battery staple"


def make_person(email="ada@example.org", *, password=PASSWORD, **fields):
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_company(name="Acme", *, manager=None, contributor=None, reader=None, **fields):
    company = Company.objects.create(name=name, sub_sector="pharma", size="small", region="FR-IDF", **fields)
    for role, user in [("manager", manager), ("contributor", contributor), ("reader", reader)]:
        if user:
            Membership.objects.create(company=company, user=user, role=role)
    return company


def code_in(message):
    """The code of a message stands alone on its line."""
    return re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]


def said(response):
    """What the page tells in its messages region."""
    return [str(message) for message in response.context["messages"]]

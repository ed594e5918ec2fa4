"""An erased person or company is in no letter that is kept."""

import pytest
from django.core.mail import EmailMessage, send_mail

from assessment.actions import people
from mail.models import Letter
from tests.factories import make_company, make_membership, make_user
from tests.mail.sink import REFUSES

pytestmark = pytest.mark.django_db


def dead(address, body, sink, work):
    sink.mood = REFUSES
    send_mail("A subject", body, None, [address])
    work()


def left():
    return [letter.recipients for letter in Letter.objects.order_by("enqueued_at")]


def test_letters_to_who_deletes_an_account_go_with_it(sink, work):
    person = make_user(email="ada@company.example")
    dead("ADA@company.example", "A body", sink, work)
    EmailMessage("A subject", "A body", None, ["bob@company.example"], bcc=[person.email]).send()
    send_mail("A subject", "A body", None, ["cada@company.example"])

    people.delete_account(user=person)

    assert left() == [["cada@company.example"]]


def test_dead_letters_to_others_that_name_the_person_go_too(sink, work):
    person = make_user(email="ada@company.example", name="Ada Lovelace")
    dead("bob@company.example", "Asked by ada LOVELACE.", sink, work)
    dead("eve@company.example", "Asked by somebody.", sink, work)

    people.delete_account(user=person)

    assert left() == [["eve@company.example"]]


def test_dead_letters_that_name_an_erased_company_go_with_it(sink, work):
    company, member = make_company(name="Zyxomma Pharma"), make_user()
    make_membership(company=company, user=member, role="manager")
    dead("bob@company.example", "About Zyxomma Pharma.", sink, work)

    people.erase_company(company=company, reason="asked for")

    assert left() == []

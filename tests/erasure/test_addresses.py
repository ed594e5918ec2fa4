"""Invitations to an address that a person has changed since are theirs: erasing them erases these too."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assessment.actions import people, team
from assessment.models import Invitation, StaffAccess
from tests.erasure.search import places_of
from tests.erasure.test_canaries import CANARY
from tests.factories import PASSWORD, make_company, make_user
from tests.people.makers import code_in, make_person

pytestmark = pytest.mark.django_db
OLD, NEW = f"{CANARY}@company.example", "new@company.example"


def with_new_address(client, person):
    """The person enters the code that was sent to a new address."""
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": NEW, "action_add": ""})
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})
    person.refresh_from_db()
    return person


def invited(**dates):
    company = make_company(member=make_user())
    invitation = team.invite(company=company, email=OLD, role="reader", by=company.memberships.get().user)
    Invitation.objects.filter(pk=invitation.pk).update(**dates)
    return invitation


NOW = timezone.now()
ENDINGS = {
    "withdrawn": {"withdrawn_at": NOW},
    "expired": {"invited_at": NOW - timedelta(days=60), "expires_at": NOW - timedelta(days=30)},
    "waiting": {},
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_invitations_to_an_earlier_address_go_with_the_person(client, tmp_path, ending):
    person = make_person(email=OLD)
    invited(**ENDINGS[ending])
    person = with_new_address(client, person)
    assert person.email == NEW

    people.delete_account(user=person)

    assert Invitation.objects.count() == 0
    assert [place for place in places_of(CANARY, media=tmp_path) if not place.startswith("django_tasks")] == []


def test_invitations_of_who_has_the_address_now_stay(client):
    person = with_new_address(client, make_person(email=OLD))
    invited()  # after: to whoever has the address since

    people.delete_account(user=person)

    assert Invitation.objects.get().email == OLD


def test_words_of_staff_that_name_an_earlier_address_go_too(client):
    person = make_person(email=OLD)
    invited(**ENDINGS["withdrawn"])
    access = StaffAccess.objects.create(kind="figures", reason=f"Asked by {OLD}")
    person = with_new_address(client, person)

    people.delete_account(user=person)

    access.refresh_from_db()
    assert access.reason == "–"

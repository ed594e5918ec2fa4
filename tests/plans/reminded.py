"""Rows for tests that run commands as processes of their own: many owners, each with an action that is due soon."""

from datetime import timedelta

from django.utils import timezone

from assessment.models import Reminding
from tests.factories import make_company, make_membership, make_user
from tests.plans.makers import make_action


def addresses(count):
    return [f"owner{number}@company.example" for number in range(count)]


def seed(count):
    company, due = make_company(), timezone.localdate() + timedelta(days=3)
    for number, email in enumerate(addresses(count)):
        owner = make_user(email=email)
        membership = make_membership(company=company, user=owner)
        Reminding.objects.create(membership=membership, reminders=True)
        make_action(company, question=f"Q{number}", owner=owner, due=due)

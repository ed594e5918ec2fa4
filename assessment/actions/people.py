"""Companies, their members, and what leaving does to both."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from assessment.actions.access import forget_readings
from assessment.actions.errors import CompanyError
from assessment.actions.forgetting import FORMER_STAFF, forget_company, forget_person
from assessment.actions.members import end_membership, note_colleague
from assessment.actions.names import give_name
from assessment.actions.pictures import erase_use_cases
from assessment.actions.proofs import withdraw_all
from assessment.actions.security_log import note
from assessment.models import (
    Answer,
    AnswerChange,
    Assessment,
    Company,
    Erasure,
    Membership,
    NodeScore,
    Result,
    User,
)
from assessment.throttling import forget_devices

MOST_COMPANIES = 20  # whose members one person can be when creating another: a group with its subsidiaries
SENT_TWICE_WITHIN = timedelta(minutes=10)
TYPED = ["name", "siren", "entity", "sub_sector", "size", "region", "activities"]
UNPROVED_FOR = timedelta(days=7)


class LastManagerError(CompanyError):
    """A company that has members has a manager among them."""


class CannotLeaveError(CompanyError):
    """The account cannot be deleted as things are: see ``may_leave``."""


class TooManyCompaniesError(CompanyError):
    """The person is a member of as many companies as one person can be."""


@transaction.atomic
def create_company(*, company: Company, by: User, name: str = "", at: datetime | None = None) -> Company:
    # Store a new company; who creates it manages it, under the name given on the way.
    # A form that is sent twice makes one: the first is returned.
    User.objects.select_for_update().get(pk=by.pk)  # two at once would be two companies, or both the last allowed
    at = at or timezone.now()
    recent = sent_before(company=company, by=by, at=at)
    if recent:
        return recent
    if by.memberships.count() >= MOST_COMPANIES:
        raise TooManyCompaniesError
    company.created_at = at
    company.save()
    Membership.objects.create(company=company, user=by, role=Membership.Role.MANAGER)
    give_name(user=by, name=name)
    return company


def sent_before(*, company: Company, by: User, at: datetime | None = None) -> Company | None:
    """The company that the same form made a moment ago, or None."""
    since = (at or timezone.now()) - SENT_TWICE_WITHIN
    same = {name: getattr(company, name) for name in TYPED}
    return Company.objects.managed_by(by).filter(created_at__gt=since, **same).first()


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> None:
    if role != Membership.Role.MANAGER:
        keep_a_manager(membership)
    before = Membership.objects.values_list("role", flat=True).get(pk=membership.pk)  # a form may have set it already
    membership.role = role
    membership.save(update_fields=["role"])
    note_colleague(company=membership.company, by=by, user=membership.user, before=before, after=role)
    note("role_changed", company=str(membership.company_id), user=membership.user_id, role=role, by=by.pk)


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    keep_a_manager(membership)
    end_membership(membership)
    note_colleague(company=membership.company, by=by, user=membership.user, before=membership.role)
    note("member_removed", company=str(membership.company_id), user=membership.user_id, by=by.pk)


def keep_a_manager(membership: Membership) -> None:
    company = Company.objects.select_for_update().get(pk=membership.company_id)  # two managers may leave at once
    others = company.memberships.exclude(pk=membership.pk)
    if not others.filter(role=Membership.Role.MANAGER).exists():
        raise LastManagerError


def companies_left_by(user: User) -> Any:
    """The user's companies with how many ``others`` and ``other_managers`` would remain, and their assessments."""
    other = ~Q(memberships__user=user)
    manager = Q(memberships__role=Membership.Role.MANAGER)
    return Company.objects.filter(pk__in=user.memberships.values("company")).annotate(
        others=Count("memberships", filter=other, distinct=True),
        other_managers=Count("memberships", filter=other & manager, distinct=True),
        assessment_count=Count("assessments", distinct=True),
    )


def may_leave(user: User) -> bool:
    # Not staff, former ones included, whose acts are on record; not the only manager of a company with others.
    return (
        not user.is_staff
        and user.email != FORMER_STAFF
        and not companies_left_by(user).filter(others__gt=0, other_managers=0).exists()
    )


@transaction.atomic
def delete_account(*, user: User) -> None:
    # Erase a person: companies where nobody else remains go too, what was done elsewhere stays without a name.
    list(Company.objects.select_for_update().filter(pk__in=user.memberships.values("company")).order_by("pk"))
    if not may_leave(user):
        raise CannotLeaveError
    for company in companies_left_by(user).filter(others=0):
        erase_company(company=company, reason="the last member deleted the account")
    forget_person(user)
    end_sessions(user=user, by=user)
    note("account_deleted", user=user.pk)
    user.delete()


@transaction.atomic
def end_sessions(*, user: User, by: User) -> None:
    # Sign a person out everywhere, and know none of their devices: with the account gone, or the role changed.
    get_sessions_adapter().end_sessions(UserSession.objects.filter(user=user))
    forget_devices(user)
    note("sessions_ended", user=user.pk, by=by.pk)


@transaction.atomic
def reserve_account(*, email: str) -> User:
    # The account of an address, made where there is none: empty, it opens to whoever proves the address.
    user, _is_new = User.objects.get_or_create(email=email, defaults={"password": make_password(None)})
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True})
    return user


@transaction.atomic
def forget_credentials(*, user: User, keep_password: bool, keep_social: Collection[tuple[str, str]]) -> None:
    """What was set before the address was proved may be a stranger's. ``keep_social``: (provider, uid) pairs."""
    if not keep_password:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    for account in SocialAccount.objects.filter(user=user):
        if (account.provider, account.uid) not in keep_social:
            account.delete()
    end_sessions(user=user, by=user)


@transaction.atomic
def forget_unproved(*, at: datetime | None = None) -> int:
    # Delete the sign-ups that nobody confirmed for a week, which frees their addresses; return how many.
    abandoned = User.objects.abandoned().filter(date_joined__lt=(at or timezone.now()) - UNPROVED_FOR)
    users = list(abandoned)
    for user in users:
        delete_unproved(user)
    note("unproved_accounts_deleted", count=len(users))
    return len(users)


@transaction.atomic
def free_address(*, email: str, to: User) -> None:
    """An account that nobody ever proved doesn't keep the address from ``to``, who does."""
    for user in User.objects.abandoned().with_address(email).exclude(pk=to.pk):
        delete_unproved(user)


def delete_unproved(user: User) -> None:
    # Delete an account, and its name from the traces that stay.
    forget_person(user)
    user.delete()


@transaction.atomic
def erase_company(*, company: Company, reason: str) -> None:
    """Delete a company and all that it answered. The row in ``Erasure`` is what lets the triggers agree."""
    Erasure.objects.create(company_id=company.pk, reason=reason)
    forget_company(company)
    erase_use_cases(company=company)
    withdraw_all(company=company)
    of_company = {"assessment__company": company}
    NodeScore.objects.filter(result__company=company).delete()
    Result.objects.filter(company=company).delete()
    Answer.objects.filter(**of_company).delete()
    AnswerChange.objects.filter(**of_company).delete()
    Assessment.objects.filter(company=company).delete()
    company.memberships.all().delete()
    forget_readings(company)
    Company.objects.filter(pk=company.pk).delete()
    Company.history.filter(id=company.pk).delete()  # last: deleting wrote one more row of it
    note("company_erased", company=str(company.pk))

"""Answering together: inviting colleagues, asking them for dimensions, noting where each one is."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.errors import ClosedError, InvitationError
from assessment.actions.members import note_colleague
from assessment.actions.names import give_name, tell_apart
from assessment.actions.notices import tell_address
from assessment.actions.security_log import note
from assessment.models import Assessment, Assignment, Company, Invitation, Membership, Place, User
from assessment.models.addresses import canonical
from assessment.models.compiled import compiled
from assessment.models.team import hash_of

LIFETIME = timedelta(days=7)
REMEMBERED = timedelta(days=90)
MOST_INVITATIONS_A_DAY = 30
MOST_TO_ONE_ADDRESS_AN_HOUR = 5


class AlreadyMemberError(InvitationError):
    """The address is that of a member of the company."""


class TooManyInvitationsError(InvitationError):
    """The company, or the person who invites, sent enough for a day."""


class AddressInvitedOftenError(InvitationError):
    """The address got enough invitations for an hour, whoever sent them."""


class NotUsableError(InvitationError):
    """The invitation was accepted, withdrawn or replaced, or has expired."""


class ForSomebodyElseError(InvitationError):
    """The invitation was sent to another e-mail address than this account's."""


@transaction.atomic
def invite(*, company: Company, email: str, role: str, by: User, at: datetime | None = None) -> Invitation:
    """Invite one person by e-mail; an earlier invitation to the same address is withdrawn, so that one link opens."""
    at, email = at or timezone.now(), canonical(email)
    Company.objects.select_for_update().get(pk=company.pk)  # two at once would be two links, or both the thirtieth
    if company.memberships.filter(user__email=email).exists():
        raise AlreadyMemberError
    sent_today = Invitation.objects.filter(Q(company=company) | Q(invited_by=by), invited_at__gt=at - timedelta(days=1))
    if sent_today.count() >= MOST_INVITATIONS_A_DAY:
        raise TooManyInvitationsError
    sent_to_address = Invitation.objects.filter(email=email, invited_at__gt=at - timedelta(hours=1))
    if sent_to_address.count() >= MOST_TO_ONE_ADDRESS_AN_HOUR:
        raise AddressInvitedOftenError
    company.invitations.filter(expires_at__lt=at - REMEMBERED).delete()  # addresses of people who may never have come
    company.invitations.waiting().filter(email=email).update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        company=company,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + LIFETIME,
    )
    note("member_invited", company=str(company.pk), invitation=str(invitation.pk), role=role, by=by.pk)
    tell_invited(invitation, token)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime | None = None) -> None:
    """Close the link; one that was accepted meanwhile stays accepted."""
    if Invitation.objects.waiting().filter(pk=invitation.pk).update(withdrawn_at=at or timezone.now()):
        note("invitation_withdrawn", company=str(invitation.company_id), invitation=str(invitation.pk), by=by.pk)


@transaction.atomic
def accept(*, invitation: Invitation, by: User, name: str = "", at: datetime | None = None) -> bool:
    """Make the invited person a member, once; return whether they are new. A member keeps the role they have.

    ``name`` is what they gave on the way.
    """
    at = at or timezone.now()
    usable = Invitation.objects.open(at).select_for_update(of=("self",)).select_related("company", "invited_by")
    locked_invitation = usable.filter(pk=invitation.pk).first()
    if locked_invitation is None:
        raise NotUsableError
    if by.email != locked_invitation.email:
        raise ForSomebodyElseError
    _membership, is_new = Membership.objects.get_or_create(
        company=locked_invitation.company, user=by, defaults={"role": locked_invitation.role, "joined_at": at}
    )
    give_name(user=by, name=name)
    locked_invitation.accepted_at, locked_invitation.accepted_by = at, by
    locked_invitation.save(update_fields=["accepted_at", "accepted_by"])
    if is_new:
        tell_apart(by)
        note_colleague(
            company=locked_invitation.company,
            by=by,
            user=by,
            after=locked_invitation.role,
            others=[locked_invitation.invited_by],
        )
    note(
        "invitation_accepted",
        company=str(locked_invitation.company_id),
        invitation=str(locked_invitation.pk),
        user=by.pk,
        role=locked_invitation.role,
    )
    return is_new


@transaction.atomic
def assign(
    *,
    assessment: Assessment,
    asked: Mapping[str, Iterable[User]],
    by: User,
    tell: bool = False,
    at: datetime | None = None,
) -> None:
    """Ask exactly these people: ``asked`` gives users by dimension code. ``tell``: e-mail those who were not before."""
    if not Assessment.objects.select_for_update().open().filter(pk=assessment.pk):
        raise ClosedError(assessment)
    before = {(kept.dimension, kept.user_id): kept.pk for kept in assessment.assignments.all()}
    wanted = {(code, user.pk): user for code, users in asked.items() for user in users}
    gone = [pk for place, pk in before.items() if place not in wanted]
    new = {place: user for place, user in wanted.items() if place not in before}
    Assignment.objects.filter(pk__in=gone).delete()
    Assignment.objects.bulk_create(
        Assignment(assessment=assessment, dimension=code, user=user, assigned_by=by, assigned_at=at or timezone.now())
        for (code, _pk), user in new.items()
    )
    if tell:
        for user in {user for user in new.values() if user != by}:
            tell_asked(assessment, user, {code for code, pk in new if pk == user.pk}, by)


def arrive(
    *, assessment: Assessment, user: User, dimension: str, question: str = "", at: datetime | None = None
) -> None:
    """Note where the person is. One statement; without a question, the one known stays: it may still be the place."""
    place = Place(
        assessment_id=assessment.pk, user=user, dimension=dimension, question=question, seen_at=at or timezone.now()
    )
    Place.objects.bulk_create(
        [place],
        update_conflicts=True,
        unique_fields=["assessment", "user"],
        update_fields=["dimension", "seen_at", *(["question"] if question else [])],
    )


def tell_invited(invitation: Invitation, token: str) -> None:
    told = {"invitation": invitation, "token": token, "site_url": settings.SITE_URL}
    tell_address(
        invitation.email,
        lambda: _("Invitation to answer for %(company)s") % {"company": invitation.company},
        lambda: render_to_string("team/email/invitation.txt", told),
    )


def tell_asked(assessment: Assessment, user: User, codes: Collection[str], by: User) -> None:
    dimensions = [found for found in compiled(assessment.version).dimensions if found.code in codes]
    told = {"assessment": assessment, "dimensions": dimensions, "by": by, "site_url": settings.SITE_URL}
    tell_address(
        user.email,
        lambda: _("%(person)s asks you to answer for %(company)s") % {"person": by, "company": assessment.company},
        lambda: render_to_string("team/email/asked.txt", told),
    )


def keep_former_address(*, user: User, email: str) -> None:
    """Whose the address was that earlier invitations went to: with a new one, nothing else would tell."""
    Invitation.objects.filter(email=email).update(formerly_of=user)

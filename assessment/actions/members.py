"""Members whom staff let into a company, out of it, or give another role: on record, and told to its managers."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessment.actions.names import tell_apart
from assessment.actions.notices import managers, tell
from assessment.actions.plans import forsake_actions
from assessment.models import AccessedCompany, Assignment, Company, MemberChange, Membership, Place, StaffAccess, User


@transaction.atomic
def change_members(
    *,
    company: Company,
    by: User,
    reason: str,
    new: Iterable[Membership] = (),
    changed: Iterable[Membership] = (),
    gone: Iterable[Membership] = (),
) -> StaffAccess:
    # Store what an administrator changed: memberships to add, to save with another role, to end. Each with a record.
    # Whoever manages the company before or after is told, so that nobody is put out without a word.
    Company.objects.select_for_update().get(pk=company.pk)
    before = keys_of_managers(company)
    changes = [*_ended(gone), *_given(changed), *_added(new)]
    access = _record(StaffAccess.Kind.MEMBERS, company, by, changes, reason)
    _tell(access, company, changes, before | keys_of_managers(company))
    return access


def keys_of_managers(company: Company) -> set[int]:
    return set(managers(company).values_list("pk", flat=True))


def end_membership(membership: Membership) -> None:
    # The person loses sight of the company at once; what they answered stays, under their name.
    for kept in [Assignment, Place]:
        kept._default_manager.filter(assessment__company=membership.company_id, user=membership.user_id).delete()
    forsake_actions(company=membership.company_id, user=membership.user_id)
    membership.delete()


def _ended(gone: Iterable[Membership]) -> Iterator[MemberChange]:
    for membership in gone:
        yield MemberChange(user=membership.user, before=membership.role)
        end_membership(membership)


def _given(changed: Iterable[Membership]) -> Iterator[MemberChange]:
    for membership in changed:
        before = type(membership).objects.get(pk=membership.pk).role
        yield MemberChange(user=membership.user, before=before, after=membership.role)
        membership.save(update_fields=["role"])


def _added(new: Iterable[Membership]) -> Iterator[MemberChange]:
    for membership in new:
        membership.save()
        tell_apart(membership.user)
        yield MemberChange(user=membership.user, after=membership.role)


def note_colleague(
    *, company: Company, by: User, user: User, before: str = "", after: str = "", others: Iterable[User | None] = ()
) -> StaffAccess | None:
    """Where staff are members as well, what they do to members is on record as staff's; the others need no such trace.

    To be called within the transaction that changes, ``others`` being staff who had a part in it, or None.
    """
    if not any(person is not None and person.is_staff for person in [by, user, *others]) or before == after:
        return None
    changes = [MemberChange(user=user, before=before, after=after)]
    access = _record(StaffAccess.Kind.COLLEAGUE, company, by, changes)
    _tell(access, company, changes, keys_of_managers(company))
    return access


def _record(
    kind: StaffAccess.Kind, company: Company, by: User, changes: Sequence[MemberChange], reason: str = ""
) -> StaffAccess:
    access = StaffAccess.objects.create(kind=kind, by=by, reason=reason)
    AccessedCompany.objects.create(access=access, company=company)
    for change in changes:
        change.access = access
    MemberChange.objects.bulk_create(changes)
    return access


def _tell(access: StaffAccess, company: Company, changes: Sequence[MemberChange], told: set[int]) -> None:
    context = {"access": access, "company": company, "changes": changes, "site_url": settings.SITE_URL}
    tell(
        User.objects.filter(pk__in=told - {access.by_id}).order_by("pk"),
        lambda: _("The members of %(company)s were changed by staff") % {"company": company},
        lambda: render_to_string("people/email/members.txt", context),
    )

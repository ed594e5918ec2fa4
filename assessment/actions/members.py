"""Members whom staff let into a company, out of it, or give another role: on record, and told to its managers."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessment.actions.names import tell_apart
from assessment.actions.notices import managers, tell
from assessment.models import AccessedCompany, Assignment, Company, MemberChange, Place, StaffAccess, User


@transaction.atomic
def change_members(*, company, by, reason, new=(), changed=(), gone=()):
    # Store what an administrator changed: memberships to add, to save with another role, to end. Each with a record.
    # Whoever manages the company before or after is told, so that nobody is put out without a word.
    Company.objects.select_for_update().get(pk=company.pk)
    before = keys_of_managers(company)
    changes = [*_ended(gone), *_given(changed), *_added(new)]
    access = _record(StaffAccess.Kind.MEMBERS, company, by, changes, reason)
    _tell(access, company, changes, before | keys_of_managers(company))
    return access


def keys_of_managers(company):
    return set(managers(company).values_list("pk", flat=True))


def end_membership(membership):
    # The person loses sight of the company at once; what they answered stays, under their name.
    for kept in [Assignment, Place]:
        kept.objects.filter(assessment__company=membership.company_id, user=membership.user_id).delete()
    membership.delete()


def _ended(gone):
    for membership in gone:
        yield MemberChange(user=membership.user, before=membership.role)
        end_membership(membership)


def _given(changed):
    for membership in changed:
        before = type(membership).objects.get(pk=membership.pk).role
        yield MemberChange(user=membership.user, before=before, after=membership.role)
        membership.save(update_fields=["role"])


def _added(new):
    for membership in new:
        membership.save()
        tell_apart(membership.user)
        yield MemberChange(user=membership.user, after=membership.role)


def note_colleague(*, company, by, user, before="", after="", others=()):
    """Where staff are members as well, what they do to members is on record as staff's; the others need no such trace.

    To be called within the transaction that changes, ``others`` being staff who had a part in it, or None.
    """
    if not any(person is not None and person.is_staff for person in [by, user, *others]) or before == after:
        return None
    changes = [MemberChange(user=user, before=before, after=after)]
    access = _record(StaffAccess.Kind.COLLEAGUE, company, by, changes)
    _tell(access, company, changes, keys_of_managers(company))
    return access


def _record(kind, company, by, changes, reason=""):
    access = StaffAccess.objects.create(kind=kind, by=by, reason=reason)
    AccessedCompany.objects.create(access=access, company=company)
    for change in changes:
        change.access = access
    MemberChange.objects.bulk_create(changes)
    return access


def _tell(access, company, changes, told):
    context = {"access": access, "company": company, "changes": changes, "site_url": settings.SITE_URL}
    tell(
        User.objects.filter(pk__in=told - {access.by_id}).order_by("pk"),
        lambda: _("The members of %(company)s were changed by staff") % {"company": company},
        lambda: render_to_string("people/email/members.txt", context),
    )

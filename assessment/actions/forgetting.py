"""Names of what is erased, taken out of the traces that stay: the administration's log, sessions, records of access."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q

from assessment.models import (
    Assessment,
    Bookmark,
    Company,
    Interest,
    Invitation,
    Membership,
    Reopening,
    Result,
    StaffAccess,
    UseCase,
    User,
)
from mail import keeping as letters

# The ways from a row whose name the administration's log may hold to the company it speaks of.
WAYS_TO_COMPANY = {
    Assessment: ["company"],
    Bookmark: ["company", "use_case__company"],
    Interest: ["company", "use_case__company"],
    Invitation: ["company"],
    Membership: ["company"],
    Reopening: ["assessment__company"],
    Result: ["company"],
    UseCase: ["company"],
}
ERASED = "–"
FORMER_STAFF = "former-staff@erased.invalid"  # no mail goes to .invalid


def forget_in_admin_log(model: type[Model], keys: Iterable[Any]) -> None:
    """The log keeps that staff acted, and when; not the name of what is erased."""
    logged = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model, for_concrete_model=False))
    logged.filter(object_id__in=[str(key) for key in keys]).update(object_repr="", change_message="")


def forget_company(company: Company) -> None:
    """Call before the company's rows are deleted: they lead to what was written of them."""
    forget_in_admin_log(Company, [company.pk])
    for model, ways in WAYS_TO_COMPANY.items():
        forget_in_admin_log(model, model._default_manager.filter(any_of(ways, company)).values_list("pk", flat=True))
    forget_in_accesses(company)
    letters.forget(addresses=[], names=names_of_company(company))


def any_of(ways: Iterable[str], company: Company) -> Q:
    condition = Q()
    for way in ways:
        condition |= Q(**{way: company})
    return condition


def names_of_company(company: Company) -> set[str]:
    earlier = Company.history.filter(id=company.pk).values_list("name", "siren", "entity")
    return {text for row in [(company.name, company.siren, company.entity), *earlier] for text in row if text}


def forget_in_accesses(company: Company) -> None:
    """Staff's own words, and the words they searched by: kept where others were read too and the name isn't there."""
    names = names_of_company(company)
    for access in StaffAccess.objects.concerning(company):
        forget_in_admin_log(StaffAccess, [access.pk])
        others = [access.results.exclude(company=company), access.companies.exclude(pk=company.pk)]
        only = not any(rows.exists() for rows in others)
        if only or mentions(access.reason, names):
            access.reason = ERASED if access.reason else ""
        if only or mentions(json.dumps(access.filters, ensure_ascii=False), names):
            access.filters = {}
        access.save(update_fields=["reason", "filters"])


def forget_use_case(use_case: UseCase) -> None:
    forget_in_admin_log(UseCase, [use_case.pk])
    for model in [Bookmark, Interest]:
        forget_in_admin_log(model, model._default_manager.filter(use_case=use_case).values_list("pk", flat=True))


def forget_person(user: User) -> None:
    """Call before the account is deleted. Costs a look at every session: some hold an address that a code went to."""
    addresses = {user.email.lower(), *(kept.email.lower() for kept in EmailAddress.objects.filter(user=user))}
    forget_in_admin_log(User, [user.pk])
    forget_in_lists_of_members({*addresses, user.name, user.name_and_address} - {""})
    former = Invitation.objects.filter(formerly_of=user)
    forget_person_in_accesses(user, {*addresses, *former.values_list("email", flat=True), user.name} - {""})
    keep_log_of(user)
    letters.forget(addresses=addresses, names=[user.name])
    former.delete()
    Invitation.objects.filter(Q(email__in=addresses) | Q(accepted_by=user)).delete()
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if held.get("_auth_user_id") == str(user.pk) or not addresses.isdisjoint(texts_in(held)):
            session.delete()


def forget_in_lists_of_members(names: Iterable[str]) -> None:
    """In changes of a company that stays, logged when a member was still written there as "name – company"."""
    logged = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Company))
    for name in names:
        member = '"object": "' + json.dumps(f"{name} – ")[1:-1]
        logged.filter(change_message__contains=member).update(change_message="")


def forget_person_in_accesses(user: User, names: Iterable[str]) -> None:
    """Staff's own words of the person, and what they searched by. Costs a look at every reason."""
    about = StaffAccess.objects.filter(member_changes__user=user)
    alone = {access.pk for access in about if not access.member_changes.exclude(user=user).exists()}
    alone |= set(StaffAccess.objects.filter(person=user).values_list("pk", flat=True))
    for access in StaffAccess.objects.exclude(reason="", filters={}).iterator():
        if access.pk in alone or mentions_person(access.reason, names):
            access.reason = ERASED if access.reason else ""
        if mentions_person(json.dumps(access.filters, ensure_ascii=False), names):
            access.filters = {}
        access.save(update_fields=["reason", "filters"])


def keep_log_of(user: User) -> None:
    """What somebody did as staff stays in the administration's log, as an act of somebody whose account is deleted."""
    log = LogEntry.objects.filter(user=user)
    if log.exists():
        log.update(user=former_staff())


def former_staff() -> User:
    """The one account that all of them stand under in the log, which takes no entry without: nobody can enter it."""
    user, is_new = User.objects.get_or_create(email=FORMER_STAFF, defaults={"name": ERASED, "is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def texts_in(held: Any) -> Iterator[str]:
    """Every text of the structure, keys included, in lower case."""
    if isinstance(held, str):
        yield held.lower()
    parts = [*held.keys(), *held.values()] if isinstance(held, dict) else held if isinstance(held, list) else []
    for part in parts:
        yield from texts_in(part)


def mentions(text: str, names: Iterable[str]) -> bool:
    return any(name.casefold() in text.casefold() for name in names)


def mentions_person(text: str, names: Iterable[str]) -> bool:
    """As whole words: "Ada" is not named by "adaptation"."""
    return any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text.casefold()) for name in names)

"""Published cases in readers' hands: bookmarks, doing the same, requests for contact."""

from datetime import date, datetime, time, timedelta
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessment.actions.errors import ContactError
from assessment.actions.notices import tell_of_interest, tell_reviewers_of_interest
from assessment.actions.usecases import store_publication
from assessment.models import Bookmark, Company, Interest, Publication, Result, UseCase, User, ViewCount
from assessment.rules.contract_cases import contract_cases

MOST_REQUESTS_A_DAY = 5


class TooManyRequestsError(ContactError):
    """The company asked for enough contacts for a day."""


class AlreadyAskedError(ContactError):
    """The company asked for this contact before, in other words: those are what the committee has."""


class NotContactableError(ContactError):
    """The case is no longer public, its company takes no contacts, or it is the asking company's own."""


@transaction.atomic
def count_view(*, publication: Publication, day: date | None = None) -> None:
    """A number by day; nothing of who reads. Two statements, a third on the first view of a day."""
    day = day or timezone.localdate()
    counts = ViewCount.objects.filter(use_case=publication.pk, day=day)
    if not counts.update(count=F("count") + 1):
        ViewCount.objects.bulk_create([ViewCount(use_case_id=publication.pk, day=day)], ignore_conflicts=True)
        counts.update(count=F("count") + 1)
    Publication.objects.filter(pk=publication.pk).update(views=F("views") + 1)


@transaction.atomic
def keep(
    *, publication: Publication, company: Company, by: User, doing_since: date | None = None, note: str = ""
) -> Bookmark:
    # Keep a case, or change what was said of it; the company's latest result is what the next is compared with.
    bookmark, _created = Bookmark.objects.get_or_create(
        use_case_id=publication.pk,
        company=company,
        defaults={"by": by, "result": Result.objects.filter(company=company).order_by("-submitted_at", "-pk").first()},
    )
    bookmark.doing_since, bookmark.note = doing_since, note
    bookmark.save(update_fields=["doing_since", "note"])
    return bookmark


@transaction.atomic
def ask_for_contact(
    *, publication: Publication, company: Company, by: User, message: str, at: datetime | None = None
) -> Interest:
    at = at or timezone.now()
    use_case = UseCase.objects.select_related("company").get(pk=publication.pk)
    contactable = use_case.company_id and use_case.contactable and use_case.company_id != company.pk
    if not contactable or not Publication.objects.visible().filter(pk=publication.pk).exists():
        raise NotContactableError
    type(company).objects.select_for_update().get(pk=company.pk)  # two at once would both be the fifth
    if Interest.objects.filter(company=company, at__gt=at - timedelta(days=1)).count() >= MOST_REQUESTS_A_DAY:
        raise TooManyRequestsError
    interest, created = Interest.objects.get_or_create(
        use_case=use_case, company=company, defaults={"by": by, "message": message, "at": at, "changed_at": at}
    )
    if interest.message != message:
        raise AlreadyAskedError
    if created:
        tell_reviewers_of_interest(interest)
    return interest


@transaction.atomic
def answer_interest(*, interest: Interest, state: str, answer: str, at: datetime | None = None) -> None:
    # Staff's part: what they write is told to the company that asked, and, once passed on, to the other one.
    passed_on = state == Interest.State.PASSED_ON and interest.state != state
    interest.state, interest.answer, interest.changed_at = state, answer, at or timezone.now()
    interest.save(update_fields=["state", "answer", "changed_at"])
    tell_of_interest(interest, interest.company)
    if passed_on:
        tell_of_interest(interest, cast(Company, interest.use_case.company))


@transaction.atomic
def show_contract_cases(*, at: datetime | None = None) -> None:
    # Put the contract's own technological use cases into the showcase; again, renew what the contract says.
    at = at or timezone.now()
    for record, texts, content in contract_cases():
        use_case, _created = UseCase.objects.get_or_create(
            contract_use_case=record, defaults={"status": UseCase.Status.PUBLISHED, "first_published_at": at}
        )
        for name, value in texts.items():
            setattr(use_case, name, value)
        use_case.project = record.project
        use_case.save()
        store_publication(use_case, content=content, consent=None, at=noon(record.introduced_by.signed_on))


def noon(day: date) -> datetime:
    # The contract's cases are as old as the text that brought them in: what companies tell comes before them.
    return timezone.make_aware(datetime.combine(day, time(12)))

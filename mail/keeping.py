"""Terms of letters: how long they are kept, taken back from a worker that died, how long they have waited."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django_tasks.base import TaskResultStatus

from mail.models import Letter
from mail.outcomes import held

LEASE = timedelta(minutes=5)  # longer than any mail server that answers at all keeps us


def take_back(*, at: datetime, worker: str | None = None) -> None:
    # Letters of this worker, which has just started and so sends none; without one, those held longer than any can be.
    # Such a try counts for nothing: a worker that is killed says nothing about the letter.
    for letter in cast(Iterable[Letter], Letter.objects.running()):
        is_own = letter.worker_ids[-1:] == [worker]
        if is_own or cast(datetime, letter.started_at) < at - LEASE:
            held(letter).update(status=TaskResultStatus.READY, worker_ids=letter.worker_ids[:-1])


def purge(*, at: datetime) -> None:
    Letter.objects.dead().filter(finished_at__lt=at - timedelta(days=settings.MAIL_DEAD_DAYS)).delete()


def forget(*, addresses: Iterable[str], names: Iterable[str] = ()) -> None:
    # Delete letters to these addresses, and dead ones that speak of these names.
    addresses, names = {address.lower() for address in addresses}, {name.casefold() for name in names if name}
    for letter in cast(Iterable[Letter], Letter.objects.all()):
        if letter.is_for(addresses) or (letter.is_dead and speaks_of(letter, addresses | names)):
            Letter.objects.filter(pk=letter.pk).delete()


def speaks_of(letter: Letter, names: Iterable[str]) -> bool:
    content = letter.content
    alternatives = [text for text, _kind in content["alternatives"]]
    written = "\n".join([content["subject"], content["body"] or "", *alternatives, letter.traceback]).casefold()
    return any(name in written for name in names)


def oldest_wait(*, at: datetime) -> int:
    # Seconds since the oldest letter that is not sent was written; 0 where none waits.
    oldest = Letter.objects.unsent().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return int((at - oldest).total_seconds()) if oldest else 0

"""E-mails that wait, are being sent, or could not be sent: tasks in the database. One that was sent is gone."""

from collections.abc import Set
from datetime import datetime
from typing import Any, Self, cast

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max

TASK = "mail.tasks.deliver"


class LetterQuerySet(DBTaskResultQuerySet):
    def dead(self) -> Self:
        return cast(Self, self.failed())

    def unsent(self) -> Self:
        return self.exclude(status=TaskResultStatus.FAILED)


LetterManagerBase = models.Manager.from_queryset(LetterQuerySet)


class LetterManager(LetterManagerBase):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(task_path=TASK)


class Letter(DBTaskResult):
    objects = LetterManager()  # type: ignore[misc]  # the plugin makes it no ClassVar

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("e-mail not sent")
        verbose_name_plural = _("e-mails not sent")

    def __str__(self) -> str:
        return ", ".join(self.recipients)

    @property
    def content(self) -> dict[str, Any]:
        return self.args_kwargs["kwargs"]["letter"]

    @property
    def recipients(self) -> list[str]:
        return [*self.content["to"], *self.content["cc"], *self.content["bcc"]]

    @property
    def is_dead(self) -> bool:
        return self.status == TaskResultStatus.FAILED

    @property
    def has_text(self) -> bool:
        # Whether it can be sent again: what had a latest time was emptied when it had passed.
        return self.content["body"] is not None

    @property
    def attempts(self) -> int:
        return len(self.worker_ids)

    def is_for(self, addresses: Set[str]) -> bool:
        # Addresses in lower case.
        return not addresses.isdisjoint(address.lower() for address in self.recipients)


def at_once() -> datetime:
    """What stands in ``run_after`` for a letter that need not wait."""
    return get_date_max()

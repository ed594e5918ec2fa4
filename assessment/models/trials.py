"""Trials: express answers without an account, reached by the visitor's own session alone, for a week."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.answers import Answer, Assessment
from assessment.models.profile import Size, SubSector
from assessment.models.questionnaire import Version

KEPT_FOR = timedelta(days=7)


class TrialQuerySet(models.QuerySet["Trial"]):
    def live(self, at: datetime | None = None) -> Self:
        return self.filter(started_at__gt=(at or timezone.now()) - KEPT_FOR)

    def over(self, at: datetime | None = None) -> Self:
        return self.filter(started_at__lte=(at or timezone.now()) - KEPT_FOR)


class Trial(models.Model):
    """No name, no address, no company: what a visitor answered, until it is claimed into an assessment or forgotten."""

    path = Assessment.Path.EXPRESS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("version"))
    sub_sector = models.CharField(_("sub-sector"), max_length=20, choices=SubSector.choices)
    size = models.CharField(_("size"), max_length=20, choices=Size.choices)
    activities = models.JSONField(_("activities"), default=list, blank=True)
    started_at = models.DateTimeField(_("started on"), default=timezone.now, editable=False)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        ordering = ["-started_at", "pk"]
        constraints = [
            # Conditions of the questionnaire rest on these two.
            models.CheckConstraint(condition=Q(sub_sector__in=SubSector.values), name="trial_sub_sector_known"),
            models.CheckConstraint(condition=Q(size__in=Size.values), name="trial_size_known"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def company(self) -> Self:
        # What the questionnaire's conditions read of a company.
        return self


class TrialAnswer(models.Model):
    """``value`` as that of an answer. No comment and no evidence: free words could name somebody."""

    comment = evidence = ""
    revision = 0
    to_confirm = False

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="answers", db_index=False, verbose_name=_("trial"))
    question = models.CharField(_("question"), max_length=40)
    state = models.CharField(_("state"), max_length=20, choices=Answer.State.choices)
    value = models.JSONField(_("value"), default=dict, blank=True)

    class Meta:
        verbose_name = _("answer of a trial")
        verbose_name_plural = _("answers of trials")
        ordering = ["trial", "question"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "question"], name="trialanswer_once_per_question"),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "unknown", "not_applicable", "draft", "empty"]),
                name="trialanswer_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.state}"

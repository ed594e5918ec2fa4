"""Reopenings of submitted assessments, and moves to a newer version."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.answers import Assessment
from assessment.models.people import User
from assessment.models.questionnaire import Version
from assessment.models.results import Result


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def waiting(self) -> Self:
        return self.filter(status=Reopening.Status.ASKED)


class Reopening(models.Model):
    """A manager asks to change a submitted assessment; staff grant or refuse it, and say why. The result stays."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reopenings", verbose_name=_("assessment"))
    result = models.ForeignKey(
        Result, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("result")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ASKED)
    reason = models.TextField(_("why it should be opened again"), max_length=2000)
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    decision = models.TextField(
        _("reason of the decision"), max_length=2000, blank=True, help_text=_("The company reads it.")
    )
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for reopening")
        verbose_name_plural = _("requests for reopening")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(status="asked"), name="reopening_one_waiting_per_assessment"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "granted", "refused"]), name="reopening_status_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_reason_given"),
            # A decision has its date and its reason, and only a decision has them.
            models.CheckConstraint(
                condition=Q(status="asked", decided_at=None, decision="")
                | (~Q(status="asked") & Q(decided_at__isnull=False) & ~Q(decision="")),
                name="reopening_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} – {self.get_status_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.ASKED


class VersionMove(models.Model):
    """An open assessment's move to a newer version, with what became of each answer, by question code."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="moves", verbose_name=_("assessment"))
    from_version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("from version"))
    to_version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("to version"))
    outcome = models.JSONField(_("what became of the answers"), default=dict)
    moved_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("moved by")
    )
    moved_at = models.DateTimeField(_("moved on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("move to another version")
        verbose_name_plural = _("moves to another version")
        ordering = ["assessment", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_version=models.F("to_version")), name="versionmove_to_another_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_version} → {self.to_version}"

"""Individual answers: members answer a dimension independently, then a manager records what the company answers."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.answers import Answer, Assessment
from assessment.models.people import User


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Consultation(models.Model):
    """A dimension that several members answer each for themselves; closed once its consensus is recorded."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="consultations", verbose_name=_("assessment")
    )
    dimension = models.CharField(_("dimension"), max_length=40)
    opened_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened on"), default=timezone.now, editable=False)
    closed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["assessment", "pk"]
        constraints = [
            # Opened again, it goes on with the individual answers it has.
            models.UniqueConstraint(fields=["assessment", "dimension"], name="consultation_once_per_dimension"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.dimension}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_running(self) -> bool:
        # Whether individual answers are taken: submission ends it as well.
        return self.is_open and self.assessment.is_open


class IndividualAnswer(models.Model):
    """One member's answer to a question: kept, seen within the company only, and never counted in a score."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="individual_answers", verbose_name=_("assessment")
    )
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="individual_answers", verbose_name=_("user")
    )
    question = models.CharField(_("question"), max_length=40)
    state = models.CharField(_("state"), max_length=20, choices=Answer.State.choices)
    value = models.JSONField(_("value"), default=dict, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    request = models.UUIDField(_("request"), default=uuid.uuid4, editable=False)
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)

    evidence = ""  # asked for with the answer that counts only; read by the form that both kinds share
    to_confirm = False  # no individual answer is carried over

    class Meta:
        verbose_name = _("individual answer")
        verbose_name_plural = _("individual answers")
        ordering = ["assessment", "question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "user"], name="individual_answer_once_per_person"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="individual_answer_revision_at_least_1"),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "unknown", "not_applicable", "draft", "empty"]),
                name="individual_answer_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.user}"

    @property
    def stamp(self) -> str:
        # This answer as it is now: another one once the person has changed it.
        return f"{self.pk}.{self.revision}"

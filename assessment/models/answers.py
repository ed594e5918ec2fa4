"""A company's assessment and its answers, each with its revision and every earlier value."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.campaigns import Campaign
from assessment.models.people import Company, Membership, User, Visitor
from assessment.models.questionnaire import Version


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: Visitor) -> Self:
        """Assessments of the user's companies, with the user's ``role`` there; nobody else's, staff included."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(company__memberships__user_id=user.pk).annotate(role=F("company__memberships__role"))

    def answerable_by(self, user: Visitor) -> Self:
        """Those of companies for which the user may answer, submitted ones too."""
        return self.visible_to(user).filter(role__in=Membership.WRITERS)

    def with_texts(self) -> Self:
        # All that a page needs to name the company and find the compiled questionnaire.
        return self.select_related("company", "version__questionnaire", "campaign")

    def with_team(self, user: User) -> Self:
        # Whether somebody else is a member of the company: who is alone shares nothing out.
        others = Membership.objects.filter(company=OuterRef("company")).exclude(user=user)
        return self.annotate(has_team=Exists(others))

    def open(self) -> Self:
        return self.filter(status=Assessment.Status.OPEN)

    def submitted(self) -> Self:
        return self.filter(status=Assessment.Status.SUBMITTED)


class Assessment(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("in progress")
        SUBMITTED = "submitted", _("submitted")

    class Path(models.TextChoices):
        EXPRESS = "express", _("express")
        FULL = "full", _("full")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="assessments", verbose_name=_("company"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="assessments", verbose_name=_("version"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("campaign")
    )
    path = models.CharField(_("path"), max_length=10, choices=Path.choices, default=Path.FULL)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    started_at = models.DateTimeField(_("started on"), default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("started by")
    )
    # The result whose answers it began with; they wait for a confirmation each.
    carried_from = models.ForeignKey(
        "assessment.Result",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("carried over from"),
    )
    submitted_at = models.DateTimeField(_("submitted on"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("submitted by")
    )

    role: str  # the reader's in its company, where ``visible_to`` found it
    has_team: bool  # where ``with_team`` asked

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-started_at", "pk"]
        constraints = [
            # Opening the questionnaire again resumes it: two half-filled ones would split a company's answers.
            models.UniqueConstraint(
                fields=["company", "campaign"],
                condition=Q(status="open", campaign__isnull=False),
                name="assessment_one_open_per_campaign",
            ),
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(status="open", campaign__isnull=True),
                name="assessment_one_open_without_campaign",
            ),
            # Submitted means when, and only then.
            models.CheckConstraint(
                condition=Q(status="open", submitted_at=None) | Q(status="submitted", submitted_at__isnull=False),
                name="assessment_submitted_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("assessment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class AnswerValue(models.Model):
    """What an answer and each of its earlier values hold.

    ``value`` is written as in the answers file (docs/scoring.md), but a number as a string of digits, so that 0.1
    stays 0.1; a draft keeps what was typed, valid or not. ``request`` is the browser's own id of the save.
    """

    class State(models.TextChoices):
        ANSWERED = "answered", _("answered")
        UNKNOWN = "unknown", _("“I don’t know”")
        NOT_APPLICABLE = "not_applicable", _("not applicable")
        DRAFT = "draft", _("incomplete")
        EMPTY = "empty", _("no answer")

    question = models.CharField(_("question"), max_length=40)
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    value = models.JSONField(_("value"), default=dict, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    request = models.UUIDField(_("request"), default=uuid.uuid4, editable=False)
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by"))

    class Meta:
        abstract = True


class Answer(AnswerValue):
    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="answers", db_index=False, verbose_name=_("assessment")
    )
    # Carried over from an earlier assessment or version: it counts once somebody has said that it still holds.
    to_confirm = models.BooleanField(_("to confirm"), default=False, db_default=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["assessment", "question"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="answer_once_per_question"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="answer_revision_at_least_1"),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "unknown", "not_applicable", "draft", "empty"]),
                name="answer_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.state}"


class AnswerChange(AnswerValue):
    """One saved value of an answer, kept as long as the assessment; written by a database trigger, never by code."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="changes", db_index=False, verbose_name=_("assessment")
    )

    class Meta:
        verbose_name = _("change of an answer")
        verbose_name_plural = _("changes of answers")
        ordering = ["assessment", "question", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question", "revision"], name="answerchange_revision_unique"),
            # The same save, sent again after a lost reply, is the same change.
            models.UniqueConstraint(fields=["assessment", "request"], name="answerchange_request_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.question} r{self.revision}"

"""A company's plan: the steps it chose, who takes them, by when, and what became of each."""

import uuid
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.models.people import Company, Membership, User
from assessment.models.results import Result


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(company__memberships__user_id=user.pk) if user.is_authenticated else self.none()

    def live(self) -> Self:
        return self.filter(status__in=Action.LIVE)

    def by_due_date(self) -> Self:
        return self.order_by(F("due").asc(nulls_last=True), "created_at", "pk")


class Action(models.Model):
    """One step of a company's plan. Nothing deletes it: it is done, or dropped with a reason."""

    class Status(models.TextChoices):
        TO_DO = "to_do", pgettext_lazy("action", "to do")
        UNDER_WAY = "under_way", pgettext_lazy("action", "under way")
        DONE = "done", pgettext_lazy("action", "done")
        DROPPED = "dropped", pgettext_lazy("action", "dropped")

    LIVE = ("to_do", "under_way")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="actions", verbose_name=_("company"))
    # Of which it was planned; the company's withdrawal takes both.
    result = models.ForeignKey(
        Result, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("result")
    )
    question = models.CharField(_("question"), max_length=40, editable=False)
    dimension = models.CharField(_("dimension"), max_length=40, editable=False)
    target = models.JSONField(_("answer to reach"), default=dict, editable=False)
    effort = models.PositiveSmallIntegerField(_("effort"), default=1, editable=False)
    gain = models.DecimalField(_("gain"), max_digits=4, decimal_places=1, null=True, editable=False)
    title = models.CharField(_("title"), max_length=300)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="owned_actions", verbose_name=_("owner")
    )
    owner_name = models.CharField(
        _("or somebody else"), max_length=100, blank=True, help_text=_("Of somebody who has no account here.")
    )
    due = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.TO_DO)
    reason = models.CharField(
        _("why it is dropped"), max_length=300, blank=True, help_text=_("Asked for where an action is dropped.")
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("planned on"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("done on"), null=True, editable=False)
    reminded = models.CharField(_("reminded of"), max_length=60, blank=True, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["company", "created_at", "pk"]
        constraints = [
            # A company has one living plan: a question is planned once at a time.
            models.UniqueConstraint(
                fields=["company", "question"],
                condition=Q(status__in=["to_do", "under_way"]),
                name="action_one_live_per_question",
                violation_error_message=_("Another action for this question is in the plan already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_do", "under_way", "done", "dropped"]), name="action_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="action_title_given",
                violation_error_message=_("Say what is to be done."),
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(owner_name=""),
                name="action_one_owner",
                violation_error_message=_("Choose a member or write a name, not both."),
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""),
                name="action_dropped_with_reason",
                violation_error_message=_("Say why it is dropped."),
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False) | ~Q(status="done") & Q(done_at=None),
                name="action_done_with_date",
            ),
        ]
        indexes = [models.Index(fields=["owner", "due"], name="action_by_owner")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("company_action", args=[self.company_id, self.pk])

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def owned_by(self) -> str:
        """Empty where nobody owns it."""
        return self.owner_name or (str(self.owner) if self.owner_id else "")


class ActionChange(models.Model):
    """One value of an action that somebody changed. An owner who is a member stands in it as a key, not a name."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="changes", verbose_name=_("action"))
    field = models.CharField(_("field"), max_length=20)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    at = models.DateTimeField(_("on"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("change of an action")
        verbose_name_plural = _("changes of actions")
        ordering = ["action", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"


class Target(models.Model):
    """What a company aims at in a dimension, where that isn't what the questionnaire proposes to its like."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="targets", verbose_name=_("company"))
    dimension = models.CharField(_("dimension"), max_length=40)
    score = models.PositiveSmallIntegerField(_("score"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["company", "dimension"]
        constraints = [
            # A company aims at one score in a dimension.
            models.UniqueConstraint(fields=["company", "dimension"], name="target_once_a_dimension"),
            models.CheckConstraint(condition=Q(score__lte=100), name="target_at_most_100"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.score}"


class CalendarKey(models.Model):
    """A member’s private address of a company’s dates, for a calendar program; the token is shown once."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="calendar_key", verbose_name=_("member"))
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.membership)


class Reminding(models.Model):
    """Which e-mails about the plan a member asked for, and when the last digest was written."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="reminding", verbose_name=_("member"))
    reminders = models.BooleanField(_("A reminder a week before an action of mine is due"), default=False)
    digest = models.BooleanField(_("The plan’s open actions every week"), default=False)
    digest_on = models.DateField(_("last digest"), null=True, editable=False)

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.membership)

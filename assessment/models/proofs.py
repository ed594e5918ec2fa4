"""What stands outside about a result: links that open it for a while, and that what was signed no longer counts."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.people import User, Visitor
from assessment.models.results import Result
from assessment.models.team import hash_of


class Withdrawal(models.Model):
    """A signed result that its company takes back. Stays when the company is erased, and says nothing of it."""

    class Reason(models.TextChoices):
        COMPANY = "company", _("withdrawn by the company")
        ERASED = "erased", _("the company’s data were erased")

    proof_id = models.UUIDField(_("name in signed files"), primary_key=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    at = models.DateTimeField(_("withdrawn on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("withdrawal of a signed result")
        verbose_name_plural = _("withdrawals of signed results")
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return str(self.proof_id)


class ResultLinkQuerySet(models.QuerySet["ResultLink"]):
    def visible_to(self, user: Visitor) -> Self:
        # Its managers see who was given one; whoever has the token opens it without being seen as anybody
        return self.filter(result__in=Result.objects.managed_by(user))

    def opened_by(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token), revoked_at=None)


class ResultLink(models.Model):
    """An address that shows one result, to read, to whoever has it: a board, a bank, a customer."""

    MOST_DAYS = 90

    result = models.ForeignKey(Result, models.CASCADE, related_name="links", verbose_name=_("result"))
    whom = models.CharField(_("for whom"), max_length=100)
    with_answers = models.BooleanField(_("with the answers"), default=False)
    days = models.PositiveSmallIntegerField(_("days that it opens"))
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    revoked_at = models.DateTimeField(_("revoked on"), null=True, editable=False)
    openings = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    opened_at = models.DateTimeField(_("last opened on"), null=True, editable=False)

    objects = ResultLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a result")
        verbose_name_plural = _("links to results")
        ordering = ["-made_at", "-pk"]
        constraints = [
            # A link ends by itself, within three months.
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=90), name="resultlink_ends_within_ninety_days"),
            # Whoever made it knows later whom it was for.
            models.CheckConstraint(condition=~Q(whom=""), name="resultlink_says_for_whom"),
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def ends_at(self) -> datetime:
        return self.made_at + timedelta(days=self.days)

    def opens(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.ends_at

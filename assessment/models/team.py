"""Answering together: who is invited, who is asked for what, and where each person is."""

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.answers import Assessment
from assessment.models.people import Company, Membership, User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime | None = None) -> Self:
        """Those that can still be accepted."""
        return self.waiting().filter(expires_at__gt=at or timezone.now())

    def waiting(self) -> Self:
        """Neither accepted nor withdrawn; some of them may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))


def hash_of(token: str) -> str:
    """Plain SHA-256: a token of 32 random bytes needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A company's invitation of one person, by e-mail. Its token is sent once and only its hash is stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="invitations", verbose_name=_("company"))
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role.choices)
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited on"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires on"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("accepted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, editable=False)
    # Whose address this was, until they changed it: erasing them erases it.
    formerly_of = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("formerly the address of")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "pk"]
        constraints = [
            # Inviting a person again replaces the first invitation: two tokens would be two doors.
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_waiting_per_address",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["manager", "contributor", "reader"]), name="invitation_role_known"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_after_it_is_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.company}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self) -> Self:
        """Of people who may still answer: a role may have been lowered since, or a membership ended."""
        return self.filter(
            user__memberships__company=F("assessment__company"), user__memberships__role__in=Membership.WRITERS
        )


class Assignment(models.Model):
    """A dimension that one member is asked to answer; everybody who may answer still may."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="assignments", db_index=False, verbose_name=_("assessment")
    )
    dimension = models.CharField(_("dimension"), max_length=40)
    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name=_("user"))
    assigned_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("assigned by")
    )
    assigned_at = models.DateTimeField(_("assigned on"), default=timezone.now, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["assessment", "dimension", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "dimension", "user"], name="assignment_once_per_dimension"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.user}"


class PlaceQuerySet(models.QuerySet["Place"]):
    def here_now(self, at: datetime | None = None) -> Self:
        return self.filter(seen_at__gt=(at or timezone.now()) - timedelta(seconds=60))


class Place(models.Model):
    """Where a person is, or was last, in an assessment: what resuming and "also here now" read."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="places", db_index=False, verbose_name=_("assessment")
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="places", verbose_name=_("user"))
    dimension = models.CharField(_("dimension"), max_length=40)
    question = models.CharField(_("question"), max_length=40, blank=True)
    seen_at = models.DateTimeField(_("seen on"), default=timezone.now)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["assessment", "user"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "user"], name="place_one_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.question or self.dimension}"

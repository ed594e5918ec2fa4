"""Results: append-only, one a submission, with everything needed to compute them again."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from assessment.models.answers import Assessment
from assessment.models.people import Company, Membership, User, Visitor
from assessment.models.profile import Region, Size, SubSector
from assessment.models.questionnaire import Version


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: Visitor) -> Self:
        # Results of the user's companies; staff read them in the admin, by their own permission.
        return self.filter(company__memberships__user_id=user.pk) if user.is_authenticated else self.none()

    def managed_by(self, user: Visitor) -> Self:
        mine = {"company__memberships__user_id": user.pk, "company__memberships__role": Membership.Role.MANAGER}
        return self.filter(**mine) if user.is_authenticated else self.none()

    def before(self, result: "Result") -> Self:
        """Of the same company, the newest first."""
        earlier = Q(submitted_at__lt=result.submitted_at) | Q(submitted_at=result.submitted_at, pk__lt=result.pk)
        return self.filter(earlier, company=result.company_id)

    def light(self) -> Self:
        """Without what takes most room and lists don't read."""
        return self.defer("answers", "trace", "summary", "profile")


def summary_of(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scores by code, the dimensions' levels, the coverage and what holds the overall level back."""
    dimensions = trace["dimensions"]
    capabilities = [capability for dimension in dimensions for capability in dimension["capabilities"]]
    return {
        "level_by_score": trace["overall"]["level_by_score"],
        "held_back_by": trace["overall"]["held_back_by"],
        "coverage": trace["coverage"],
        "dimensions": {dimension["code"]: dimension["score"] for dimension in dimensions},
        "levels": {dimension["code"]: dimension["level"] for dimension in dimensions},
        "capabilities": {capability["code"]: capability["score"] for capability in capabilities},
    }


class Result(models.Model):
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="results", db_index=False, verbose_name=_("assessment")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="results", db_index=False, verbose_name=_("company")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="results", db_index=False, verbose_name=_("version")
    )
    checksum = models.CharField(_("checksum of the version"), max_length=71)
    engine = models.PositiveSmallIntegerField(_("engine"))
    profile = models.JSONField(_("profile"))
    sub_sector = models.CharField(_("sub-sector"), max_length=20, choices=SubSector.choices)
    size = models.CharField(_("size"), max_length=20, choices=Size.choices)
    region = models.CharField(_("region"), max_length=6, choices=Region.choices)
    answers = models.JSONField(_("answers"), help_text=_("As they were, in the form of the answers file."))
    answers_sha256 = models.CharField(_("fingerprint of the answers"), max_length=71)
    trace = models.JSONField(_("trace"), help_text=_("What the engine gave: every node and every question."))
    # Read by lists and exports: ten times smaller than the trace it is taken from, and on the row itself.
    summary = models.JSONField(_("summary"), help_text=_("The trace without its questions."))
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1, null=True)
    low = models.DecimalField(_("at least"), max_digits=4, decimal_places=1, null=True)
    high = models.DecimalField(_("at most"), max_digits=4, decimal_places=1, null=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True)
    submitted_at = models.DateTimeField(_("submitted on"))
    submitted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("submitted by")
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-submitted_at", "-pk"]
        permissions = [("export_result", _("Can export results"))]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="result_number_unique"),
            models.CheckConstraint(
                condition=Q(low=None, high=None) | Q(low__gte=0, low__lte=models.F("high"), high__lte=100),
                name="result_interval_in_order",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=models.F("low"), score__lte=models.F("high")),
                name="result_score_in_interval",
            ),
        ]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="result_newest"),
            # Each serves a filter and an order; migrations add PostgreSQL’s own, with what is empty last.
            *(
                models.Index(fields=[column, "-submitted_at", "-id"], name=f"result_by_{column}")
                for column in ["sub_sector", "size", "region", "version", "level", "score"]
            ),
            # Each two of a profile's columns, and all three, begin one of these.
            *(
                models.Index(fields=[*columns, "-submitted_at", "-id"], name=f"result_by_{columns[0]}_and")
                for columns in [["sub_sector", "size", "region"], ["size", "region"], ["region", "sub_sector"]]
            ),
            models.Index(fields=["company", "-submitted_at"], name="result_of_company"),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {date_format(localtime(self.submitted_at))}"

    def get_absolute_url(self) -> str:
        return reverse("result", args=[self.assessment_id, self.number])

    @property
    def proof_id(self) -> UUID:
        """What names it in signed files: always the same, and nothing can be found by it."""
        return uuid5(self.assessment_id, f"result {self.number}")


class NodeScore(models.Model):
    """The score of one dimension or capability of a result: what lists, exports and benchmarks read."""

    class Kind(models.TextChoices):
        DIMENSION = "dimension", _("dimension")
        CAPABILITY = "capability", _("capability")

    result = models.ForeignKey(
        Result, models.CASCADE, related_name="node_scores", db_index=False, verbose_name=_("result")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=40)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1, null=True)
    low = models.DecimalField(_("at least"), max_digits=4, decimal_places=1, null=True)
    high = models.DecimalField(_("at most"), max_digits=4, decimal_places=1, null=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True)

    class Meta:
        verbose_name = _("score of a node")
        verbose_name_plural = _("scores of nodes")
        ordering = ["result", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["result", "kind", "code"], name="nodescore_once_per_result"),
        ]
        indexes = [models.Index(fields=["kind", "code", "score", "result"], name="nodescore_by_score")]

    def __str__(self) -> str:
        return f"{self.code} {self.score}"

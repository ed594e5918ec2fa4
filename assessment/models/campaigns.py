"""A campaign: a version of the questionnaire put to the sector between two dates."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.questionnaire import Version


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open(self, at: datetime | None = None) -> Self:
        today = timezone.localdate(at)
        return self.filter(opens_on__lte=today, closes_on__gte=today, version__status=Version.Status.PUBLISHED)


class Campaign(models.Model):
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="campaigns", verbose_name=_("version"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="campaign_opens_before_it_closes",
                violation_error_message=_("A campaign opens before it closes."),
            ),
            # Results, filters and exports name a campaign by its title.
            *[
                models.UniqueConstraint(
                    Lower(title),
                    condition=~Q(**{title: ""}),
                    name=f"campaign_{title}_once",
                    violation_error_message=_("Another campaign has this title."),
                )
                for title in ["title_fr", "title_en"]
            ],
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.pk])

    def clean(self) -> None:
        """What was begun under one version is not another's."""
        stored = type(self).objects.filter(pk=self.pk).first()
        if stored and stored.version_id != self.version_id and self.assessments.exists():
            raise ValidationError({"version": _("Assessments were begun with the other version: it stays.")})

    def is_open(self, at: datetime | None = None) -> bool:
        """Nothing new begins with a version that was retired meanwhile."""
        return self.is_time(at) and self.version.status == Version.Status.PUBLISHED

    def is_time(self, at: datetime | None = None) -> bool:
        return self.opens_on <= timezone.localdate(at) <= self.closes_on

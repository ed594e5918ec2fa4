"""Reminders of assessments that were written, so that none is written twice."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.answers import Assessment


class Nudge(models.Model):
    class Kind(models.IntegerChoices):
        UNFINISHED = 1, _("left for a week")
        AGAIN = 2, _("a year ago")

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="nudges", db_index=False, verbose_name=_("assessment")
    )
    kind = models.PositiveSmallIntegerField(_("kind"), choices=Kind.choices)
    # Of the result that is a year old; 0 where it is about no result.
    number = models.PositiveIntegerField(_("number"), default=0)
    at = models.DateTimeField(_("on"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder that was written")
        verbose_name_plural = _("reminders that were written")
        ordering = ["pk"]
        constraints = [
            # Once is a service, twice is a nuisance.
            models.UniqueConstraint(fields=["assessment", "kind", "number"], name="nudge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.get_kind_display()}"

"""Which staff read which companies' results, and why: the companies see it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.people import User
from assessment.models.results import Result


class StaffAccessQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accesses to results of the user's companies, each once; staff read the log in the admin."""
        return self.filter(
            pk__in=self.model.results.through.objects.filter(result__in=Result.objects.visible_to(user)).values(
                "staffaccess"
            )
        )


class StaffAccess(models.Model):
    """One act by which staff saw results under their companies' names: one opened, or many exported."""

    class Kind(models.TextChoices):
        VIEW = "view", _("result opened")
        EXPORT = "export", _("scores exported")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("on"), default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    format = models.CharField(_("format"), max_length=20, blank=True)
    filters = models.JSONField(_("filters"), default=dict, blank=True, help_text=_("What the list was narrowed to."))
    results = models.ManyToManyField(Result, related_name="accesses", verbose_name=_("results"))

    objects = StaffAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access by staff")
        verbose_name_plural = _("accesses by staff")
        ordering = ["-at", "-pk"]
        constraints = [
            # Opening a result is a reviewer's work; taking many away has to be answered for.
            models.CheckConstraint(
                condition=Q(kind="view") | (Q(kind="export") & ~Q(reason="")), name="staffaccess_export_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.at:%Y-%m-%d %H:%M}"

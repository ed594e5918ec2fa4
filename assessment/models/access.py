"""Which staff read which companies' results, and why: the companies see it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.people import User
from assessment.models.results import Result


class StaffAccessQuerySet(models.QuerySet):
    def to_results_of(self, company):
        """Accesses to results of the company, each once; staff read the whole log in the admin."""
        accessed = AccessedResult.objects.filter(result__company=company)
        return self.filter(pk__in=accessed.values("access"))


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
    results = models.ManyToManyField(
        Result, through="AccessedResult", related_name="accesses", verbose_name=_("results")
    )

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


class AccessedResult(models.Model):
    """One result of one access.

    An export writes thousands at once, beside their access and out of stored results, which nothing but an erasure
    deletes, these included: having the database check each key again would take as long as the export itself.
    """

    pk = models.CompositePrimaryKey("access_id", "result_id")
    access = models.ForeignKey(StaffAccess, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    result = models.ForeignKey(Result, models.CASCADE, related_name="+", db_constraint=False)

    class Meta:
        verbose_name = _("result read by staff")
        verbose_name_plural = _("results read by staff")

    def __str__(self):
        return f"{self.access_id}: {self.result_id}"

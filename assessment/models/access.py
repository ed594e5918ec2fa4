"""Staff readings and changes of named companies, with their reasons: the companies see them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessment.models.people import Company, Membership, User
from assessment.models.results import Result


class StaffAccessQuerySet(models.QuerySet):
    def concerning(self, company):
        """What staff read or changed of the company, each once; staff read the whole log in the admin."""
        results = AccessedResult.objects.filter(result__company=company)
        companies = AccessedCompany.objects.filter(company=company)
        return self.filter(Q(pk__in=results.values("access")) | Q(pk__in=companies.values("access")))


class StaffAccess(models.Model):
    """One act by which staff saw or changed something under companies' names: a page opened, a list, an export."""

    class Kind(models.TextChoices):
        VIEW = "view", _("result opened")
        FIGURES = "figures", _("scores listed")
        EXPORT = "export", _("scores exported")
        USE_CASE = "use_case", _("use case opened")
        USE_CASES = "use_cases", _("use cases listed")
        INTEREST = "interest", _("request for contact opened")
        INTERESTS = "interests", _("requests for contact listed")
        REOPENING = "reopening", _("request for reopening opened")
        REOPENINGS = "reopenings", _("requests for reopening listed")
        COMPANY = "company", _("profile and members opened")
        PERSON = "person", _("account of a member opened")
        MEMBERS = "members", _("members changed by staff")
        COLLEAGUE = "colleague", _("members changed by a member who is staff too")
        FACTOR = "factor", _("second factor removed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("on"), default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by"))
    person = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("person concerned")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    format = models.CharField(_("format"), max_length=20, blank=True)
    filters = models.JSONField(_("filters"), default=dict, blank=True, help_text=_("What the list was narrowed to."))
    results = models.ManyToManyField(
        Result, through="AccessedResult", related_name="accesses", verbose_name=_("results")
    )
    companies = models.ManyToManyField(
        Company, through="AccessedCompany", related_name="accesses", verbose_name=_("companies")
    )

    objects = StaffAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access by staff")
        verbose_name_plural = _("accesses by staff")
        ordering = ["-at", "-pk"]
        constraints = [
            # Opening one row is a reviewer's work; figures of many, and who is let in or how, have to be answered for.
            models.CheckConstraint(
                condition=~Q(kind__in=["export", "figures", "members", "factor"]) | ~Q(reason=""),
                name="staffaccess_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {date_format(timezone.localtime(self.at), 'SHORT_DATETIME_FORMAT')}"


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


class AccessedCompany(models.Model):
    """One company of an access to something else than results, which name theirs."""

    pk = models.CompositePrimaryKey("access_id", "company_id")
    access = models.ForeignKey(StaffAccess, models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("company read by staff")
        verbose_name_plural = _("companies read by staff")

    def __str__(self):
        return f"{self.access_id}: {self.company_id}"


class MemberChange(models.Model):
    """One person who was let into a company, out of it, or given another role there, with the access that did it."""

    access = models.ForeignKey(
        StaffAccess, models.CASCADE, related_name="member_changes", verbose_name=_("access by staff")
    )
    user = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("user"))
    before = models.CharField(_("role before"), max_length=20, choices=Membership.Role.choices, blank=True)
    after = models.CharField(_("role after"), max_length=20, choices=Membership.Role.choices, blank=True)

    class Meta:
        verbose_name = _("change of members")
        verbose_name_plural = _("changes of members")
        ordering = ["access", "pk"]
        constraints = [
            # Empty is no member: nobody becomes what they were.
            models.CheckConstraint(condition=~Q(before=F("after")), name="memberchange_changes_something"),
        ]

    def __str__(self):
        return f"{self.user}: {self.before} → {self.after}"

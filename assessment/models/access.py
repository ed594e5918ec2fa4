"""Staff readings and changes of named companies, with their reasons: the companies see them."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.db.models.lookups import Exact, GreaterThan, IsNull
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessment.models.people import Company, Membership, User
from assessment.models.results import Result

# Columns of a result that never change, and so tell for good whether an export took it.
BY_CODE = {
    "versions": "version_id",
    "campaigns": "assessment__campaign_id",
    "levels": "level",
    "sub_sectors": "sub_sector",
    "sizes": "size",
    "regions": "region",
}


def listed(codes: Iterable[object]) -> str:
    """Return " a b ", in which " a " is found and " b" of another code is not."""
    return f" {' '.join(map(str, codes))} "


class StaffAccessQuerySet(models.QuerySet["StaffAccess"]):
    def concerning(self, company: Company | UUID | None) -> Self:
        """What staff read or changed of the company, each once; staff read the whole log in the admin."""
        results = AccessedResult.objects.filter(result__company=company)
        companies = AccessedCompany.objects.filter(company=company)
        exports = Export.objects.that_took(Result.objects.filter(company=company))
        keys = [rows.order_by().values("access") for rows in [results, companies, exports]]
        return self.filter(pk__in=keys[0].union(*keys[1:], all=True))


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
        indexes = [
            models.Index(fields=["-at", "-id"], name="staffaccess_newest"),
            models.Index(fields=["kind", "-at", "-id"], name="staffaccess_by_kind"),
        ]
        constraints = [
            # Opening one row is a reviewer's work; figures of many, and who is let in or how, have to be answered for.
            models.CheckConstraint(
                condition=~Q(kind__in=["export", "figures", "members", "factor"]) | ~Q(reason=""),
                name="staffaccess_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {date_format(timezone.localtime(self.at), 'SHORT_DATETIME_FORMAT')}"


class ExportQuerySet(models.QuerySet["Export"]):
    def that_took(self, results: QuerySet[Result]) -> Self:
        """Exports whose bounds hold any of the results; for each of them only these results are looked at."""
        return self.filter(
            Exists(
                results.filter(
                    *(holds(name, path) for name, path in BY_CODE.items()),
                    Q(IsNull(OuterRef("since"), True)) | Q(submitted_at__gte=OuterRef("since")),
                    Q(IsNull(OuterRef("until"), True)) | Q(submitted_at__lt=OuterRef("until")),
                    pk__lte=OuterRef("highest"),
                )
            )
        )


def holds(bounds: str, path: str) -> Q:
    code = Concat(Value(" "), Cast(path, models.TextField()), Value(" "), output_field=models.TextField())
    return Q(Exact(OuterRef(bounds), Value(""))) | Q(GreaterThan(StrIndex(OuterRef(bounds), code), Value(0)))


class Export(models.Model):
    """Beside its access, once for any number of results: those with a key up to ``highest``, within the bounds.

    Without ``highest`` each result is named instead (AccessedResult): few, chosen by what may change later, such as a
    company's name. What was sent is known once the last piece was; until then, or where it broke off, it is not.
    """

    access = models.OneToOneField(StaffAccess, models.CASCADE, primary_key=True, related_name="export")
    highest = models.BigIntegerField(null=True)
    versions = models.TextField(blank=True, default="")
    campaigns = models.TextField(blank=True, default="")
    levels = models.TextField(blank=True, default="")
    sub_sectors = models.TextField(blank=True, default="")
    sizes = models.TextField(blank=True, default="")
    regions = models.TextField(blank=True, default="")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    rows = models.BigIntegerField(_("rows sent"), null=True, editable=False)
    size = models.BigIntegerField(_("bytes sent"), null=True, editable=False)
    sha256 = models.CharField(_("checksum of the file"), max_length=64, blank=True, editable=False)
    ended_at = models.DateTimeField(_("sent whole on"), null=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-access"]
        constraints = [
            # A file is whole, and then everything of it is known; or nothing is.
            models.CheckConstraint(
                condition=Q(rows=None, size=None, sha256="", ended_at=None)
                | (Q(rows__gte=0, size__gte=0, ended_at__isnull=False) & ~Q(sha256="")),
                name="export_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(highest__isnull=False) | Q(**dict.fromkeys(BY_CODE, ""), since=None, until=None),
                name="export_bounds_with_last_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.access)

    def results(self) -> QuerySet[Result]:
        """Those within the bounds, as far as they are still stored."""
        codes = {f"{path}__in": getattr(self, name).split() for name, path in BY_CODE.items() if getattr(self, name)}
        period = {"submitted_at__gte": self.since, "submitted_at__lt": self.until}
        set_ones = {lookup: moment for lookup, moment in period.items() if moment}
        return Result.objects.filter(pk__lte=self.highest, **codes, **set_ones)


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

    def __str__(self) -> str:
        return f"{self.access_id}: {self.result_id}"


class AccessedCompany(models.Model):
    """One company of an access to something else than results, which name theirs."""

    pk = models.CompositePrimaryKey("access_id", "company_id")
    access = models.ForeignKey(StaffAccess, models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("company read by staff")
        verbose_name_plural = _("companies read by staff")

    def __str__(self) -> str:
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

    def __str__(self) -> str:
        return f"{self.user}: {self.before} → {self.after}"

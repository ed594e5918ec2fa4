"""Publications of use cases, their views, bookmarks and requests for contact."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessment.models.people import Company, Membership, User, Visitor
from assessment.models.results import Result
from assessment.models.usecases import Consent, UseCase


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible(self) -> Self:
        # The one door for visitors: consented to, as it stands, by a company; or a fact of the contract.
        consented = Q(
            consent__use_case_id=F("use_case_id"),
            consent__ended_at=None,
            consent__sha256=F("sha256"),
            use_case__status=UseCase.Status.PUBLISHED,
        )
        return self.filter(consented | Q(consent=None, use_case__contract_use_case__isnull=False))


class Publication(models.Model):
    """A copy of exactly what was consented to: pages, search, feed and matching read this and nothing else.

    It exists while the use case is public. Whoever changes the use case by another way than the actions changes
    nothing here.
    """

    use_case = models.OneToOneField(
        UseCase, models.CASCADE, primary_key=True, related_name="publication", verbose_name=_("use case")
    )
    consent = models.OneToOneField(
        Consent, models.CASCADE, null=True, related_name="publication", verbose_name=_("consent")
    )
    of_contract = models.BooleanField(_("use case of the contract"), default=False)
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("fingerprint of the content"), max_length=71)
    # Each language's, or the other's where it is missing: lists sort by it.
    title_fr = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    search_fr = models.TextField(blank=True)
    search_en = models.TextField(blank=True)
    stems = models.TextField(blank=True)
    # What visitors narrow the showcase by, as " kind:value kind:value ": thousands are read and counted at once.
    codes = models.TextField(blank=True)
    published_at = models.DateTimeField(_("published on"), default=timezone.now)
    labelled = models.BooleanField(_("selected by the sector’s committee"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the front row"), default=9999)
    views = models.PositiveIntegerField(_("views"), default=0)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["position", "-labelled", "-published_at", "pk"]
        constraints = [
            # Public rests on a consent, or on the contract's own sources.
            models.CheckConstraint(
                condition=Q(consent__isnull=False, of_contract=False) | Q(consent=None, of_contract=True),
                name="publication_has_consent_or_source",
            ),
        ]
        indexes = [
            models.Index(fields=["position", "-labelled", "-published_at", "use_case"], name="publication_front"),
            models.Index(fields=["-published_at", "use_case"], name="publication_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("use_case", args=[self.pk])

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fr

    @property
    def text(self) -> dict[str, str]:
        # The texts in the reader's language, in the other where there is none.
        return self.content["texts"].get(self.language, {})

    @property
    def language(self) -> str:
        written = self.content["texts"]
        wanted = "en" if get_language() == "en" else "fr"
        return wanted if wanted in written else next(iter(written), wanted)


class ViewCount(models.Model):
    """How often a case was read on a day: a number, nothing of who read it."""

    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="view_counts", db_index=False)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views by day")
        ordering = ["use_case", "day"]
        constraints = [models.UniqueConstraint(fields=["use_case", "day"], name="viewcount_once_per_day")]

    def __str__(self) -> str:
        return f"{date_format(self.day)}: {self.count}"


class OfCompanyQuerySet(models.QuerySet):
    def visible_to(self, user: Visitor) -> Self:
        return self.filter(company__memberships__user_id=user.pk) if user.is_authenticated else self.none()

    def editable_by(self, user: User) -> Self:
        """One condition on one membership: asked one after the other, the second could be met by a colleague's."""
        return self.filter(company__memberships__user_id=user.pk, company__memberships__role__in=Membership.WRITERS)


class Bookmark(models.Model):
    """A company keeps a case in mind, or says that it does the same."""

    use_case = models.ForeignKey(
        UseCase, models.CASCADE, related_name="bookmarks", db_index=False, verbose_name=_("use case")
    )
    company = models.ForeignKey(Company, models.CASCADE, related_name="bookmarks", verbose_name=_("company"))
    doing_since = models.DateField(_("doing it since"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    # The result it was found on: what the next one is compared with.
    result = models.ForeignKey(Result, models.SET_NULL, null=True, editable=False, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("on"), default=timezone.now, editable=False)

    objects = OfCompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["use_case", "company"], name="bookmark_once_per_company")]

    def __str__(self) -> str:
        return f"{self.company} – {self.use_case}"


class Interest(models.Model):
    """ "We want to do this": one company asks to be put in contact with another, through the committee."""

    class State(models.TextChoices):
        SENT = "sent", _("sent to the committee")
        PASSED_ON = "passed_on", _("passed on to the company")
        IN_CONTACT = "in_contact", _("in contact")
        DECLINED = "declined", _("not possible")

    use_case = models.ForeignKey(
        UseCase, models.CASCADE, related_name="interests", db_index=False, verbose_name=_("use case")
    )
    company = models.ForeignKey(Company, models.CASCADE, related_name="interests", verbose_name=_("company asking"))
    message = models.TextField(_("message"), max_length=2000)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.SENT)
    answer = models.TextField(_("answer of the committee"), max_length=2000, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("on"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed on"), default=timezone.now, editable=False)

    objects = OfCompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for contact")
        verbose_name_plural = _("requests for contact")
        ordering = ["-at", "-pk"]
        constraints = [
            # One request a company and case: what follows is said in its answer.
            models.UniqueConstraint(fields=["use_case", "company"], name="interest_once_per_company"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "passed_on", "in_contact", "declined"]), name="interest_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {self.use_case}"

"""Use cases: written by a company, consented to word for word, reviewed by staff."""

import uuid
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.models.people import Company, Membership, User, Visitor
from assessment.models.profile import Size
from assessment.models.results import Result
from contract.models import Project, ProjectUseCase
from language.texts import Text

if TYPE_CHECKING:
    from assessment.models.showcase import Publication


class Technology(models.TextChoices):
    CLOUD = "cloud", _("Cloud")
    CYBERSECURITY = "cybersecurity", _("Cybersecurity")
    DATA = "data", _("Data")
    AI = "ai", _("Artificial intelligence")
    ROBOTICS = "robotics", _("Robotics")
    SIMULATION = "simulation", _("Simulation and digital twins")
    IOT = "iot", _("Internet of things")
    AUGMENTED_REALITY = "augmented_reality", _("Augmented reality")
    PLATFORMS = "platforms", _("Platforms")


class Regulation(models.TextChoices):
    MDR = "mdr", _("Medical devices (MDR)")
    IVDR = "ivdr", _("In vitro diagnostics (IVDR)")
    GLP = "glp", _("Good laboratory practice (GLP)")
    GCP = "gcp", _("Good clinical practice (GCP)")
    GMP = "gmp", _("Good manufacturing practice (GMP)")
    GDP = "gdp", _("Good distribution practice (GDP)")
    GDPR = "gdpr", _("Personal data (GDPR)")
    HDS = "hds", _("Hosting of health data (HDS)")
    AI_ACT = "ai_act", _("AI Act")
    NIS2 = "nis2", _("Cybersecurity (NIS2)")


class Investment(models.TextChoices):
    UNDER_10 = "under_10", _("Under €10,000")
    UNDER_50 = "under_50", _("€10,000 to €50,000")
    UNDER_250 = "under_250", _("€50,000 to €250,000")
    UNDER_1000 = "under_1000", _("€250,000 to €1 million")
    OVER_1000 = "over_1000", _("More than €1 million")


class TimeToEffect(models.TextChoices):
    WEEKS = "weeks", _("A few weeks")
    MONTHS_6 = "months_6", _("Within six months")
    YEAR = "year", _("Six months to a year")
    LONGER = "longer", _("More than a year")


class UseCaseQuerySet(models.QuerySet["UseCase"]):
    def visible_to(self, user: Visitor) -> Self:
        # Those of the user's companies; staff read them in the admin, visitors read what is published.
        return self.filter(company__memberships__user_id=user.pk) if user.is_authenticated else self.none()

    def editable_by(self, user: User) -> Self:
        writes = Q(company__memberships__user_id=user.pk, company__memberships__role__in=Membership.WRITERS)
        return self.filter(writes)

    def consentable_by(self, user: User) -> Self:
        # Only a manager may speak for the company.
        manages = Q(company__memberships__user_id=user.pk, company__memberships__role=Membership.Role.MANAGER)
        return self.filter(manages)


class UseCase(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted for review")
        RETURNED = "returned", _("returned to the company")
        PUBLISHED = "published", pgettext_lazy("use case", "published")
        UNPUBLISHED = "unpublished", _("no longer published")

    # In the order of the page; each has a column a language.
    TEXTS = ["title", "summary", "problem", "solution", "outcome", "difficulties", "advice"]
    NEEDED = ["title", "summary", "problem", "solution"]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="use_cases", verbose_name=_("company")
    )
    contract_use_case = models.OneToOneField(
        ProjectUseCase,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shown_as",
        verbose_name=_("use case of the contract"),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)

    title = models.CharField(_("title"), max_length=140, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    problem = models.TextField(_("the problem"), max_length=3000, blank=True)
    solution = models.TextField(_("what was done"), max_length=5000, blank=True)
    outcome = models.TextField(_("what it changed"), max_length=3000, blank=True)
    difficulties = models.TextField(_("difficulties met"), max_length=3000, blank=True)
    advice = models.TextField(_("advice to others"), max_length=3000, blank=True)
    figures = models.JSONField(_("figures"), default=list, blank=True)

    capabilities = models.JSONField(_("capabilities"), default=list, blank=True)
    sub_sectors = models.JSONField(_("sub-sectors"), default=list, blank=True)
    size = models.CharField(_("size"), max_length=20, choices=Size.choices, blank=True)
    technologies = models.JSONField(_("technologies"), default=list, blank=True)
    regulations = models.JSONField(_("regulatory setting"), default=list, blank=True)
    investment = models.CharField(_("investment"), max_length=20, choices=Investment.choices, blank=True)
    time_to_effect = models.CharField(_("time to effect"), max_length=20, choices=TimeToEffect.choices, blank=True)
    people = models.PositiveSmallIntegerField(_("people involved"), null=True, blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    project = models.ForeignKey(
        Project,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="company_use_cases",
        verbose_name=_("project of the contract"),
    )
    contactable = models.BooleanField(
        _("other companies may ask to be put in contact"),
        default=True,
        help_text=_("Through the sector’s committee; your e-mail address is never shown."),
    )

    result = models.ForeignKey(
        Result, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("result")
    )
    created_at = models.DateTimeField(_("created on"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("created by")
    )
    updated_at = models.DateTimeField(_("changed on"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted on"), null=True, editable=False)
    first_published_at = models.DateTimeField(_("first published on"), null=True, editable=False)
    labelled_at = models.DateTimeField(_("labelled on"), null=True, editable=False)
    label_reason = models.TextField(_("why it was selected"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in the front row"), null=True, blank=True, help_text=_("Empty: not in the front row.")
    )

    objects = UseCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use case")
        verbose_name_plural = _("use cases")
        ordering = ["-updated_at", "pk"]
        permissions = [("publish_usecase", _("Can publish use cases")), ("label_usecase", _("Can label use cases"))]
        constraints = [
            # A company's own story or a fact of the contract, never both.
            models.CheckConstraint(
                condition=Q(company__isnull=False, contract_use_case=None)
                | Q(company=None, contract_use_case__isnull=False),
                name="usecase_of_company_or_contract",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "returned", "published", "unpublished"]),
                name="usecase_status_known",
            ),
            # A label is shown with its reason, or it is no more than an opinion.
            models.CheckConstraint(
                condition=Q(labelled_at=None) | ~Q(label_reason=""), name="usecase_label_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["status", "submitted_at"], name="usecase_queue")]

    def __str__(self) -> str:
        return self.title or str(_("Untitled use case"))

    def get_absolute_url(self) -> str:
        return reverse("use_case", args=[self.pk])

    @property
    def public(self) -> "Publication | None":
        """What everybody may read of it, None while that is nothing: others are told no word besides."""
        return getattr(self, "publication", None)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def awaits_company(self) -> bool:
        return self.status in {self.Status.DRAFT, self.Status.RETURNED, self.Status.UNPUBLISHED}


def picture_name(picture: "Picture", filename: str) -> str:
    # Nothing of the name that was sent.
    return f"use-cases/{uuid.uuid4().hex}.webp"


class Picture(models.Model):
    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        LOGO = "logo", _("logo")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="pictures", verbose_name=_("use case"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PICTURE)
    file = models.FileField(_("file"), upload_to=picture_name, max_length=120)
    sha256 = models.CharField(_("fingerprint"), max_length=71, editable=False)
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    alt = models.CharField(
        _("what the picture shows"), max_length=200, help_text=_("For those who can’t see it: required.")
    )
    added_at = models.DateTimeField(_("added on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["use_case", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["use_case"], condition=Q(kind="logo"), name="picture_one_logo"),
            models.CheckConstraint(condition=~Q(alt=""), name="picture_described"),
        ]

    def __str__(self) -> str:
        return self.alt


class Consent(models.Model):
    """The company's yes to one exact content: ``sha256`` is that of ``content``, which is all that is ever shown."""

    class Ended(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        EDITED = "edited", _("the text was changed")
        RETURNED = "returned", _("returned by the reviewers")

    SCOPE = ["company_name", "logo", "text", "figures", "score"]

    use_case = models.ForeignKey(
        UseCase, models.CASCADE, related_name="consents", db_index=False, verbose_name=_("use case")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    company_name = models.BooleanField(_("name of the company"), default=False)
    logo = models.BooleanField(_("logo"), default=False)
    text = models.BooleanField(_("text and pictures"), default=False)
    figures = models.BooleanField(_("figures"), default=False)
    score = models.BooleanField(_("scores of the capabilities"), default=False)
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("fingerprint of the content"), max_length=71)
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by"))
    ended_at = models.DateTimeField(_("ended on"), null=True)
    ended_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("ended by"))
    ended = models.CharField(_("why it ended"), max_length=20, choices=Ended.choices, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["use_case", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["use_case", "version"], name="consent_version_unique"),
            # At most one yes holds at a time.
            models.UniqueConstraint(
                fields=["use_case"], condition=Q(ended_at=None), name="consent_one_live_per_use_case"
            ),
            # Without its text, there is nothing to publish.
            models.CheckConstraint(condition=Q(text=True), name="consent_covers_the_text"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | Q(ended_at__gte=F("given_at")) & ~Q(ended=""),
                name="consent_end_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use_case_id} {self.version}"

    @property
    def covers(self) -> list[Text]:
        return [cast(Any, self._meta.get_field(name)).verbose_name for name in self.SCOPE if getattr(self, name)]


class UseCaseEvent(models.Model):
    """What happened to a use case, by whom, with the words said: the company and the reviewers read the same list."""

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        SUBMITTED = "submitted", _("submitted with the company’s consent")
        EDITED = "edited", _("changed: consent has to be given again")
        RETURNED = "returned", _("returned")
        COMMENTED = "commented", _("comment of the reviewers")
        PUBLISHED = "published", pgettext_lazy("use case", "published")
        UNPUBLISHED = "unpublished", _("taken down by the reviewers")
        WITHDRAWN = "withdrawn", _("consent withdrawn")
        LABELLED = "labelled", _("selected by the sector’s committee")
        UNLABELLED = "unlabelled", _("no longer selected")

    use_case = models.ForeignKey(UseCase, models.CASCADE, related_name="events", verbose_name=_("use case"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = models.TextField(_("words"), max_length=2000, blank=True)
    at = models.DateTimeField(_("on"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["use_case", "-at", "-pk"]
        indexes = [models.Index(fields=["kind", "at"], name="usecaseevent_by_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()

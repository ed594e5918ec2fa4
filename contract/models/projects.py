"""The contract's projects: what they are for, and what each text did to them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contract.models.records import Introduced, IntroducedQuerySet, RecordManager, Sourced
from contract.models.texts import Amendment
from language.expressions import Alphabetical


class ProjectQuerySet(IntroducedQuerySet):
    def new(self) -> Self:
        return self.filter(standing=Project.Standing.NEW)

    def continued(self) -> Self:
        return self.filter(standing=Project.Standing.CONTINUED)

    def extended(self) -> Self:
        return self.filter(standing=Project.Standing.EXTENDED)

    def with_details(self) -> Self:
        """Texts, sources, missions, use cases and carriers: four queries."""
        with_carriers = ProjectUseCase.objects.with_texts().prefetch_related("carriers")  # type: ignore[misc]  # of PartOfProject, the plugin believes
        return (
            self.with_texts()
            .select_related("standing_by")
            .prefetch_related(
                Prefetch("missions", Mission.objects.with_texts()),
                Prefetch("use_cases", with_carriers),
            )
        )


class Project(Introduced):
    class Kind(models.TextChoices):
        MAJOR = "major", _("major project")
        CROSS_CUTTING = "cross_cutting", _("cross-cutting action")
        STRUCTURING = "structuring", _("structuring project")

    class Standing(models.TextChoices):
        NEW = "new", _("new")
        CONTINUED = "continued", _("continued")
        EXTENDED = "extended", _("extended")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    standing = models.CharField(_("standing"), max_length=20, choices=Standing.choices, blank=True)
    standing_by = models.ForeignKey(
        Amendment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("standing given by"),
        help_text=_("The latest amendment that spoke of this project."),
    )

    objects = RecordManager.from_queryset(ProjectQuerySet)()  # type: ignore[misc, assignment]  # as in Introduced

    class Meta(Introduced.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        default_related_name = "projects"
        ordering = ["position", "pk"]
        constraints = [
            *Introduced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["", "major", "cross_cutting", "structuring"]), name="project_kind_known"
            ),
            # New by the amendment that brought it in; continued or extended by another one; or not spoken of yet.
            models.CheckConstraint(
                condition=Q(standing="", standing_by=None)
                | Q(standing="new", amendment__isnull=False, standing_by__isnull=False, standing_by=F("amendment"))
                | Q(standing__in=["continued", "extended"], standing_by__isnull=False)
                & (Q(amendment=None) | ~Q(standing_by=F("amendment"))),
                name="project_standing_by_text",
                violation_error_message=_(
                    "A project is new by the amendment that introduced it, continued or extended by a later one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contract:project", args=[self.code])

    @property
    def parts(self) -> "list[PartOfProject]":
        """Missions, then use cases; no query after ``with_details``."""
        return [*self.missions.all(), *self.use_cases.all()]

    @property
    def parts_of_the_contract(self) -> "list[PartOfProject]":
        return [part for part in self.parts if part.contract_id]

    @property
    def parts_of_amendments(self) -> "list[PartOfProject]":
        return [part for part in self.parts if part.amendment_id]


class PartOfProject(Introduced):
    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"))
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Introduced.Meta):
        abstract = True
        ordering = ["project", "position", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not self.project_id or not self.introduced_by:
            return
        if self.introduced_by.signed_on < self.project.introduced_by.signed_on:
            raise ValidationError({"contract": _("The project itself came with a later text.")})


class Mission(PartOfProject):
    class Kind(models.TextChoices):
        OBJECTIVE = "objective", _("objective")
        MISSION = "mission", _("mission")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, blank=True, help_text=_("Empty where the source uses no word.")
    )

    class Meta(PartOfProject.Meta):
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        default_related_name = "missions"
        constraints = [
            *PartOfProject.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=["", "objective", "mission"]), name="mission_kind_known"),
        ]


class Carrier(Sourced):
    """Who carries a technological use case; the sources do not say what kind of organisation it is."""

    name = models.CharField(_("name"), max_length=200)

    class Meta(Sourced.Meta):
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = [Alphabetical("name"), "pk"]

    def __str__(self) -> str:
        return self.name


class ProjectUseCase(PartOfProject):
    carriers = models.ManyToManyField(Carrier, blank=True, verbose_name=_("carriers"))

    class Meta(PartOfProject.Meta):
        verbose_name = _("use case of the contract")
        verbose_name_plural = _("use cases of the contract")
        default_related_name = "use_cases"

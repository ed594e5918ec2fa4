"""The questionnaire as rows: edited as a draft, published, then immutable (models here, triggers in the database)."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from assessment.models.immutability import Frozen, FrozenQuerySet, VersionIsFrozenError
from assessment.models.numbers import effort_field, number_field

validate_code = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\Z",
    _("Write a code: letters, digits, “.”, “-” and “_”, a letter or digit first, 40 characters at most."),
)


class Aggregation(models.TextChoices):
    MEAN = "mean", _("weighted mean")
    MINIMUM = "minimum", _("weakest child")


class Questionnaire(models.Model):
    code = models.CharField(_("code"), max_length=40, unique=True, validators=[validate_code])

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def save(self, **options: Any) -> None:
        # A published version is known by its questionnaire's code.
        if self.versions_renamed().exists():
            raise VersionIsFrozenError
        super().save(**options)

    def versions_renamed(self) -> "QuerySet[Version]":
        # Published versions that this row's code, not yet saved, would rename.
        return Version.objects.frozen().filter(questionnaire_id=self.pk).exclude(questionnaire__code=self.code)


class VersionQuerySet(FrozenQuerySet["Version"]):
    def published(self) -> Self:
        return self.filter(status=Version.Status.PUBLISHED)

    def current(self) -> Self:
        # The newest published version first; new assessments start on the first.
        return self.published().order_by("-published_at", "-pk")


class Version(Frozen):
    VERSION = ""
    PARENT = "questionnaire"

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    class UnknownPolicy(models.TextChoices):
        ZERO = "zero", _("counts 0")
        EXCLUDE = "exclude", _("is left out")

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name=_("questionnaire")
    )
    number = models.CharField(_("version"), max_length=40, validators=[validate_code])
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(_("title"), max_length=300)
    introduction = models.TextField(_("introduction"), blank=True)
    format = models.PositiveSmallIntegerField(
        _("format"), default=1, choices=[(1, "1"), (2, "2")], help_text=_("2 with efforts, obligations or targets.")
    )
    languages = models.JSONField(_("languages"), default=list)
    unknown_policy = models.CharField(
        _("“I don’t know”"), max_length=10, choices=UnknownPolicy.choices, default=UnknownPolicy.ZERO
    )
    aggregation = models.CharField(
        _("aggregation of the dimensions"), max_length=10, choices=Aggregation.choices, default=Aggregation.MEAN
    )
    profile = models.JSONField(
        _("profile"), null=True, blank=True, help_text=_("What conditions may refer to: values by key.")
    )
    frames = models.JSONField(
        _("frames"), default=list, blank=True, help_text=_("Other models this one can be read in, never scored by.")
    )
    targets = models.JSONField(
        _("targets"), default=list, blank=True, help_text=_("Scores to aim at: the first whose condition holds.")
    )
    checksum = models.CharField(_("checksum"), max_length=71, blank=True, editable=False)
    published_at = models.DateTimeField(_("published on"), null=True, editable=False)
    published_by = models.ForeignKey(
        "assessment.User", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("published by")
    )
    retired_at = models.DateTimeField(_("retired on"), null=True, editable=False)
    texts_revision = models.PositiveIntegerField(
        _("revision of the texts"), default=0, editable=False, help_text=_("Counts corrections since publication.")
    )

    objects = VersionQuerySet.as_manager()  # type: ignore[misc]  # the plugin makes it no ClassVar

    class Meta:
        verbose_name = _("version of the questionnaire")
        verbose_name_plural = _("versions of the questionnaire")
        ordering = ["questionnaire", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"],
                name="version_number_unique",
                violation_error_message=_("This questionnaire has a version of this number already."),
            ),
            # A published or retired version says when it was published and by which checksum it is known.
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None, checksum="")
                | (Q(status__in=["published", "retired"], published_at__isnull=False) & ~Q(checksum="")),
                name="version_published_at_and_checksum",
            ),
            models.CheckConstraint(
                condition=Q(status="retired", retired_at__isnull=False)
                | (~Q(status="retired") & Q(retired_at__isnull=True)),
                name="version_retired_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_code} {self.number}"

    @property
    def questionnaire_code(self) -> str:
        return self.questionnaire.code

    def save(self, **options: Any) -> None:
        if self._state.adding and not self.is_draft:
            raise VersionIsFrozenError
        super().save(**options)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def version(self) -> "Version":
        # Itself, so that every row of a version knows it by the same name.
        return self

    def correctable(self) -> set[str]:
        life = {"status", "retired_at"} if self.status == self.Status.RETIRED else set()
        return super().correctable() | {"texts_revision"} | life


class Level(Frozen):
    version = models.ForeignKey(Version, models.CASCADE, related_name="levels", verbose_name=_("version"))
    number = models.PositiveSmallIntegerField(_("number"))
    start = models.DecimalField(_("from"), max_digits=9, decimal_places=6)
    every_dimension_at_least = models.DecimalField(
        _("every dimension at least"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["version", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="level_number_unique",
                violation_error_message=_("Another level has this number."),
            ),
            models.UniqueConstraint(
                fields=["version", "start"],
                name="level_start_unique",
                violation_error_message=_("Another level starts there."),
            ),
            models.CheckConstraint(
                condition=Q(start__gte=0, start__lte=100),
                name="level_start_0_to_100",
                violation_error_message=_("A level starts between 0 and 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Node(Frozen):
    """What dimensions, capabilities and questions share: a code, a weight and a place among their siblings."""

    position = models.PositiveIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40, validators=[validate_code])

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class Dimension(Node):
    version = models.ForeignKey(Version, models.CASCADE, related_name="dimensions", verbose_name=_("version"))
    weight = models.PositiveIntegerField(_("weight"), default=1)
    aggregation = models.CharField(
        _("aggregation"), max_length=10, choices=Aggregation.choices, default=Aggregation.MEAN
    )
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        ordering = ["version", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="dimension_code_unique",
                violation_error_message=_("Another dimension has this code."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1),
                name="dimension_weight_at_least_1",
                violation_error_message=_("A dimension weighs at least 1."),
            ),
        ]


class Capability(Node):
    VERSION = "dimension__version__"
    PARENT = "dimension"

    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="capabilities", verbose_name=_("dimension"))
    weight = models.PositiveIntegerField(_("weight"), default=1)
    aggregation = models.CharField(
        _("aggregation"), max_length=10, choices=Aggregation.choices, default=Aggregation.MEAN
    )
    reads_as = models.JSONField(
        _("reads as"), default=dict, blank=True, help_text=_("Dimension of each frame that it counts towards.")
    )
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        ordering = ["dimension", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "code"],
                name="capability_code_unique",
                violation_error_message=_("Another capability of this dimension has this code."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1),
                name="capability_weight_at_least_1",
                violation_error_message=_("A capability weighs at least 1."),
            ),
        ]

    @property
    def version(self) -> Version:
        return self.dimension.version


class Question(Node):
    VERSION = "capability__dimension__version__"
    PARENT = "capability"

    class Kind(models.TextChoices):
        CHOICE = "choice", _("one choice")
        MULTIPLE = "multiple", _("several choices")
        NUMBER = "number", pgettext_lazy("kind of question", "number")
        TEXT = "text", _("text")

    capability = models.ForeignKey(Capability, models.CASCADE, related_name="questions", verbose_name=_("capability"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    weight = models.PositiveIntegerField(_("weight"), default=1)
    express = models.BooleanField(_("express"), default=False, help_text=_("Part of the short path."))
    required = models.BooleanField(_("required"), default=True)
    allow_not_applicable = models.BooleanField(_("“not applicable” allowed"), default=False)
    allow_unknown = models.BooleanField(_("“I don’t know” allowed"), default=True)
    text = models.TextField(_("text"))
    help = models.TextField(_("help"), blank=True)
    obligation = models.TextField(_("obligation"), blank=True, help_text=_("What a law asks here."))
    applies_when = models.JSONField(_("applies when"), null=True, blank=True)
    cap = models.PositiveIntegerField(_("cap"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    minimum = number_field(_("minimum"), null=True, blank=True)
    maximum = number_field(_("maximum"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["capability", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["capability", "code"],
                name="question_code_unique",
                violation_error_message=_("Another question of this capability has this code."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["choice", "multiple", "number", "text"]), name="question_kind_known"
            ),
            # Only a question that is never scored may be left out.
            models.CheckConstraint(
                condition=Q(required=True) | Q(kind="text") | Q(weight=0),
                name="question_optional_only_if_unscored",
                violation_error_message=_(
                    "Only a text or a question of weight 0 may be left out: tick “required”, or set the weight to 0."
                ),
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="question_minimum_below_maximum",
                violation_error_message=_("The maximum is not below the minimum."),
            ),
        ]

    @property
    def version(self) -> Version:
        return self.capability.version


class Choice(Node):
    VERSION = "question__capability__dimension__version__"
    PARENT = "question"

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices", verbose_name=_("question"))
    points = models.PositiveIntegerField(_("points"))
    effort = effort_field()
    exclusive = models.BooleanField(_("exclusive"), default=False, help_text=_("Can’t be chosen with another."))
    text = models.TextField(_("text"))
    next_step = models.TextField(_("next step"), blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["question", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "code"],
                name="choice_code_unique",
                violation_error_message=_("Another choice of this question has this code."),
            )
        ]

    @property
    def version(self) -> Version:
        return self.question.version


class Band(Frozen):
    """Half-open: a number belongs to the band with the highest start not above it."""

    VERSION = "question__capability__dimension__version__"
    PARENT = "question"

    question = models.ForeignKey(Question, models.CASCADE, related_name="bands", verbose_name=_("question"))
    start = number_field(_("from"))
    points = models.PositiveIntegerField(_("points"))
    effort = effort_field()

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["question", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "start"],
                name="band_start_unique",
                violation_error_message=_("Another band of this question starts there."),
            )
        ]

    def __str__(self) -> str:
        start = "…" if self.start is None else number_format(self.start.normalize())  # None in a row being typed
        return gettext("≥ %(start)s: %(points)s") % {"start": start, "points": self.points}

    def clean(self) -> None:
        if self.question.kind != Question.Kind.NUMBER:
            raise ValidationError(_("Only a number question has bands."))

    @property
    def version(self) -> Version:
        return self.question.version

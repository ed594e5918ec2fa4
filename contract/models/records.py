"""Common columns of the contract's records: code, introducing text, source."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models
from django.db.models import F, Model, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from contract.models.texts import SignedText


class RecordManager(models.Manager):
    def get_by_natural_key(self, code: str) -> Any:
        return self.get(code=code)


class Record(models.Model):
    code = models.SlugField(
        _("code"), max_length=60, help_text=_("Stays the same in both languages; imports and addresses rest on it.")
    )

    objects = RecordManager()

    class Meta:
        abstract = True
        constraints = [
            # Fixtures, imports and page addresses name a record by its code alone.
            models.UniqueConstraint(
                fields=["code"],
                name="%(class)s_code_unique",
                violation_error_message=_("Another record has this code."),
            ),
        ]

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Source(Record):
    class Precision(models.TextChoices):
        DAY = "day", _("on that day")
        MONTH = "month", _("in that month")
        AROUND = "around", _("around that day")

    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=300, blank=True, help_text=_("As published, not translated."))
    language = models.CharField(
        _("language of the title"), max_length=2, choices=[("fr", _("French")), ("en", _("English"))]
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    precision = models.CharField(_("precision of the date"), max_length=10, choices=Precision.choices, blank=True)
    url = models.URLField(_("address"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["code"]
        constraints = [
            *Record.Meta.constraints,
            # A date says how exact it is, and nothing is exact without a date.
            models.CheckConstraint(
                condition=Q(published_on=None, precision="")
                | Q(published_on__isnull=False, precision__in=["day", "month", "around"]),
                name="source_date_and_precision",
                violation_error_message=_("Give the date and its precision, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.publisher}"


class Sourced(Record):
    """Nothing is recorded that no source says."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    also_in = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("also in")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What the sources leave open or say oddly. Kept, not smoothed over.")
    )

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(also_in=None) | ~Q(also_in=F("source")),
                name="%(class)s_two_sources_differ",
                violation_error_message=_("The second source is another one than the first."),
            ),
        ]

    @property
    def sources(self) -> list[Source]:
        return [source for source in [self.source, self.also_in] if source]


class IntroducedQuerySet(models.QuerySet):
    def brought_in_by(self, text: Model) -> Self:
        """Records that ``text``, a contract or an amendment, brought in."""
        return self.filter(**{str(text._meta.model_name): text})

    def of(self, contract: Model) -> Self:
        """Records of ``contract`` and of all its amendments."""
        return self.filter(Q(contract=contract) | Q(amendment__contract=contract))

    def held_on(self, day: date) -> Self:
        """What the contract held at the end of ``day``, as it was signed and amended by then."""
        return self.filter(Q(contract__signed_on__lte=day) | Q(amendment__signed_on__lte=day))

    def with_texts(self) -> Self:
        return self.select_related("contract", "amendment__contract", "source", "also_in")


class Introduced(Sourced):
    """Brought in by one signed text: the contract, or an amendment to it."""

    contract = models.ForeignKey(
        "contract.Contract", models.PROTECT, null=True, blank=True, verbose_name=_("introduced by the contract")
    )
    amendment = models.ForeignKey(
        "contract.Amendment", models.PROTECT, null=True, blank=True, verbose_name=_("introduced by the amendment")
    )

    objects = RecordManager.from_queryset(IntroducedQuerySet)()  # type: ignore[misc]  # the plugin makes it no ClassVar

    class Meta(Sourced.Meta):
        abstract = True
        constraints = [
            *Sourced.Meta.constraints,
            # Never both, never neither: "what held in 2019?" has one answer.
            models.CheckConstraint(
                condition=Q(contract__isnull=False, amendment=None) | Q(contract=None, amendment__isnull=False),
                name="%(class)s_introduced_by_one_text",
                violation_error_message=_("Name the text that brought it in: the contract or one amendment."),
            ),
        ]

    @property
    def introduced_by(self) -> "SignedText":
        return cast("SignedText", self.contract or self.amendment)  # none in a form that was sent without it

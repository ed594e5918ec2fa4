"""The signed texts, and who signed and said what."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from contract.models.records import Introduced, IntroducedQuerySet, RecordManager, Source, Sourced
from language.expressions import Alphabetical


class Contract(Sourced):
    title = models.CharField(_("title"), max_length=200)
    signed_on = models.DateField(_("signed on"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["signed_on", "pk"]
        get_latest_by = ["signed_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Amendment(Sourced):
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="amendments", verbose_name=_("amended contract")
    )
    title = models.CharField(_("title"), max_length=200)
    signed_on = models.DateField(_("signed on"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["signed_on", "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            # Before and after are told by the date of signature.
            models.UniqueConstraint(
                fields=["contract", "signed_on"],
                name="amendment_one_a_day",
                violation_error_message=_("Another amendment to this contract was signed on that day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.contract_id and self.signed_on and self.signed_on < self.contract.signed_on:
            raise ValidationError({"signed_on": _("An amendment is signed after the contract it amends.")})


SignedText = Contract | Amendment


class Party(Sourced):
    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        TRADE_UNION = "trade_union", _("trade union")
        SECTOR_COMMITTEE = "sector_committee", _("strategic committee of the sector")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Sourced.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["ministry", "trade_union", "sector_committee"]), name="party_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(Sourced):
    name = models.CharField(_("name"), max_length=200)

    class Meta(Sourced.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = [Alphabetical("name"), "pk"]

    def __str__(self) -> str:
        return self.name


class SignatureQuerySet(IntroducedQuerySet):
    def under(self, text: SignedText) -> Self:
        """Who signed ``text``."""
        return self.brought_in_by(text)

    def by_kind(self, kind: str) -> Self:
        return self.filter(party__kind=kind)

    def with_signatories(self) -> Self:
        return self.with_texts().select_related("party", "person", "person_source")


class Signature(Introduced):
    """A party's signature under one text; by whose hand only where a source names the person."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures", verbose_name=_("party"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("signed by")
    )
    capacity = models.CharField(_("as"), max_length=200, blank=True)
    person_source = models.ForeignKey(
        "contract.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source that names the person"),
    )

    objects = RecordManager.from_queryset(SignatureQuerySet)()  # type: ignore[misc, assignment]  # as in Introduced

    class Meta(Introduced.Meta):
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        default_related_name = "signatures"
        ordering = ["party__position", "pk"]
        constraints = [
            *Introduced.Meta.constraints,
            # A party signs a text once.
            models.UniqueConstraint(
                fields=["party", "contract"],
                condition=Q(contract__isnull=False),
                name="signature_once_per_contract",
                violation_error_message=_("This party has signed the contract already."),
            ),
            models.UniqueConstraint(
                fields=["party", "amendment"],
                condition=Q(amendment__isnull=False),
                name="signature_once_per_amendment",
                violation_error_message=_("This party has signed the amendment already."),
            ),
            # Who signed, and which source says so.
            models.CheckConstraint(
                condition=Q(person=None, person_source=None) | Q(person__isnull=False, person_source__isnull=False),
                name="signature_person_and_source",
                violation_error_message=_("Give the person and the source that names them, or neither."),
            ),
        ]

    def __str__(self) -> str:
        text = self.introduced_by  # none in a form that was sent without it
        return f"{self.party} – {date_format(text.signed_on, 'DATE_FORMAT')}" if text else str(self.party)

    @property
    def all_sources(self) -> list[Source]:
        # With the one that names the person, which may be another.
        return list(dict.fromkeys([*self.sources, *([self.person_source] if self.person_source else [])]))


class Statement(Introduced):
    """What a person said around a signature, reported rather than quoted: the sources are translations."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="statements", verbose_name=_("person"))
    capacity = models.CharField(_("as"), max_length=200, blank=True)
    text = models.TextField(_("text"))

    class Meta(Introduced.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        default_related_name = "statements"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)

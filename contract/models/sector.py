"""The frame around the projects: themes, parts, axes, and the sector in figures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contract.models.records import Introduced


class Theme(Introduced):
    class Kind(models.TextChoices):
        THEME = "theme", _("theme")
        PART = "part", _("part of the amendment")
        RECOVERY_AXIS = "recovery_axis", _("axis of the recovery plan")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Introduced.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        default_related_name = "themes"
        ordering = ["kind", "position", "pk"]
        constraints = [
            *Introduced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=["theme", "part", "recovery_axis"]), name="theme_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Figure(Introduced):
    """The sector in numbers, as a source gave them when the text was signed."""

    label = models.CharField(_("label"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=1)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    approximate = models.BooleanField(_("approximate"), default=False, help_text=_("The source says “about”."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Introduced.Meta):
        verbose_name = _("sector figure")
        verbose_name_plural = _("sector figures")
        default_related_name = "figures"
        ordering = ["position", "pk"]
        constraints = [
            *Introduced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="figure_value_positive",
                violation_error_message=_("A figure is more than zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

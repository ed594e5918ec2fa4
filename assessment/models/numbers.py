"""Numbers of a questionnaire as columns: exact ones, and the effort that a step takes."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from language.texts import Text


def validate_fifteen_digits(value: Decimal) -> None:
    # SQLite keeps fifteen digits of a number exactly, and a score must not depend on the database.
    if len(value.normalize().as_tuple().digits) > 15:
        raise ValidationError(_("Write it with fifteen digits at most."), code="digits")


def number_field(verbose_name: Text, **options: Any) -> models.DecimalField:
    return models.DecimalField(
        verbose_name, max_digits=21, decimal_places=6, validators=[validate_fifteen_digits], **options
    )


def effort_field() -> models.PositiveSmallIntegerField:
    """None costs 1, as the lowest step always does; what a draft says beyond 5, its publication refuses."""
    return models.PositiveSmallIntegerField(
        _("effort"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 to 5: the work to reach this from the step below."),
    )

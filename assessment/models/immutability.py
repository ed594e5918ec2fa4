"""A published version does not change: the models' side of it, which says so in words before the triggers must."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from assessment.models.languages import LANGUAGES
from assessment.models.triggers import TEXTS

FROZEN = ["published", "retired"]


if TYPE_CHECKING:
    from assessment.models.questionnaire import Version


class VersionIsFrozenError(ValidationError):
    def __init__(self) -> None:
        super().__init__(
            _("This version is published, so it can’t be changed. Start a new draft from it."), code="frozen"
        )


Row = TypeVar("Row", bound="Frozen")


class FrozenQuerySet(models.QuerySet[Row]):
    """Rows of versions; ``model.VERSION`` leads to the version and ``model.PARENT`` to the row above."""

    def frozen(self) -> Self:
        return self.filter(**{f"{self.model.VERSION}status__in": FROZEN})

    def update(self, **values: Any) -> int:
        # Refuse for texts as well: a correction keeps its history, and an update has none.
        self._refuse_frozen()
        parent = self.model.PARENT
        for key in {parent, f"{parent}_id"} & values.keys():
            refuse_frozen_parents(self.model, [getattr(values[key], "pk", values[key])])
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_frozen()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        refuse_frozen_parents(self.model, {getattr(row, f"{self.model.PARENT}_id") for row in objs})
        return super().bulk_create(objs, *args, **kwargs)

    def _refuse_frozen(self) -> None:
        if self.order_by().frozen().exists():
            raise VersionIsFrozenError

    update.alters_data = delete.alters_data = bulk_create.alters_data = True  # type: ignore[attr-defined]  # as Django marks its own


def refuse_frozen_parents(model: Any, parents: Collection[Any]) -> None:
    """One query; a version's own parent is the questionnaire, which is never frozen."""
    above = model._meta.get_field(model.PARENT).related_model
    if hasattr(above, "VERSION") and above._default_manager.filter(pk__in=parents).frozen().exists():
        raise VersionIsFrozenError


def text_columns(model: type[Model]) -> set[str]:
    # The names that a correction may save, the column of each language included.
    texts = TEXTS[str(model._meta.model_name)]
    return {f"{text}{suffix}" for text in texts for suffix in ["", *(f"_{code}" for code in LANGUAGES)]}


class Frozen(models.Model):
    """A row that no path changes once its version is published, its texts apart (actions.questionnaire)."""

    VERSION = "version__"
    PARENT = "version"

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        columns = options.get("update_fields")
        if columns is None or not set(columns) <= self.correctable():
            self.refuse_frozen()
            refuse_frozen_parents(type(self), [getattr(self, f"{self.PARENT}_id")])
        super().save(**options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        self.refuse_frozen()
        return super().delete(*args, **options)

    @property
    def is_frozen(self) -> bool:
        version: Version = cast(Any, self).version  # its own column, or of the row above
        return not version.is_draft

    def correctable(self) -> set[str]:
        # The columns that may still be saved, by name, once the version is published.
        return text_columns(type(self))

    def refuse_frozen(self) -> None:
        if type(self)._default_manager.filter(pk=self.pk).frozen().exists():
            raise VersionIsFrozenError

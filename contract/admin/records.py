"""Common administration of the contract's records: both languages, history, import and export, few queries."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import ForeignKey
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from contract.admin.exchange import ExchangeMixin
from contract.models.records import Introduced
from edits.numbers import NUMBER_FIELDS
from staff.options import ClosedHistoryAdmin, ClosedInline


class SharedChoicesMixin(BaseModelAdmin):
    """Related records are read once a page rather than once a form: an inline has many forms."""

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: Any, **options: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **options)
        read = request.__dict__.setdefault("_related_records", {})
        if db_field.related_model not in read:
            read[db_field.related_model] = [choice for choice in field.choices if choice[0]]
        field.choices = [("", field.empty_label), *read[db_field.related_model]]
        return field


FIELDS: dict[Any, Any] = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    **NUMBER_FIELDS,
    models.URLField: {"assume_scheme": "https"},
}


class RecordAdmin(SharedChoicesMixin, ExchangeMixin, ClosedHistoryAdmin, TranslationAdmin):
    formfield_overrides = FIELDS
    list_per_page = 50
    save_on_top = True


class IntroducedAdmin(RecordAdmin):
    list_select_related = ["contract", "amendment", "source"]
    list_filter = ["amendment", "contract", "source"]

    @admin.display(description=_("introduced by"), ordering="amendment")
    def brought_in_by(self, record: Introduced) -> str:
        day = date_format(record.introduced_by.signed_on, "SHORT_DATE_FORMAT")
        if record.contract_id:
            return gettext("contract of %s") % day
        return gettext("amendment of %s") % day


class RecordInline(SharedChoicesMixin, ClosedInline, TranslationStackedInline):
    formfield_overrides = FIELDS
    extra = 0
    show_change_link = True


def both(*names: str) -> list[str]:
    """Search in French and English, whichever of them the reader works in."""
    return [f"{name}_{language}" for name in names for language in ["fr", "en"]]


BROUGHT_IN = ["contract", "amendment", "source", "also_in", "note"]

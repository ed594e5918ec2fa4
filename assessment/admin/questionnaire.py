"""The parts of the questionnaire: edited in a draft, each text correctable once published, the rest then only read."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Model, Q, QuerySet
from django.forms.fields import InvalidJSONInput
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.actions.questionnaire import correct_texts
from assessment.admin.structures import CapabilityInWords, QuestionInWords
from assessment.forms.questionnaire import CorrectionForm
from assessment.models import (
    Band,
    Capability,
    Choice,
    Dimension,
    Level,
    Question,
    Questionnaire,
    Version,
)
from assessment.models.triggers import TEXTS
from assessment.rules.requests import signed_in
from edits.numbers import NUMBER_FIELDS
from staff.locks import rows_of
from staff.options import ClosedAdmin, ClosedHistoryAdmin, ClosedInline
from staff.worded import Worded

CONDITION_HELP = _(
    "When the question is asked, as in a questionnaire file but in JSON; always where this is empty. For example: "
    '{"all": [{"profile": "activities", "in": ["manufacturing"]}, {"answer": "OPS.MES.1", "in": ["2", "3"]}]}'
)


# Beside what is no JSON at all: nested without end, a number longer than Python reads, or that is none.
UNREADABLE = (RecursionError, ValueError)


class StructureField(forms.JSONField):
    """Written over several lines, and nothing where there is none."""

    when_empty = None

    def to_python(self, value: Any) -> Any:
        try:
            structure = super().to_python(value)
            json.dumps(structure, allow_nan=False)
        except UNREADABLE:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": "…"}) from None
        return structure

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except UNREADABLE:
            return InvalidJSONInput(data)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | dict):
            return json.dumps(value, indent=2, ensure_ascii=False) if value else ""
        return super().prepare_value(value) if value else ""

    def clean(self, value: Any) -> Any:
        return super().clean(value) or self.when_empty


def both(field: str) -> tuple[str, str]:
    """French and English side by side."""
    return (f"{field}_fr", f"{field}_en")


WIDGETS: dict[Any, Any] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 40})},
    **NUMBER_FIELDS,
    models.JSONField: {"form_class": StructureField},
}


def link_to(row: Model) -> SafeString:
    url = reverse(f"admin:assessment_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', url, row)


class LabelledFormSet(BaseInlineFormSet):
    """The cells of the admin's tables have no label: each field says the name of its column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label or "")


class BelowInline(ClosedInline):
    """Rows below a row: edited with it in a draft; once published each is opened by itself to correct its texts."""

    extra = 1
    formfield_overrides = WIDGETS
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_frozen)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_frozen)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_frozen)


class RowAdmin(Worded, ClosedHistoryAdmin):
    """A row of a version. Published, it lets its texts be corrected and nothing else."""

    actions = None
    formfield_overrides = WIDGETS
    show_full_result_count = False
    list_per_page = 100

    class Media:
        css = {"all": ["css/admin-questionnaire.css"]}

    def only_reads(self, request: HttpRequest, obj: Any) -> bool:
        return super().only_reads(request, obj) or bool(obj and obj.is_frozen)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(f"{self.model.VERSION}questionnaire")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, StructureField) and not db_field.null:
            field.when_empty = db_field.get_default()
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> type[Any]:
        if obj and obj.is_frozen:
            options["form"] = CorrectionForm
        return super().get_form(request, obj, change, **options)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        if not (obj and obj.is_frozen):
            return readonly
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        return [*readonly, *(name for name in shown if name not in {*readonly, *correctable_columns(obj)})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_frozen)

    def lock(self, request: HttpRequest, row: Any) -> None:
        """Its version before it, as whoever publishes or replaces a draft does."""
        rows_of(Version).get(pk=row.version.pk)
        super().lock(request, row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What is stored says whether it is frozen: a state of old was a draft's."""
        stored = type(obj).objects.get(pk=obj.pk) if change else None
        if stored is None or not stored.is_frozen:
            return super().save_model(request, obj, form, change)
        texts = {name: form.cleaned_data.get(name) or None for name in correctable_columns(obj)}
        changed = {name: text for name, text in texts.items() if text != (getattr(stored, name) or None)}
        if changed:
            correct_texts(version=obj.version, corrections=[(stored, changed)], by=signed_in(request).user)


def correctable_columns(row: Any) -> list[str]:
    texts = TEXTS[row._meta.model_name]
    return [f"{field}_{language}" for field in texts for language in row.version.languages]


class PartAdmin(RowAdmin):
    """Added below its parent, reached from there, and back there after."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Not on the index, which would list the parts of all versions as if they were one."""
        return {}

    @admin.display(description=_("part of"))
    def above(self, row: Any) -> SafeString:
        return link_to(getattr(row, row.PARENT))

    def above_url(self, row: Any) -> str:
        parent = getattr(row, row.PARENT)
        return reverse(f"admin:assessment_{parent._meta.model_name}_change", args=[parent.pk])

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.above_url(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        vars(request)["deleted_from"] = self.above_url(obj)
        super().delete_model(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(vars(request)["deleted_from"])


class TableInline(BelowInline, admin.TabularInline):
    formset = LabelledFormSet


class LevelInline(TableInline):
    model = Level
    fields = ["number", "start", "every_dimension_at_least", *both("title")]


class DimensionInline(TableInline):
    model = Dimension
    fields = ["position", "code", "weight", "aggregation", *both("title")]


class CapabilityInline(TableInline):
    model = Capability
    fields = ["position", "code", "weight", "aggregation", *both("title")]


class QuestionInline(TableInline):
    model = Question
    fields = ["position", "code", "kind", "weight", "express", "required", *both("text")]


class ChoiceInline(BelowInline, admin.StackedInline):
    model = Choice
    fields = [("position", "code", "points", "effort", "exclusive"), both("text"), both("next_step")]


class BandInline(TableInline):
    model = Band
    fields = ["start", "points", "effort"]
    show_change_link = False


@admin.register(Level)
class LevelAdmin(PartAdmin):
    fields = ["above", ("number", "start", "every_dimension_at_least"), both("title"), both("description")]
    readonly_fields = ["above"]


@admin.register(Dimension)
class DimensionAdmin(PartAdmin):
    fields = ["above", ("position", "code"), ("weight", "aggregation"), both("title"), both("description")]
    readonly_fields = ["above"]
    inlines = [CapabilityInline]


@admin.register(Capability)
class CapabilityAdmin(CapabilityInWords, PartAdmin):
    fields = [*DimensionAdmin.fields, "reads_as"]
    readonly_fields = ["above"]
    inlines = [QuestionInline]


@admin.register(Question)
class QuestionAdmin(QuestionInWords, PartAdmin):
    fieldsets = [
        (None, {"fields": ["above", ("position", "code", "kind"), both("text"), both("help"), both("obligation")]}),
        (
            _("Answering"),
            {"fields": [("express", "required", "allow_not_applicable", "allow_unknown"), "applies_when"]},
        ),
        (_("Scoring"), {"fields": ["weight", "cap"]}),
        (pgettext_lazy("kind of question", "Number"), {"fields": [("minimum", "maximum"), both("unit")]}),
    ]
    readonly_fields = ["above"]
    inlines = [ChoiceInline, BandInline]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "applies_when":
            options["help_text"] = CONDITION_HELP
        return super().formfield_for_dbfield(db_field, request, **options)


@admin.register(Choice)
class ChoiceAdmin(PartAdmin):
    fields = ["above", ("position", "code", "points", "effort", "exclusive"), both("text"), both("next_step")]
    readonly_fields = ["above"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(ClosedAdmin):
    """The name under which versions follow one another."""

    actions = None
    list_display = ["code", "version_count"]
    search_fields = ["code"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        frozen = Count("versions", filter=~Q(versions__status=Version.Status.DRAFT))
        return super().get_queryset(request).annotate(version_count=Count("versions"), frozen_count=frozen)

    @admin.display(description=_("versions"), ordering="version_count")
    def version_count(self, questionnaire: Any) -> int:
        return questionnaire.version_count

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["code"] if obj and obj.frozen_count else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.version_count)

"""Records in and out as tables: seen row by row before anything is written, then all or nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from import_export import resources, widgets
from import_export.fields import Field
from modeltranslation.translator import translator
from tablib import Dataset

from contract.models.records import Record
from spreadsheets.cells import UnseenError, as_seen
from spreadsheets.numbers import NotANumberError, TwoReadingsError, written_number
from spreadsheets.strings import as_kept

EXPONENT = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,3}")  # as programs write a number, and no person
FIRST_ROW = 2  # as a spreadsheet numbers them: the header is row 1


class CodeWidget(widgets.ForeignKeyWidget):
    """A related record, by its code."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        try:
            return super().clean(seen(value), row, **options)
        except ObjectDoesNotExist:
            raise ValueError(unknown_code(self.model, seen(value))) from None


class CodesWidget(widgets.ManyToManyWidget):
    """Related records, by their codes and commas; an unknown one is an error, not left out."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.related_model, field="code", separator=",")
        self.column = field.name

    def clean(self, value: Any, row: Any = None, **options: Any) -> QuerySet[Any]:
        codes = {code.strip() for code in seen(value).split(",") if code.strip()}
        records = self.model.objects.filter(code__in=codes)
        unknown = sorted(codes - {record.code for record in records})
        if unknown:
            raise ValidationError({self.column: [unknown_code(self.model, code) for code in unknown]})
        return records

    def render(self, value: Any, obj: Any = None, **options: Any) -> str:
        # From what is prefetched: the library's own asks the database for each row.
        return ",".join(sorted(record.code for record in value.all())) if value else ""


class TextWidget(widgets.CharWidget):
    """As the cell's reader saw it, also where a spreadsheet made a number or a date of a text."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        return super().clean(seen(value), row, **options)


class OptionalTextWidget(TextWidget):
    """For columns that hold no text as NULL, so that an empty cell changes nothing there."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        return super().clean(value, row, **options) or None


def seen(value: Any) -> str:
    try:
        return as_seen(value)
    except UnseenError:
        raise ValueError(
            gettext("A spreadsheet made a number or a date of this text. Set the format of the cell to Text.")
        ) from None


def plain(number: Decimal | int | str) -> Decimal:
    number = Decimal(number).normalize()
    return number.quantize(Decimal(1)) if cast(int, number.as_tuple().exponent) > 0 else number


def unknown_code(model: type[Model], code: str) -> str:
    return gettext("No %(kind)s has the code “%(code)s”.") % {"kind": model._meta.verbose_name, "code": code}


class DayWidget(widgets.DateWidget):
    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)

    def clean(self, value: Any, row: Any = None, **options: Any) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return date(value.year, value.month, value.day)
        try:
            return super().clean(value, row, **options)
        except ValueError:
            raise ValueError(gettext("“%s” is not a date written as 2021-06-08.") % value) from None


class NumberWidget(widgets.DecimalWidget):
    """With a decimal point or comma, as either form of our CSV has it; so a comma that may be either is refused."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        if self.is_empty(value):
            return None
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return Decimal(value)
        if EXPONENT.fullmatch(str(value).strip()):
            return Decimal(str(value).strip())
        try:
            written = written_number(str(value), mark="")
        except TwoReadingsError:
            raise ValueError(
                gettext("“%s” can be read in two ways: write nothing between thousands.") % value
            ) from None
        except NotANumberError:
            raise ValueError(gettext("“%s” is not a number.") % value) from None
        if written.unit not in {"", "%"}:
            raise ValueError(gettext("“%s” is not a number.") % value)
        return written.number

    def render(self, value: Any, obj: Any = None, **options: Any) -> Any:
        # Without the zeros that the column keeps after it: 3100, whether it was read from the file or stored.
        native = value is None or options.get("force_native_type")
        return super().render(value if native else plain(value), obj, **options)


class WholeNumberWidget(NumberWidget):
    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        number = super().clean(value, row, **options)
        if number is None:
            return None
        if number != number.to_integral_value() or abs(number) > 32_767:
            raise ValueError(gettext("“%s” is not a whole number up to 32,767.") % value)
        return int(number)


class YesNoWidget(widgets.BooleanWidget):
    def clean(self, value: Any, row: Any = None, **options: Any) -> bool | None:
        if value not in [*self.TRUE_VALUES, *self.FALSE_VALUES]:
            raise ValueError(gettext("“%s” is neither 1 nor 0.") % value)
        return super().clean(value, row, **options)


class RecordDiff(resources.Diff):
    """What a row changes, in plain <del> and <ins>: the library's own carry inline styles, which our pages refuse."""

    def as_html(self) -> list[SafeString]:
        return [difference(old, new, is_new=self.new) for old, new in zip(self.left, self.right, strict=True)]


def difference(old: Any, new: Any, *, is_new: bool) -> SafeString:
    if old == new:
        return format_html("{}", new)
    if is_new or old in {"", None}:
        return format_html("<ins>{}</ins>", new)
    return format_html("<del>{}</del> <ins>{}</ins>", old, new)


class RecordResource(resources.ModelResource):
    """A row a record, known by its code; a column that the file lacks stays as it is."""

    WIDGETS_MAP = resources.ModelResource.WIDGETS_MAP | {
        "DateField": DayWidget,
        "DecimalField": NumberWidget,
        "PositiveSmallIntegerField": WholeNumberWidget,
        "BooleanField": YesNoWidget,
        "CharField": TextWidget,
        "SlugField": TextWidget,
        "TextField": TextWidget,
        "URLField": TextWidget,
    }

    class Meta:
        import_id_fields = ["code"]
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Field:
        if django_field.many_to_one:
            return Field(field_name, field_name, CodeWidget(django_field.related_model, field="code"))
        if django_field.many_to_many:
            return Field(field_name, field_name, CodesWidget(django_field))
        if django_field.null and django_field.empty_strings_allowed:
            return Field(field_name, field_name, OptionalTextWidget())
        return super().field_from_django_field(field_name, django_field, readonly)

    def import_field(
        self, field: Any, instance: Record, row: Mapping[str, Any], is_m2m: bool = False, **options: Any
    ) -> None:
        # A text that differs in nothing that every spreadsheet keeps is the one that is stored.
        is_text = isinstance(field.widget, TextWidget)
        stored = getattr(instance, field.attribute) if is_text else None
        super().import_field(field, instance, row, is_m2m, **options)
        given = getattr(instance, field.attribute) if is_text else None
        if stored and given and as_kept(given) == as_kept(stored):
            setattr(instance, field.attribute, stored)

    @classmethod
    def get_diff_class(cls) -> type[RecordDiff]:
        return RecordDiff

    def before_import(self, dataset: Dataset, **options: Any) -> None:
        problems = [*self.header_problems(dataset.headers), *self.repeated_codes(dataset)]
        if problems:
            raise ValidationError(problems)

    def header_problems(self, headers: Sequence[str]) -> Iterator[str]:
        known = [field.column_name for field in self.get_import_fields()]
        if "code" not in headers:
            yield gettext("The file has no column “code”.")
        for name in headers:
            if name not in known:
                yield gettext("“%(name)s” is not a column of this table. The columns are: %(known)s.") % {
                    "name": name,
                    "known": ", ".join(known),
                }

    def repeated_codes(self, dataset: Dataset) -> Iterator[str]:
        if "code" not in dataset.headers:
            return
        codes = dataset["code"]
        for code, count in Counter(codes).items():
            if count > 1:
                rows = [str(number) for number, other in enumerate(codes, start=FIRST_ROW) if other == code]
                yield gettext("The code “%(code)s” is in rows %(rows)s.") % {"code": code, "rows": ", ".join(rows)}

    def filter_export(self, queryset: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        relations = [field for field in self._meta.model._meta.get_fields() if field.name in self.fields]
        return queryset.select_related(*[field.name for field in relations if field.many_to_one]).prefetch_related(
            *[field.name for field in relations if field.many_to_many]
        )


def resource_for(model: type[Model]) -> type[RecordResource]:
    # Every column but the untranslated twin of each translated one, the code first.
    twins = set(translator.get_options_for_model(model).get_field_names())
    fields = [*model._meta.fields, *model._meta.many_to_many]
    names = [field.name for field in fields if field.name not in {"id", "code", *twins}]
    return resources.modelresource_factory(
        model, RecordResource, meta_options={"fields": ["code", *names], "name": model._meta.verbose_name}
    )

"""Filters and columns of the list of results; each costs one query at most, whatever the number of results."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from assessment.models import Region, Size, SubSector
from assessment.models.access import listed
from assessment.rules.words import in_language


class VersionFilter(admin.SimpleListFilter):
    title = _("version")
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        versions = model_admin.versions(request)
        return [(version.pk, f"{version.questionnaire.code} {version.number}") for version in versions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(version_id=self.value()) if self.value() else queryset


class CampaignFilter(admin.SimpleListFilter):
    title = _("campaign")
    parameter_name = "campaign"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(campaign.pk, campaign.title) for campaign in model_admin.campaigns(request)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(assessment__campaign_id=self.value()) if self.value() else queryset


class LevelFilter(admin.SimpleListFilter):
    title = _("level")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        questionnaire = model_admin.questionnaire(request)
        levels = questionnaire.levels if questionnaire else []
        return [(level.number, f"{level.number} {in_language(level.title)}") for level in levels]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(level=self.value()) if self.value() else queryset


class FormFilter(admin.ListFilter):
    """A filter that is filled in rather than clicked: a small form that keeps all the other choices."""

    names: list[str]

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.names:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> Any:
        return self.names

    def understands(self, name: str, value: str) -> bool:
        """Whether the list is narrowed by it; an empty field narrows by nothing."""
        raise NotImplementedError

    def choices(self, changelist: Any) -> Iterator[Any]:
        # The template's one "choice" is what it fills its form with.
        others = [(name, value) for name, value in changelist.params.items() if name not in self.names]
        yield {"others": others, "given": self.used_parameters}


class PeriodFilter(FormFilter):
    title = _("date of submission")
    template = "admin/assessment/result/period_filter.html"
    names = ["since", "until"]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        bounds = self.bounds()
        if since := bounds.get("since"):
            queryset = queryset.filter(submitted_at__gte=since)
        if until := bounds.get("until"):
            queryset = queryset.filter(submitted_at__lt=until)
        return queryset

    def bounds(self) -> dict[str, datetime]:
        """The moment from which and the one before which, where a day was given."""
        since, until = (self.day(name) for name in self.names)
        return {
            **({"since": midnight(since)} if since and since > date.min else {}),
            **({"until": midnight(until + timedelta(days=1))} if until and until < date.max else {}),
        }

    def day(self, name: str) -> date | None:
        return day_of(cast(str, self.used_parameters.get(name, "")))

    def understands(self, name: str, value: str) -> bool:
        return value == "" or day_of(value) is not None


class CapabilityChooser(FormFilter):
    """Adds a column, sortable as the others; leaves no result out."""

    title = _("capability")
    template = "admin/assessment/result/capability_chooser.html"
    names = ["capability"]

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.questionnaire = model_admin.questionnaire(request)

    def understands(self, name: str, value: str) -> bool:
        dimensions = self.questionnaire.dimensions if self.questionnaire else []
        return value in {"", *(part.code for dimension in dimensions for part in dimension.capabilities)}

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield choice | {"dimensions": self.questionnaire.dimensions if self.questionnaire else []}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset


# What a list may be narrowed to that never changes, as an export keeps it; beside the period.
KEYS = {"version": "versions", "campaign": "campaigns", "level": "levels"}
CODES = {"sub_sector__exact": ("sub_sectors", SubSector), "size__exact": ("sizes", Size)}
CODES |= {"region__exact": ("regions", Region)}
NOT_NARROWING = {*PeriodFilter.names, *CapabilityChooser.names}


def bounds_of(chosen: Any) -> dict[str, Any] | None:
    """Return columns of Export; None where words, or what may change later, narrow the list too."""
    filters = chosen.get_filters_params()
    if chosen.query or set(filters) - {*KEYS, *CODES, *NOT_NARROWING}:
        return None
    [period] = [spec for spec in chosen.filter_specs if isinstance(spec, PeriodFilter)]
    keys = {name: listed([int(filters[parameter][-1])]) for parameter, name in KEYS.items() if parameter in filters}
    codes = {
        name: listed(code for code in filters[parameter] if code in choices.values)
        for parameter, (name, choices) in CODES.items()
        if parameter in filters
    }
    return keys | codes | period.bounds()


def day_of(text: str) -> date | None:
    """None where there is no such day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

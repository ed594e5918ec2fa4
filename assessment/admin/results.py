"""Results for staff: a list to narrow and sort, each result to read, the scores to take away; nothing to change."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessment.actions.access import record_export, record_figures, record_view, results_of, sealed
from assessment.admin.readonly import ReadOnlyAdmin
from assessment.admin.result_filters import (
    CampaignFilter,
    CapabilityChooser,
    LevelFilter,
    PeriodFilter,
    VersionFilter,
    bounds_of,
)
from assessment.admin.result_list import ResultList, fixed_columns, overall_columns, score_columns
from assessment.exchange.formats import Format, explained, scores
from assessment.exchange.scores import ScoreTable
from assessment.exchange.slots import Held, Slot, take_slot
from assessment.forms.exports import ExportForm, ReasonForm
from assessment.maturity.definition import Questionnaire
from assessment.models import Activity, Campaign, Export, Result, Version
from assessment.models.compiled import compiled
from assessment.reports.results.page import result_page
from assessment.rules.requests import signed_in
from staff.options import LeftOutError

REASON = "reason_for_figures"  # in the session
LAST = 5  # of one's own exports, to compare files with


@admin.register(Result)
class ResultAdmin(ReadOnlyAdmin):
    list_select_related = False
    list_per_page = 100
    search_fields = ["company__name", "company__siren"]

    def versions(self, request: HttpRequest) -> list[Version]:
        """Those that are or were published, the newest first. One query a request."""
        if "listed_versions" not in vars(request):
            versions = Version.objects.exclude(status=Version.Status.DRAFT).select_related("questionnaire")
            vars(request)["listed_versions"] = list(versions.order_by("-published_at", "-pk"))
        return cast(list[Version], vars(request)["listed_versions"])

    def campaigns(self, request: HttpRequest) -> list[Campaign]:
        """One query a request, though a list makes its filters again to leave one out."""
        if "listed_campaigns" not in vars(request):
            vars(request)["listed_campaigns"] = list(Campaign.objects.all())
        return cast(list[Campaign], vars(request)["listed_campaigns"])

    def questionnaire(self, request: HttpRequest) -> Questionnaire | None:
        versions, chosen = self.versions(request), request.GET.get("version")
        versions = [version for version in versions if str(version.pk) == chosen] or versions
        return compiled(versions[0]) if versions else None

    # The list: companies, and what they scored once a reason is given

    def reason(self, request: HttpRequest) -> str:
        # Why the person reads figures of named companies, as long as they are signed in; empty until they say so.
        return request.session.get(REASON, "")

    def get_list_filter(self, request: HttpRequest) -> Any:
        # A filter by level tells levels as a column does.
        figures = bool(self.reason(request))
        return [
            VersionFilter,
            CampaignFilter,
            *([LevelFilter] if figures else []),
            "sub_sector",
            "size",
            "region",
            PeriodFilter,
            "company__fictional",
            *([CapabilityChooser] if figures else []),
        ]

    def get_list_display(self, request: HttpRequest) -> Any:
        """Made once a request: the admin asks for it several times."""
        if "result_columns" not in vars(request):
            figures = self.figure_columns(request) if self.reason(request) else []
            before, after = fixed_columns()
            vars(request)["result_columns"] = [*before, *figures, *after]
        return cast(list[Any], vars(request)["result_columns"])

    def figure_columns(self, request: HttpRequest) -> list[Any]:
        questionnaire = self.questionnaire(request)
        scores = score_columns(questionnaire, capability=request.GET.get("capability")) if questionnaire else []
        return [*overall_columns(), *scores]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # For the page of one result; the list reads rows, not models.
        texts = ["company", "version__questionnaire", "assessment__campaign", "submitted_by"]
        return super().get_queryset(request).select_related(*texts)

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ResultList]:
        return ResultList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"may_export": self.has_export_permission(request), "reason": self.reason(request)}
        response = super().changelist_view(request, context | (extra_context or {}))
        chosen = getattr(response, "context_data", {}).get("cl")
        if chosen is not None and context["reason"]:
            self.record(request, chosen)
        return response

    def record(self, request: HttpRequest, chosen: Any) -> None:
        record_figures(
            results=chosen.results_told(request),
            by=signed_in(request).user,
            reason=self.reason(request),
            filters=filters_of(chosen),
        )

    def figures_view(self, request: HttpRequest) -> HttpResponse:
        # GET asks why the figures are to be shown; POST shows them, or hides them again.
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if "hide" in request.POST:
            request.session.pop(REASON, None)
            return self.back_to_list()
        if form.is_valid():
            request.session[REASON] = form.cleaned_data["reason"]
            return self.back_to_list()
        page = {"title": _("Show the scores"), "opts": self.opts, "form": form}
        context = self.admin_site.each_context(request) | page
        return TemplateResponse(request, "admin/assessment/result/figures.html", context)

    # One result

    def render_change_form(  # type: ignore[override]  # Django gives all but these by name
        self, request: HttpRequest, context: Any, obj: Any = None, **options: Any
    ) -> HttpResponse:
        # The admin has checked the permission by now: the reading is written down, then shown.
        record_view(result=obj, by=signed_in(request).user)
        activities = [activity.label for activity in Activity if activity in obj.profile["activities"]]
        context |= {"page": result_page(obj), "activities": activities, "title": str(obj), "subtitle": None}
        return super().render_change_form(request, context, obj=obj, **options)

    # The export

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perm("assessment.export_result")

    def get_urls(self) -> list[Any]:
        return [
            path("export/", self.admin_site.admin_view(self.export_view), name="assessment_result_export"),
            path("figures/", self.admin_site.admin_view(self.figures_view), name="assessment_result_figures"),
            path("codebook/", self.admin_site.admin_view(self.codebook_view), name="assessment_result_codebook"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        # GET says what would leave and asks for the reason; POST sends it.
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            chosen = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return self.back_to_list()
        except LeftOutError as error:
            return self.back_to_list(error.rest)
        if chosen.left_out:
            return self.back_to_list(chosen.get_query_string())
        form = ExportForm(request.POST if request.method == "POST" else None)
        slot = take_slot() if form.is_valid() else None
        if slot is None:
            return self.ask_for_reason(request, chosen, form, busy=form.is_valid())
        with slot:
            return self.send(request, chosen, form.cleaned_data, slot)

    def ask_for_reason(self, request: HttpRequest, chosen: Any, form: ExportForm, *, busy: bool) -> HttpResponse:
        if LevelFilter.parameter_name in filters_of(chosen):  # the number alone tells the level of who was searched for
            self.record(request, chosen)
        last = (
            Export.objects.filter(access__by=signed_in(request).user)
            .select_related("access")
            .order_by("-access")[:LAST]
        )
        page = {"title": _("Export results"), "opts": self.opts, "cl": chosen, "form": form, "busy": busy, "last": last}
        return TemplateResponse(
            request,
            "admin/assessment/result/export.html",
            self.admin_site.each_context(request) | page,
            status=503 if busy else 200,
            headers={"Retry-After": "60"} if busy else None,
        )

    def send(self, request: HttpRequest, chosen: Any, asked: dict[str, Any], slot: Slot) -> StreamingHttpResponse:
        told: dict[str, Any] = {"filters": filters_of(chosen), "bounds": bounds_of(chosen)}
        access = record_export(results=chosen.queryset, by=signed_in(request).user, **told, **asked)
        table, format = ScoreTable(results_of(access, chosen.queryset)), Format(asked["format"])
        pieces = sealed(scores(table, format), access=access, table=table)
        return download(Held(pieces, slot), format, name="scores")

    def codebook_view(self, request: HttpRequest) -> StreamingHttpResponse:
        # What the columns of an export mean, as a file that opens where the reader's language is written.
        if not self.has_view_permission(request):
            raise PermissionDenied
        format = Format.CSV if get_language() == "fr" else Format.CSV_INTERNATIONAL
        return download(explained(ScoreTable(Result.objects.all()), format), format, name="codebook")


def filters_of(chosen: Any) -> dict[str, Any]:
    # What a list is narrowed by, for the log: not which level nor which words, which would tell it once more.
    filters = dict(chosen.get_filters_params())
    if chosen.query:
        filters["search"] = True
    return filters | {name: True for name in [LevelFilter.parameter_name] if name in filters}


def download(pieces: Iterable[bytes], format: Format, *, name: str) -> StreamingHttpResponse:
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{format.kind.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return StreamingHttpResponse(pieces, content_type=format.kind.content_type, headers=headers)

"""Results for staff: a list to narrow and sort, each result to read, the scores to take away; nothing to change."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessment.actions.access import record_export, record_view
from assessment.admin.readonly import ReadOnlyAdmin
from assessment.admin.result_filters import (
    CampaignFilter,
    CapabilityChooser,
    LevelFilter,
    PeriodFilter,
    VersionFilter,
)
from assessment.admin.result_list import ResultList, fixed_columns, score_columns
from assessment.exchange.formats import Format, explained, scores
from assessment.exchange.scores import ScoreTable
from assessment.exchange.slots import Held, take_slot
from assessment.forms.exports import ExportForm
from assessment.models import Activity, Result, Version
from assessment.models.compiled import compiled
from assessment.reports.results.page import result_page


@admin.register(Result)
class ResultAdmin(ReadOnlyAdmin):
    list_filter = [
        VersionFilter,
        CampaignFilter,
        LevelFilter,
        "sub_sector",
        "size",
        "region",
        PeriodFilter,
        "company__fictional",
        CapabilityChooser,
    ]
    list_select_related = False
    list_per_page = 100
    search_fields = ["company__name", "company__siren"]

    def questionnaire(self, request):
        """The one whose dimensions are the list's columns: the chosen version's, else the newest. One query."""
        if not hasattr(request, "listed_questionnaire"):
            versions = Version.objects.exclude(status=Version.Status.DRAFT).select_related("questionnaire")
            chosen = request.GET.get("version", "")
            version = versions.filter(pk=chosen) if chosen.isdecimal() else versions.order_by("-published_at", "-pk")
            found = version.first()
            request.listed_questionnaire = compiled(found) if found else None
        return request.listed_questionnaire

    # The list

    def get_list_display(self, request):
        """Made once a request: the admin asks for it several times."""
        if not hasattr(request, "result_columns"):
            questionnaire = self.questionnaire(request)
            scores = score_columns(questionnaire, capability=request.GET.get("capability")) if questionnaire else []
            before, after = fixed_columns()
            request.result_columns = [*before, *scores, *after]
        return request.result_columns

    def get_queryset(self, request):
        """For the page of one result; the list reads rows, not models."""
        texts = ["company", "version__questionnaire", "assessment__campaign", "submitted_by"]
        return super().get_queryset(request).select_related(*texts)

    def get_changelist(self, request, **options):
        return ResultList

    def changelist_view(self, request, extra_context=None):
        context = {"may_export": self.has_export_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    # One result

    def render_change_form(self, request, context, obj=None, **options):
        """The admin has checked the permission by now: the reading is written down, then shown."""
        record_view(result=obj, by=request.user)
        activities = [activity.label for activity in Activity if activity in obj.profile["activities"]]
        context |= {"page": result_page(obj), "activities": activities, "title": str(obj), "subtitle": None}
        return super().render_change_form(request, context, obj=obj, **options)

    # The export

    def has_export_permission(self, request):
        return self.has_view_permission(request) and request.user.has_perm("assessment.export_result")

    def get_urls(self):
        return [
            path("export/", self.admin_site.admin_view(self.export_view), name="assessment_result_export"),
            path("codebook/", self.admin_site.admin_view(self.codebook_view), name="assessment_result_codebook"),
            *super().get_urls(),
        ]

    def export_view(self, request):
        """GET says what would leave and asks for the reason; POST sends it."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            chosen = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return self.back_to_list()
        form = ExportForm(request.POST if request.method == "POST" else None)
        slot = take_slot() if form.is_valid() else None
        if slot is None:
            return self.ask_for_reason(request, chosen, form, busy=form.is_valid())
        with slot:
            return self.send(request, chosen, form.cleaned_data, slot)

    def ask_for_reason(self, request, chosen, form, *, busy):
        page = {"title": _("Export results"), "opts": self.opts, "cl": chosen, "form": form, "busy": busy}
        return TemplateResponse(
            request,
            "admin/assessment/result/export.html",
            self.admin_site.each_context(request) | page,
            status=503 if busy else 200,
            headers={"Retry-After": "60"} if busy else None,
        )

    def send(self, request, chosen, asked, slot):
        filters = chosen.get_filters_params() | ({"search": True} if chosen.query else {})  # not what: it may be a name
        access = record_export(results=chosen.queryset, by=request.user, filters=filters, **asked)
        table = ScoreTable(Result.objects.filter(accesses=access))
        format = Format(asked["format"])
        return download(Held(scores(table, format), slot), format, name="scores")

    def codebook_view(self, request):
        """What the columns of an export mean, as a file that opens where the reader's language is written."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        format = Format.CSV if get_language() == "fr" else Format.CSV_INTERNATIONAL
        return download(explained(ScoreTable(Result.objects.all()), format), format, name="codebook")


def download(pieces, format, *, name):
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{format.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return StreamingHttpResponse(pieces, content_type=format.content_type, headers=headers)

"""Campaigns, as staff open and close them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from assessment.models import Campaign, Version
from staff.options import ClosedAdmin


@admin.register(Campaign)
class CampaignAdmin(ClosedAdmin, TranslationAdmin):
    list_display = ["title", "version", "opens_on", "closes_on", "assessments"]
    list_filter = ["opens_on"]
    list_select_related = ["version__questionnaire"]
    search_fields = ["title_fr", "title_en"]
    date_hierarchy = "opens_on"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(assessment_count=Count("assessments"))

    def get_readonly_fields(self, request: HttpRequest, obj: Campaign | None = None) -> list[Any]:
        """What was begun with a version stays with it."""
        begun = obj is not None and obj.assessments.exists()
        return [*super().get_readonly_fields(request, obj), *(["version"] if begun else [])]

    @admin.display(description=_("assessments"), ordering="assessment_count")
    def assessments(self, campaign: Any) -> int:
        return campaign.assessment_count

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: Any, **kwargs: Any) -> Any:
        # A campaign puts a published version to the sector, never a draft.
        if db_field.name == "version":
            kwargs["queryset"] = Version.objects.published().select_related("questionnaire")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        # Those that were answered stay, and an editor isn't told by whom.
        kept = [
            ngettext("%(n)d assessment of “%(campaign)s”", "%(n)d assessments of “%(campaign)s”", count)
            % {"n": count, "campaign": campaign}
            for campaign in objs
            if (count := campaign.assessments.count())
        ]
        return [str(campaign) for campaign in objs], {str(Campaign._meta.verbose_name_plural): len(objs)}, set(), kept

    def has_delete_permission(self, request: HttpRequest, campaign: Campaign | None = None) -> bool:
        # One that was answered stays: its results name it.
        answered = campaign is not None and campaign.assessments.exists()
        return super().has_delete_permission(request, campaign) and not answered

"""Versions of the questionnaire: drafts made, compared and published; files taken away and brought back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf.global_settings import LANGUAGES as LANGUAGE_NAMES
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from assessment.actions import questionnaire as actions
from assessment.actions.loading import Effect, load
from assessment.admin.questionnaire import DimensionInline, LevelInline, RowAdmin, both
from assessment.admin.structures import VersionInWords
from assessment.forms.questionnaire import FileForm, NumberForm, SealedForm, what_it_does
from assessment.maturity.differences import differences
from assessment.maturity.file.format import FormatError, checksum, dump
from assessment.models import Assessment, Dimension, Question, Version
from assessment.models.compiled import compiled, document
from assessment.models.languages import LANGUAGES
from assessment.reports.questionnaire.drafts import changes, located
from assessment.rules.requests import signed_in
from language.texts import Text
from staff.locks import rows_of

WRITES = {Effect.NEW, Effect.DRAFT, Effect.TEXTS}


class VersionForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("languages"),
        choices=[(language, _(dict(LANGUAGE_NAMES)[language])) for language in LANGUAGES],
        initial=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )


def counted(rows: Any, path: str) -> Coalesce:
    """Count the rows of each version in a subquery, which costs the list's own count nothing."""
    counts = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(count=Count("pk"))
    return Coalesce(Subquery(counts.values("count")), 0)


@admin.register(Version)
class VersionAdmin(VersionInWords, RowAdmin):
    form = VersionForm
    list_display = [
        *["name", "status", "dimension_count", "question_count", "assessment_count"],
        *["published_at", "short_checksum"],
    ]
    list_filter = ["status", "questionnaire"]
    search_fields = ["number", "questionnaire__code", "title_fr", "title_en"]
    fieldsets = [
        (None, {"fields": [("questionnaire", "number", "format"), both("title"), both("introduction"), "languages"]}),
        (_("Scoring"), {"fields": [("unknown_policy", "aggregation")]}),
        (_("Conditions and other models"), {"fields": ["profile", "frames", "targets"], "classes": ["collapse"]}),
        (
            _("Life"),
            {"fields": [("status", "texts_revision"), ("published_at", "published_by"), "retired_at", "checksum"]},
        ),
    ]
    readonly_fields = ["status", "published_at", "published_by", "retired_at", "checksum", "texts_revision"]
    inlines = [LevelInline, DimensionInline]
    change_form_template = "admin/assessment/version/change_form.html"
    change_list_template = "admin/assessment/version/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        versions = super().get_queryset(request).select_related("published_by")
        return versions.annotate(
            dimension_count=counted(Dimension.objects, "version"),
            question_count=counted(Question.objects, "capability__dimension__version"),
            assessment_count=counted(Assessment.objects, "version"),
        )

    @admin.display(description=_("version"), ordering="number")
    def name(self, version: Version) -> str:
        return str(version)

    @admin.display(description=_("dimensions"), ordering="dimension_count")
    def dimension_count(self, version: Any) -> int:
        return version.dimension_count

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, version: Any) -> int:
        return version.question_count

    @admin.display(description=_("assessments"), ordering="assessment_count")
    def assessment_count(self, version: Any) -> int:
        return version.assessment_count

    @admin.display(description=_("checksum"))
    def short_checksum(self, version: Version) -> str:
        return version.checksum[7:19]

    # A draft is edited

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A version stays with its questionnaire.
        return [*super().get_readonly_fields(request, obj), *(["questionnaire"] if obj else [])]

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        protected = [str(campaign) for version in objs for campaign in version.campaigns.all()]
        return [str(version) for version in objs], {str(Version._meta.verbose_name_plural): len(objs)}, set(), protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.discard(version=obj, by=signed_in(request).user)

    # Pages of its own

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"assessment_version_{name}")

        return [
            page("load/", self.load_view, "load"),
            page("<path:object_id>/publish/", self.publish_view, "publish"),
            page("<path:object_id>/retire/", self.retire_view, "retire"),
            page("<path:object_id>/new-draft/", self.clone_view, "clone"),
            page("<path:object_id>/file/", self.file_view, "file"),
            *super().get_urls(),
        ]

    def version_or_404(self, request: HttpRequest, object_id: str) -> Version:
        version = self.get_object(request, unquote(object_id))
        if version is None:
            raise Http404
        return version

    def editable_or_403(self, request: HttpRequest, object_id: str) -> Version:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self.version_or_404(request, object_id)

    def page(self, request: HttpRequest, template: str, title: Text, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/assessment/version/{template}.html", context)

    def done(self, request: HttpRequest, version: Version, message: Text) -> HttpResponse:
        self.log_change(request, version, message)
        self.message_user(request, message, messages.SUCCESS)
        return redirect("admin:assessment_version_change", version.pk)

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        # Show the problems, or the checksum and what changes for companies; publish on confirmation.
        version = self.editable_or_403(request, object_id)
        if version.is_frozen:
            return self.done_already(request, version)
        try:
            questionnaire = compiled(version)
        except FormatError as error:
            return self.not_ready(request, version, error)
        if request.method == "POST":
            version = actions.publish(version=version, by=signed_in(request).user)
            return self.done(request, version, _("Published: %s.") % version.checksum)
        current = Version.objects.current().filter(questionnaire=version.questionnaire).first()
        differing = differences(compiled(current), questionnaire) if current else []
        return self.page(
            request,
            "publish",
            _("Publish"),
            original=version,
            checksum=checksum(questionnaire),
            current=current,
            changes=changes(differing),
        )

    def not_ready(self, request: HttpRequest, version: Version, error: FormatError) -> HttpResponse:
        problems = located(error.problems, document(version))
        return self.page(request, "problems", _("Problems"), original=version, problems=problems)

    def done_already(self, request: HttpRequest, version: Version) -> HttpResponse:
        self.message_user(request, _("This version is not a draft any more."), messages.WARNING)
        return redirect("admin:assessment_version_change", version.pk)

    def retire_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        version = self.editable_or_403(request, object_id)
        if version.status != Version.Status.PUBLISHED:
            self.message_user(request, _("Only a published version can be retired."), messages.WARNING)
            return redirect("admin:assessment_version_change", version.pk)
        if request.method == "POST":
            actions.retire(version=version, by=signed_in(request).user)
            return self.done(request, version, _("Retired."))
        under_way = version.assessments.open().count()
        return self.page(request, "retire", _("Retire"), original=version, under_way=under_way)

    def clone_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        version = self.editable_or_403(request, object_id)
        form = NumberForm(request.POST or None)
        if form.is_valid():
            try:
                draft = actions.clone_as_draft(
                    version=version, number=form.cleaned_data["number"], by=signed_in(request).user
                )
            except ValidationError as error:
                form.add_error("number", error)
            except IntegrityError:  # somebody gave the number at the same moment
                form.add_error("number", actions.taken(form.cleaned_data["number"]))
            else:
                return self.done(request, draft, _("A new draft, with the content of %s.") % version)
        return self.page(request, "clone", _("New draft from this version"), original=version, form=form)

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = self.version_or_404(request, object_id)
        try:
            text = dump(compiled(version))
        except FormatError as error:
            return self.not_ready(request, version, error)
        name = f"{version.questionnaire.code}-{version.number}.yaml"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)

    def load_view(self, request: HttpRequest) -> HttpResponse:
        # A file, then what loading it would do, then, on confirmation, doing it.
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        with transaction.atomic():
            if "sealed" in request.POST:  # what is replaced is what was shown, until it is replaced
                list(rows_of(Version).filter(status=Version.Status.DRAFT).order_by("pk").values_list("pk"))
            return self.load_page(request)

    def load_page(self, request: HttpRequest) -> HttpResponse:
        title = _("Load a questionnaire file")
        confirmed = SealedForm(request.POST) if "sealed" in request.POST else None
        form = confirmed or FileForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self.page(request, "load", title, form=FileForm() if confirmed else form, refused=confirmed)
        loading = form.loading
        if loading.effect in WRITES and form.confirmed == what_it_does(loading):
            return self.done(request, load(loading, by=signed_in(request).user), _("Loaded from a file."))
        confirmation = SealedForm.showing(loading) if loading.effect in WRITES else None
        shown = changes(loading.differences)
        return self.page(request, "load", title, loading=loading, confirmation=confirmation, changes=shown)

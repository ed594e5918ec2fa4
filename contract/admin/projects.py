from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contract.admin.records import BROUGHT_IN, IntroducedAdmin, RecordAdmin, RecordInline, both
from contract.models import Carrier, Mission, Project, ProjectUseCase


class MissionInline(RecordInline):
    model = Mission
    fields = ["code", "position", "kind", "title", "description", *BROUGHT_IN]


class ProjectUseCaseInline(RecordInline):
    model = ProjectUseCase
    fields = ["code", "position", "title", "description", "carriers", *BROUGHT_IN]
    filter_horizontal = ["carriers"]


@admin.register(Project)
class ProjectAdmin(IntroducedAdmin):
    list_display = ["title", "kind", "standing", "brought_in_by", "source"]
    list_filter = ["standing", "kind", *IntroducedAdmin.list_filter]
    search_fields = ["code", *both("title", "note")]
    fields = ["code", "title", "kind", "position", "standing", "standing_by", *BROUGHT_IN]
    inlines = [MissionInline, ProjectUseCaseInline]

    def view_on_site(self, project: Project) -> str:
        return project.get_absolute_url()


@admin.register(Mission)
class MissionAdmin(IntroducedAdmin):
    list_display = ["title", "project", "kind", "brought_in_by", "source"]
    list_filter = ["project", "kind", *IntroducedAdmin.list_filter]
    list_select_related = [*IntroducedAdmin.list_select_related, "project"]
    search_fields = ["code", *both("title", "description", "note")]
    fields = ["code", "project", "position", "kind", "title", "description", *BROUGHT_IN]


@admin.register(ProjectUseCase)
class ProjectUseCaseAdmin(IntroducedAdmin):
    list_display = ["title", "project", "carried_by", "brought_in_by", "source"]
    list_filter = ["project", "carriers", *IntroducedAdmin.list_filter]
    list_select_related = [*IntroducedAdmin.list_select_related, "project"]
    search_fields = ["code", "carriers__name", *both("title", "description", "note")]
    fields = ["code", "project", "position", "title", "description", "carriers", *BROUGHT_IN]
    filter_horizontal = ["carriers"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProjectUseCase]:
        return super().get_queryset(request).prefetch_related("carriers")

    @admin.display(description=ProjectUseCase._meta.get_field("carriers").verbose_name)
    def carried_by(self, use_case: ProjectUseCase) -> str:
        return ", ".join(carrier.name for carrier in use_case.carriers.all())


@admin.register(Carrier)
class CarrierAdmin(RecordAdmin):
    list_display = ["name", "source"]
    list_filter = ["source"]
    list_select_related = ["source"]
    search_fields = ["code", "name", *both("note")]
    fields = ["code", "name", "source", "also_in", "note"]

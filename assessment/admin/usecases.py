"""Use cases as reviewers work on them: what waits first, what changed beside what was, and the decision."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assessment.actions import showcase as contacts
from assessment.actions import usecases as actions
from assessment.admin.recorded import RecordsReadings
from assessment.forms.names import NameField
from assessment.forms.review import InterestForm, ReviewForm, TextsForm
from assessment.forms.usecases import WordsField
from assessment.models import Interest, StaffAccess, UseCase, ViewCount
from assessment.models.languages import LANGUAGES
from assessment.reports.showcase.changes import changes
from assessment.reports.showcase.funnel import funnel
from assessment.reports.showcase.pages import Shown
from assessment.rules.requests import signed_in
from language.texts import Text
from spreadsheets.cells import Row
from spreadsheets.kinds import KINDS
from spreadsheets.writers import Sheet

TEXTS = [f"{name}_{language}" for language in LANGUAGES for name in UseCase.TEXTS]
# What waits for the reviewers comes first.
WAITING_FIRST = Case(When(status="submitted", then=Value(0)), default=Value(1), output_field=IntegerField())
DECISIONS = {
    "publish": lambda use_case, by, form: actions.publish(use_case=use_case, by=by),
    "return": lambda use_case, by, form: actions.return_to_company(use_case=use_case, by=by, reason=form["words"]),
    "comment": lambda use_case, by, form: actions.comment(use_case=use_case, by=by, text=form["words"]),
    "unpublish": lambda use_case, by, form: actions.unpublish(use_case=use_case, by=by, reason=form["words"]),
    "label": lambda use_case, by, form: actions.label(use_case=use_case, by=by, reason=form["words"]),
    "unlabel": lambda use_case, by, form: actions.unlabel(use_case=use_case, by=by),
    "place": lambda use_case, by, form: actions.place(use_case=use_case, position=form["position"]),
}


# Given to the reviewers as it stands. Before, and once it was changed again, it is the company's own draft.
HANDED_OVER = [UseCase.Status.SUBMITTED, UseCase.Status.PUBLISHED]
NOT_HANDED_OVER = gettext_lazy("A draft of the company")


def handed_over_titles(path: str = "") -> dict[str, Case]:
    # Columns to search titles by, which of a draft are empty: a list must not tell what only its company reads.
    return {
        f"handed_over_{language}": Case(
            When(**{f"{path}status__in": HANDED_OVER}, then=F(f"{path}title_{language}")), default=Value("")
        )
        for language in LANGUAGES
    }


def listed_title(use_case: UseCase) -> Text:
    return str(use_case) if use_case.status in HANDED_OVER else NOT_HANDED_OVER


class OfHandedOver(admin.ChoicesFieldListFilter):
    """Narrows to use cases that reviewers were given: by what a draft holds nobody finds it."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        narrowed = cast(QuerySet[Any], super().queryset(request, queryset))
        return narrowed.filter(status__in=HANDED_OVER) if self.used_parameters else narrowed


@admin.register(UseCase)
class UseCaseAdmin(RecordsReadings):
    opened, listed = StaffAccess.Kind.USE_CASE, StaffAccess.Kind.USE_CASES
    show_facets = admin.ShowFacets.NEVER  # they would count drafts by what they hold
    list_display = ["name", "company", "status", "submitted_at", "labelled_at", "position", "view_count"]
    list_filter = [
        "status",
        ("size", OfHandedOver),
        ("investment", OfHandedOver),
        "submitted_at",
        ("company", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["company"]
    search_fields = [*handed_over_titles(), "company__name"]
    form = TextsForm
    readonly_fields: ClassVar[Any] = ["company", "status", "submitted_at", "first_published_at"]
    fieldsets: ClassVar[Any] = [(None, {"fields": readonly_fields}), (gettext_lazy("Texts"), {"fields": TEXTS})]
    formfield_overrides = {
        models.CharField: {"form_class": NameField, "empty_value": ""},
        models.TextField: {"form_class": WordsField},
    }
    list_per_page = 100
    show_full_result_count = False
    actions = None
    change_form_template = "admin/assessment/usecase/change_form.html"
    change_list_template = "admin/assessment/usecase/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        views = ViewCount.objects.filter(use_case=OuterRef("pk")).order_by().values("use_case")
        total = Coalesce(Subquery(views.annotate(total=Sum("count")).values("total")), 0)
        return super().get_queryset(request).annotate(view_count=total, **handed_over_titles())

    def companies_of(self, row: UseCase) -> list[UUID | None]:
        return [row.company_id]

    def get_ordering(self, request: HttpRequest) -> Any:
        return [WAITING_FIRST, "-submitted_at", "-updated_at", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The contract's own cases say what the contract's records say.
        return super().has_change_permission(request, obj) and (obj is None or obj.company_id is not None)

    def view_on_site(self, use_case: UseCase) -> str | None:
        return use_case.get_absolute_url() if use_case.public else None

    @admin.display(description=gettext_lazy("use case"))
    def name(self, use_case: UseCase) -> Text:
        return listed_title(use_case)

    @admin.display(description=gettext_lazy("views"))
    def view_count(self, use_case: Any) -> int:
        return use_case.view_count

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("loop/", wrap(self.funnel_view), name="assessment_usecase_funnel"),
            path("loop.csv", wrap(self.funnel_csv), name="assessment_usecase_funnel_csv"),
            path("<uuid:pk>/review/", wrap(require_POST(self.review)), name="assessment_usecase_review"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        use_case = self.get_object(request, object_id)
        return super().change_view(request, object_id, form_url, self.beside(request, use_case) if use_case else None)

    def beside(self, request: HttpRequest, use_case: UseCase, form: ReviewForm | None = None) -> dict[str, Any]:
        eligible = actions.is_eligible(use_case)
        consent = use_case.consents.filter(ended_at=None).select_related("given_by").first()
        return {
            "changes": changes(use_case),
            "consent": consent,
            "eligible": eligible,
            "events": use_case.events.select_related("by"),
            "review_form": form or ReviewForm(use_case=use_case, user=signed_in(request).user, eligible=eligible),
            "case": Shown(consent.content, use_case) if consent else None,
        }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # What takes the case offline is asked for where there is a consent to end.
        known, (title, options) = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj) or not obj.consents.filter(ended_at=None):
            return [known, (title, options)]
        return [known, (title, {**options, "fields": [*options["fields"], "takes_down"]})]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # A translation added by staff is a change as any other: the company consents to it again, and is told.
        values = {name: form.cleaned_data[name] or "" for name in form.changed_data if name in TEXTS}
        stored = actions.edit(
            use_case=UseCase.objects.get(pk=obj.pk), by=signed_in(request).user, values=values, tell=True
        )
        if values and obj.status != stored.status:
            text = _("Nothing of it is public or in review any more: its company was told, and has to consent again.")
            messages.warning(request, text)
        obj.status = stored.status

    def review(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        use_case = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReviewForm(
            request.POST, use_case=use_case, user=signed_in(request).user, eligible=actions.is_eligible(use_case)
        )
        if form.is_valid() and decide(request, use_case, form):
            return redirect("admin:assessment_usecase_change", pk)
        return self.shown_again(request, use_case, form)

    def shown_again(self, request: HttpRequest, use_case: UseCase, form: ReviewForm) -> HttpResponse:
        # The whole page, the words still in its box.
        data = cast(QueryDict, form.data).copy()
        data["read_at"] = form.state
        form.data = data
        request.method = "GET"  # nothing was sent to the admin's own form
        beside = self.beside(request, use_case, form)
        response = self.changeform_view(request, str(use_case.pk), extra_context=beside)
        response.status_code = 422
        return response

    def funnel_view(self, request: HttpRequest) -> TemplateResponse:
        self.may_see(request)
        context = {**self.admin_site.each_context(request), "title": _("The loop of use cases"), "stages": funnel()}
        return TemplateResponse(request, "admin/assessment/usecase/funnel.html", context)

    def funnel_csv(self, request: HttpRequest) -> StreamingHttpResponse:
        self.may_see(request)
        header = [_("Stage"), _("Code"), _("Companies of the sector"), _("Fictional companies")]
        rows: Iterable[Row] = ([str(stage.label), stage.code, stage.real, stage.fictional] for stage in funnel())
        kind = KINDS["csv"]
        headers = {"Content-Disposition": 'attachment; filename="loop.csv"'}
        return StreamingHttpResponse(
            kind.pieces([Sheet("1", header, rows)]), content_type=kind.content_type, headers=headers
        )

    def may_see(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def decide(request: HttpRequest, use_case: UseCase, form: ReviewForm) -> bool:
    # Whether it is done; what keeps it from being done is said in the form.
    cleaned = form.cleaned_data
    try:
        DECISIONS[cleaned["decision"]](use_case, request.user, cleaned)
    except actions.ContentChangedError:
        form.add_error(None, _("The use case is no longer what the company consented to: ask for a new consent."))
    except (actions.NotNowError, actions.NotEligibleError):
        form.add_error(None, _("Someone was quicker: this decision no longer fits. Read the page again."))
    else:
        messages.success(request, _("Done."))
        return True
    return False


@admin.register(Interest)
class InterestAdmin(RecordsReadings):
    opened, listed = StaffAccess.Kind.INTEREST, StaffAccess.Kind.INTERESTS
    form = InterestForm
    list_display = ["case", "company", "state", "at", "changed_at"]
    list_filter = ["state", "at"]
    list_select_related = ["use_case", "company"]
    search_fields = [*handed_over_titles(), "company__name"]
    readonly_fields = ["case", "company", "message", "at", "changed_at"]
    fields = [*readonly_fields, "state", "answer"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(**handed_over_titles("use_case__"))

    def companies_of(self, row: Interest) -> list[UUID]:
        # Who asked; who is asked learns of it once the request is passed on.
        return [row.company_id]

    @admin.display(description=gettext_lazy("use case"))
    def case(self, interest: Interest) -> Text:
        return listed_title(interest.use_case)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = Interest.objects.select_related("company", "use_case__company").get(pk=obj.pk)
        contacts.answer_interest(interest=stored, state=obj.state, answer=obj.answer)

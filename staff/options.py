"""Base classes of every admin and inline: declared lookups, rights before rows, nothing overwritten unseen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import TO_FIELD_VAR, BaseModelAdmin, IncorrectLookupParameters, InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.options import Options
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from edits.constraints import ConstrainedForm
from edits.formsets import ReadAtFormSet
from edits.reading import ReadAtForm, overtaken
from language.leftout import in_words
from staff.deletions import in_sentences, without_joins
from staff.histories import InWords
from staff.lists import DeclaredChangeList
from staff.locks import LockedAdmin
from staff.windows import BoundedPaginator


class LeftOutError(Exception):
    """What would be written or sent is not what was asked for. ``rest``: the address without what was left out."""

    def __init__(self, chosen: DeclaredChangeList) -> None:
        super().__init__(*chosen.left_out)
        self.rest: str = chosen.get_query_string()


class Closed(BaseModelAdmin):
    """A row is referred to by its key alone, and shown on the site only where its admin says at which address."""

    view_on_site: Any = False

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return to_field == self.opts.pk.name


def kept(form: Any, **attributes: object) -> type[Any]:
    # The form, which says what it was read at and what the row can't be.
    return type(form)(form.__name__, (ReadAtForm, ConstrainedForm, form), attributes)


class ClosedInline(Closed, InlineModelAdmin):
    """First among the bases of an inline."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> type[Any]:
        formset = super().get_formset(request, obj, **options)
        formset = type(formset.__name__, (ReadAtFormSet, formset), {})
        formset.form = kept(formset.form)
        return formset


class ClosedStackedInline(ClosedInline, admin.StackedInline):
    pass


class ClosedTabularInline(ClosedInline, admin.TabularInline):
    pass


class ClosedAdmin(Closed, LockedAdmin):
    """Lists answer to declared filters alone; whoever may not see a kind of row isn't told whether one exists."""

    paginator = BoundedPaginator
    show_full_result_count = False

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return DeclaredChangeList

    def get_changelist_instance(self, request: HttpRequest) -> DeclaredChangeList:
        fields = self.take_fields(request)
        try:
            chosen: Any = super().get_changelist_instance(request)
        except IncorrectLookupParameters:
            say_not_understood(request)
            raise
        chosen.left_out[:0] = fields
        if chosen.left_out:
            messages.warning(request, in_words(chosen.left_out))
        if chosen.left_out and request.method == "POST":
            raise LeftOutError(chosen)
        return chosen

    def take_fields(self, request: HttpRequest) -> list[str]:
        # The fields to refer to rows by that aren't their key: taken out of the address before Django meets them.
        wrong = [name for name in request.GET.getlist(TO_FIELD_VAR) if not self.to_field_allowed(request, name)]
        if wrong:
            address = request.GET.copy()
            address.pop(TO_FIELD_VAR)
            request.GET = address  # type: ignore[assignment]
        return [f"{TO_FIELD_VAR}={name}" for name in wrong]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except LeftOutError as error:
            return self.back_to_list(error.rest)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> type[Any]:
        stored = getattr(request, "stored_row", None)
        return kept(super().get_form(request, obj, change=change, **options), stored_row=stored)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        formsets = [shown.formset for shown in context["inline_admin_formsets"]]
        context["overtaken"] = overtaken(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **options)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        told, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return in_sentences(told), without_joins(counts), lacking, in_sentences(protected)

    def back_to_list(self, query: str = "") -> HttpResponse:
        address = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return redirect(address + query.removesuffix("?"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.check_may_read(request)
        check_key(self.opts, unquote(object_id))
        return super().history_view(request, object_id, extra_context)

    def check_may_read(self, request: HttpRequest) -> None:
        # Before any row is looked for.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied


class ClosedHistoryAdmin(ClosedAdmin, SimpleHistoryAdmin):
    """A state of old is read by whoever may read the row, and taken back by whoever may change it as it is now.

    The library lets anybody who reads write it back, and brings back what was deleted.
    """

    in_words: Mapping[
        str, Callable[[Any], str]
    ] = {}  # by column, what puts its value into words where its own labels don't

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> InWords:
        return InWords(self.model, historical_record, words=self.in_words)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.check_may_read(request)
        check_key(self.opts, object_id)
        check_key(self.model.history.model._meta, version_id)
        with transaction.atomic():
            if request.method not in {"GET", "HEAD"}:
                self.lock(request, self.row_to_change(request, object_id))
            vars(request)["stored_row"] = self.get_object(request, object_id)
            return super().history_form_view(request, object_id, version_id, extra_context)

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **options: Any
    ) -> HttpResponse:
        # The list of states has no form, one state has.
        if "adminform" in context:
            context["overtaken"] = overtaken(context["adminform"].form)
        return super().render_history_view(request, template, context, **options)

    def row_to_change(self, request: HttpRequest, key: str) -> Any:
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, key)
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        return row


def say_not_understood(request: HttpRequest) -> None:
    messages.warning(request, _("The list can’t be narrowed in this way: here is the whole of it."))


def check_key(opts: Options[Any], key: str) -> None:
    # A key that no row can have is a missing row, as any other.
    try:
        opts.pk.to_python(key)
    except ValidationError:
        raise Http404 from None

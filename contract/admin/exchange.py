"""Upload, preview, confirm; choose a form, download."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from contract.exchange import RecordResource, resource_for
from edits.values import digest
from language.texts import Text
from spreadsheets.formats import EXPORT_FORMATS, Upload
from spreadsheets.uploads import KINDS, Limits, UploadRefusedError
from staff.locks import rows_of
from staff.options import LeftOutError

ONLY_CHOICE = [("0", "0")]
CHANGED = _("Nothing was imported: records have changed since the preview.")


def in_words(refusal: UploadRefusedError) -> str:
    return gettext(refusal.text) % refusal.details


class UploadForm(ImportForm):
    def clean_import_file(self) -> UploadedFile:
        file = self.cleaned_data["import_file"]
        try:
            if Path(file.name).suffix.lower() not in KINDS:
                raise UploadRefusedError("name")
            if file.size > Limits().bytes:
                raise UploadRefusedError("size", limit=Limits().megabytes)
        except UploadRefusedError as refusal:
            raise forms.ValidationError(in_words(refusal)) from None
        return file


class ConfirmUploadForm(ConfirmImportForm):
    """What comes back hidden is checked as if typed: it names a stored upload, not a file on the server."""

    import_file_name = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    format = forms.ChoiceField(choices=ONLY_CHOICE, widget=forms.HiddenInput)
    resource = forms.ChoiceField(choices=ONLY_CHOICE, required=False, widget=forms.HiddenInput)
    read_at = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class DownloadForm(ExportForm):
    def _init_formats(self, formats: Sequence[type[Any]]) -> None:
        super()._init_formats(formats)
        self.fields["format"].choices = [(value, gettext(label)) for value, label in self.fields["format"].choices]


class PageUpload(Upload):
    @property
    def language(self) -> str:  # type: ignore[override]  # read alone
        return get_language()


class ExchangeMixin(ImportExportMixin):
    import_form_class = UploadForm
    confirm_form_class = ConfirmUploadForm
    export_form_class = DownloadForm
    import_formats = [PageUpload]
    export_formats = EXPORT_FORMATS
    import_template_name = "admin/contract/import.html"
    tmp_storage_class = CacheStorage  # where every worker finds it, and under a name that nobody guesses

    def get_resource_classes(self, request: HttpRequest) -> list[type[RecordResource]]:
        return [resource_for(self.model)]

    def get_import_data_kwargs(self, **options: Any) -> dict[str, Any]:
        return super().get_import_data_kwargs(**options) | {"rollback_on_validation_errors": True}

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def export_action(self, request: HttpRequest) -> HttpResponse:
        # Of the list as it is filtered: what the list refuses leads back to it.
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return self.back_to_list()
        except LeftOutError as error:
            return self.back_to_list(error.rest)

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Never more than was asked for.
        chosen = self.get_changelist_instance(request)
        if chosen.left_out:
            raise LeftOutError(chosen)
        return chosen.queryset

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet[Any], **options: Any) -> bytes:
        # Native values, whatever the format: numbers stay numbers.
        options.pop("encoding", None)
        return file_format.export_data(self.get_data_for_export(request, queryset, force_native_type=True, **options))

    def import_action(self, request: HttpRequest, **options: Any) -> HttpResponse:
        # The library forgets to list the columns where a file could not be read, which is when one needs them.
        response = super().import_action(request, **options)
        [resource] = self.get_resource_classes(request)
        columns = [field.column_name for field in resource().get_user_visible_fields()]
        response.context_data["fields_list"] = [(resource.get_display_name(), columns)]
        return response

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        if not isinstance(error, UploadRefusedError):
            raise error
        form.add_error("import_file", in_words(error))

    def get_confirm_form_initial(self, request: HttpRequest, import_form: ImportForm) -> dict[str, Any]:
        return super().get_confirm_form_initial(request, import_form) | {"read_at": self.state()}

    def state(self) -> str:
        # A digest of all records of the kind, whatever language they are read in.
        several = [field.name for field in self.opts.many_to_many]
        columns = [field.attname for field in self.opts.concrete_fields]
        with translation.override(settings.LANGUAGE_CODE):
            records = list(self.model.objects.order_by("pk").values_list(*columns))
            tied = [list(self.model.objects.order_by("pk", name).values_list("pk", name)) for name in several]
        return digest([str(records), str(tied)])

    def process_import(self, request: HttpRequest, **options: Any) -> HttpResponse:
        # Only over the records that the preview was shown beside.
        try:
            with transaction.atomic():
                list(rows_of(self.model).order_by("pk").values_list("pk"))
                if request.POST.get("read_at", "") not in {"", self.state()}:
                    return self.ask_again(request, CHANGED)
                return super().process_import(request, **options)
        except UploadRefusedError:
            return self.ask_again(request, _("The uploaded file is no longer there. Choose it again."))

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        # Records may have changed since the preview: then nothing was written, and we say so.
        if result.has_errors() or result.has_validation_errors():
            return self.ask_again(request, CHANGED)
        return super().process_result(result, request)

    def ask_again(self, request: HttpRequest, reason: Text) -> HttpResponse:
        messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

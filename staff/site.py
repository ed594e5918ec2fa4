"""The administration as a whole: the pages that belong to no kind of row, fewer than Django offers."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Django would send staff from any key of any kind of row to its page on the site, and so tell which keys exist.
LEFT_OUT = {"view_on_site"}


class StaffAdminConfig(AdminConfig):
    default_site = "staff.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        admin_list._boolean_icon = boolean_icon  # type: ignore[attr-defined]  # in no stub


def boolean_icon(value: bool | None) -> SafeString:
    # Django's, which is read out as "True", whatever the language.
    kind, words = {True: ("yes", _("yes")), False: ("no", _("no")), None: ("unknown", _("unknown"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{kind}.svg"), words)


class StaffSite(AdminSite):
    def get_urls(self) -> list[Any]:
        return [address for address in super().get_urls() if getattr(address, "name", None) not in LEFT_OUT]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        # On the account's own page, which asks who one is and counts the attempts.
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, DeclaredAutocomplete.as_view(admin_site=self)(request))

    def autocompleted(self) -> set[tuple[Any, ...]]:
        # Every (application, model, field) that some form of the administration completes.
        declared: list[BaseModelAdmin | type[InlineModelAdmin]] = [
            *self._registry.values(),
            *(inline for shown in self._registry.values() for inline in shown.inlines),
        ]
        return {
            (options.model._meta.app_label, options.model._meta.model_name, field)
            for options in declared
            for field in options.autocomplete_fields
        }


class DeclaredAutocomplete(AutocompleteJsonView):
    """Django completes any foreign key of any model, shown in a form or not."""

    def process_request(self, request: HttpRequest) -> Any:
        asked = tuple(request.GET.get(name) for name in ["app_label", "model_name", "field_name"])
        if asked not in cast("StaffSite", self.admin_site).autocompleted():
            raise PermissionDenied
        return super().process_request(request)

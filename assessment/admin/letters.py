"""E-mails that wait or could not be sent: to whom and why, never what they say; administrators send them again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from assessment.actions.security_log import note
from assessment.admin.readonly import ReadOnlyAdmin
from assessment.rules.requests import signed_in
from language.texts import Text
from mail.models import Letter, LetterQuerySet
from mail.outcomes import revive

admin.site.unregister(DBTaskResult)
MAY_SEE = "assessment.change_user"  # the addresses are people's


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = _("status"), "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Text]]:
        return [("dead", _("could not be sent")), ("waiting", _("waits"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        states = {None: queryset.all, "dead": queryset.dead, "waiting": queryset.unsent}
        return states[self.value()]()


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["recipient", "state", "written_at", "tries", "why"]
    list_display_links = None
    list_filter = [StateFilter]
    ordering = ["-enqueued_at", "pk"]
    actions = ["send_again"]
    fields = ["recipient", "state", "written_at", "tries", "why"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_SEE)

    @admin.display(description=_("recipient"))
    def recipient(self, letter: Letter) -> str:
        return str(letter)

    @admin.display(description=_("status"))
    def state(self, letter: Letter) -> str:
        return gettext("could not be sent") if letter.is_dead else gettext("waits")

    @admin.display(description=_("written on"), ordering="enqueued_at")
    def written_at(self, letter: Letter) -> datetime:
        return letter.enqueued_at

    @admin.display(description=_("tries"))
    def tries(self, letter: Letter) -> int:
        return letter.attempts

    @admin.display(description=_("why"))
    def why(self, letter: Letter) -> str:
        return letter.traceback

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: LetterQuerySet) -> None:
        dead = [letter for letter in cast(Iterable[Letter], queryset.dead()) if letter.has_text]
        for letter in dead:
            revive(letter, at=timezone.now())
            note("mail_sent_again", letter=str(letter.pk), by=signed_in(request).user.pk)
        left = queryset.count() - len(dead)
        if dead:
            text = ngettext("%(count)d e-mail will be sent again.", "%(count)d e-mails will be sent again.", len(dead))
            self.message_user(request, text % {"count": len(dead)}, messages.SUCCESS)
        if left:
            text = ngettext(
                "%(count)d e-mail was left: it waits already, or had a code that is worth nothing any more.",
                "%(count)d e-mails were left: they wait already, or had a code that is worth nothing any more.",
                left,
            )
            self.message_user(request, text % {"count": left}, messages.WARNING)

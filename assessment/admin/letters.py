"""E-mails that wait or could not be sent: to whom and why, never what they say; administrators send them again."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from assessment.actions.security_log import note
from assessment.admin.readonly import ReadOnlyAdmin
from mail.models import Letter
from mail.outcomes import revive

admin.site.unregister(DBTaskResult)
MAY_SEE = "assessment.change_user"  # the addresses are people's


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = _("status"), "state"

    def lookups(self, request, model_admin):
        return [("dead", _("could not be sent")), ("waiting", _("waits"))]

    def queryset(self, request, queryset):
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

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(MAY_SEE)

    @admin.display(description=_("recipient"))
    def recipient(self, letter):
        return str(letter)

    @admin.display(description=_("status"))
    def state(self, letter):
        return gettext("could not be sent") if letter.is_dead else gettext("waits")

    @admin.display(description=_("written on"), ordering="enqueued_at")
    def written_at(self, letter):
        return letter.enqueued_at

    @admin.display(description=_("tries"))
    def tries(self, letter):
        return letter.attempts

    @admin.display(description=_("why"))
    def why(self, letter):
        return letter.traceback

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_again(self, request, queryset):
        dead = [letter for letter in queryset.dead() if letter.has_text]
        for letter in dead:
            revive(letter, at=timezone.now())
            note("mail_sent_again", letter=str(letter.pk), by=request.user.pk)
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

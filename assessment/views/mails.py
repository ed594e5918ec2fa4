"""Which e-mails are sent when, and the end of reminders."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.actions.nudges import person_of, stop_reminders
from marks import DAY, public


@public(seconds=DAY, needs_data=False)
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/mails.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_stop(request: HttpRequest, key: str) -> HttpResponse:
    # A POST, since mail programs open links by themselves; whoever has the e-mail need not sign in for it.
    person = person_of(key)
    if person is None:
        raise Http404
    if request.method == "POST":
        stop_reminders(user=person)
    return render(request, "pages/reminders_stop.html", {"stopped": not person.reminders})

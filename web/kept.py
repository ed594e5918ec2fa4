"""Words written in a form, kept on the page that says why it isn't stored, and nowhere else.

The session had ended: who signs in again sends it again, who signs in as somebody else isn't offered to. Or the page
would lead elsewhere with an error, away from the words.
"""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from assessment.views import errors
from edits.typed import MADE_FOR, is_made_for
from web.handlers import GetResponse


class KeptTextMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        if request.user.is_authenticated:
            return errors.refused(request, response) if tells_of_error(request) else response
        if not leads_to_sign_in(response) or MADE_FOR not in request.POST:
            return response
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return errors.kept(request, status=401) or response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        # A page that was made for somebody else sends nothing for who is signed in now.
        if request.method == "POST" and request.user.is_authenticated and MADE_FOR in request.POST:
            return None if is_made_for(request, request.user) else errors.csrf(request)
        return None


def tells_of_error(request: HttpRequest) -> bool:
    # Whether a page is about to say that what was sent now could not be done.
    return any(
        message.level >= messages.ERROR for message in cast(Any, messages.get_messages(request))._queued_messages
    )


def leads_to_sign_in(response: HttpResponse) -> bool:
    address = response.headers.get("Location", "").partition("?")[0]
    return address in {resolve_url(settings.LOGIN_URL), reverse("admin:login")}
